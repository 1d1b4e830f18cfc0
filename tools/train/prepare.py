"""Step `prepare`: reads every set, drops copies of held-out texts, and writes arrays for training and scoring."""
import collections
import csv
import json
import os
import pickle

import numpy as np

from . import corpora, frames, gold, heldout, words as W
from .settings import ATTRIBUTION, NAME_MAP, NAMES

UNKNOWN = -1


def write(path, thing):
    """Pickles to a neighbour first, so that a kill leaves the old file or the new one, never half of one."""
    with open(path + ".part", "wb") as f:
        pickle.dump(thing, f, protocol=4)
    os.replace(path + ".part", path)


def read(path):
    with open(path, "rb") as f:
        return pickle.load(f)


def sets(data, gold_folder):
    """(corpus, part, documents) of everything that has labels."""
    ner = f"{data}/ner"
    for part in ("train", "dev", "test"):
        yield "ewt", part, corpora.conllu(f"{data}/ud-ewt/{part}.conllu", corpora.uner(f"{ner}/uner-ewt.{part}.iob2"))
        yield "gum", part, corpora.gum(data, part)
    for part in ("train", "dev"):
        yield "polnear", part, corpora.polnear(data, part)
        yield "gold", part, gold.records(gold_folder, part)
    yield "wikigold", "train", corpora.column_names(f"{ner}/wikigold.conll", " ", NAME_MAP["wikigold"], "wikigold")
    for part, ours in (("train", "train"), ("dev", "train"), ("test", "test")):
        path = f"{ner}/crossner-politics.{part}.txt"
        yield "crossner", ours, corpora.column_names(path, "\t", NAME_MAP["crossner"], f"crossner-{part}")


def unlabelled(data):
    yield "news", "train", corpora.news(data, None)
    yield "speeches", "train", corpora.speeches(data)


def lemma_class(form, lemma):
    """The edit from form to lemma: l (lower first) or k (keep case), letters cut at the end, letters added."""
    low = form.lower()
    keep = common(form, lemma)
    lower = common(low, lemma)
    case, base, n = ("l", low, lower) if lower >= keep else ("k", form, keep)
    return f"{case}{len(base) - n}+{lemma[n:]}"


def common(a, b):
    n = 0
    while n < min(len(a), len(b)) and a[n] == b[n]:
        n += 1
    return n


def apply_lemma(form, edit):
    base = form.lower() if edit[0] == "l" else form
    cut, _, add = edit[1:].partition("+")
    return base[:len(base) - int(cut)] + add


def demonyms(data):
    with open(f"{data}/gazetteer/factbook.csv", encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    out = {w for r in rows for w in (r["adjective"] + " " + r["noun"]).replace("(s)", "").replace(",", " ").split()}
    out = {w for w in out if w[:1].isupper()}
    return out | {w + "s" for w in out} | {"European", "Europeans", "African", "Asian", "Arab", "Arabs", "Muslim",
                                           "Muslims", "Christian", "Christians", "Jewish", "Jews", "Catholic"}


def group_names(doc, people):
    """Other names that consist of demonyms alone are groups."""
    names, k = doc["names"], 0
    while k < len(names):
        if names[k] and "misc" in names[k][0] and names[k][0][0] == "B" or names[k] and names[k][0] in ("B-event", "B-misc"):
            end = k + 1
            while end < len(names) and names[end] and names[end][0][0] == "I":
                end += 1
            if all(w in people for w in doc["words"][k:end]):
                names[k:end] = [["B-group"]] + [["I-group"]] * (end - k - 1)
            k = end
        else:
            k += 1


def inventory(docs):
    """Label lists from the training documents; rare lemma edits and bundles are left out (unknown)."""
    seen = {k: collections.Counter() for k in ("upos", "xpos", "feats", "lemma", "rel")}
    for doc in docs:
        for key in seen:
            if key in doc:
                seen[key].update(map(lemma_class, doc["words"], doc["lemma"]) if key == "lemma" else doc[key])
    least = {"lemma": 3, "feats": 3}
    lists = {k: sorted(l for l, n in c.items() if n >= least.get(k, 1)) for k, c in seen.items()}
    return lists | {"names": NAMES, "attr": ATTRIBUTION}


def encode(doc, corpus, lists, pieces):
    """A document as arrays; labels that the lists lack are UNKNOWN."""
    cut = [pieces(w) for w in doc["words"]]
    out = {"id": doc["id"], "corpus": corpus, "words": doc["words"], "pars": doc["pars"], "sents": doc["sents"],
           "pieces": np.array([p for c in cut for p in c], dtype=np.int32),
           "offsets": np.cumsum([0] + [len(c) for c in cut]).astype(np.int32),
           "shapes": np.array([W.shape(w) for w in doc["words"]], dtype=np.int8)}
    for key, source in (("upos", "upos"), ("xpos", "xpos"), ("feats", "feats"), ("rels", "rel"), ("lemma", "lemma")):
        if source in doc:
            values = list(map(lemma_class, doc["words"], doc["lemma"])) if key == "lemma" else doc[source]
            index = {l: i for i, l in enumerate(lists[source])}
            out[key] = np.array([index.get(v, UNKNOWN) for v in values], dtype=np.int16)
    if "lemma" in doc:
        out["lemmas"] = doc["lemma"]
    if "head" in doc:
        out["heads"] = np.array(doc["head"], dtype=np.int32)
        out["breaks"] = ends(doc)
    if "names" in doc:
        index = {l: i for i, l in enumerate(NAMES)}
        out["names"] = np.array([sum(1 << index[t] for t in s or ()) for s in doc["names"]], dtype=np.int32)
    tag = {l: i for i, l in enumerate(ATTRIBUTION)}
    for key in ("attr", "gold", "nest"):
        if key in doc:
            out[key] = np.array([tag[t] for t in doc[key]], dtype=np.int8)
    if "kind" in doc:
        out["kind"] = np.array(doc["kind"], dtype=np.int8)
    for key in ("gold_spans", "nest_spans", "statements", "links", "mentions"):
        if doc.get(key):
            out[key] = doc[key]
    return out


def ends(doc):
    """1 at the last word of a sentence; unknown at the last word of a paragraph, where it tells nothing."""
    out = np.zeros(len(doc["words"]), dtype=np.int8)
    out[[s - 1 for s in doc["sents"][1:]] + [len(out) - 1]] = 1
    out[[s - 1 for s in doc["pars"][1:]] + [len(out) - 1]] = UNKNOWN
    return out


def run(args):
    os.makedirs(args.work, exist_ok=True)
    target = os.path.join(args.work, "data.pkl")
    if os.path.exists(target):
        print(f"prepare: {target} stands", flush=True)
        return
    vocabulary = vocabulary_of(args.minilm)
    pieces, people = W.Pieces(vocabulary), demonyms(args.data)
    held = heldout.Held(heldout.gold_texts(args.gold))
    raw = {}
    for corpus, part, docs in sets(args.data, args.gold):
        docs = list(held.keep(corpus, docs)) if part == "train" else list(docs)
        for doc in docs:
            if "names" in doc:
                group_names(doc, people)
        raw.setdefault((corpus, part), []).extend(docs)
    raw["frames", "train"] = list(frames.records(raw["gold", "train"]))
    lists = inventory(d for (_, part), docs in raw.items() if part == "train" for d in docs)
    scored = [d["text"] for (c, part), docs in raw.items() if part != "train" and c != "gold" for d in docs]
    strict = heldout.Held(list(heldout.gold_texts(args.gold)) + scored)
    for corpus, part, docs in unlabelled(args.data):
        raw[corpus, part] = list(strict.keep(corpus, docs))
    data = {k: [encode(d, k[0], lists, pieces) for d in docs if d["words"]] for k, docs in raw.items()}
    report(args, data, lists, held.dropped | strict.dropped)
    write(target, {"docs": data, "lists": lists, "vocabulary": vocabulary})


def report(args, data, lists, dropped):
    out = {"dropped": {k: len(v) for k, v in dropped.items()}, "dropped_ids": dropped,
           "sets": {f"{c} {p}": {"documents": len(v), "words": sum(len(d["words"]) for d in v),
                                 "pieces": sum(len(d["pieces"]) for d in v)} for (c, p), v in data.items()},
           "labels": {k: len(v) for k, v in lists.items()}}
    with open(os.path.join(args.work, "prepare.json"), "w", encoding="utf-8") as f:
        json.dump(out, f, indent=1)
    print(json.dumps({k: out[k] for k in ("dropped", "sets", "labels")}, indent=1), flush=True)


def vocabulary_of(minilm):
    with open(os.path.join(minilm, "tokenizer.json"), encoding="utf-8") as f:
        vocab = json.load(f)["model"]["vocab"]
    return sorted(vocab, key=vocab.get)
