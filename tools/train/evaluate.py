"""Step `eval`, and the scores after each epoch."""
import json
import time

import numpy as np
import torch

from . import decode, model as M, prepare, windows
from .settings import ATTRIBUTION_KINDS, NAMES

QUICK = (("polnear", "dev"), ("ewt", "dev"), ("gum", "dev"), ("gold", "dev"))
FULL = QUICK + (("ewt", "test"), ("gum", "test"), ("crossner", "test"))
PIECES = 4096


def predict(model, docs):
    """Document id → head → one answer a word (tags as strings for spans; heads as places in the document)."""
    out = {d["id"]: {} for d in docs}
    model.eval()
    with torch.no_grad():
        for group in windows.batches(windows.pack(docs), PIECES):
            batch = windows.collate(group)
            words = model.words(batch)
            tags(model, batch, words, out)
            if batch.sentences:
                trees(model, batch, words, out)
    return out


def tags(model, batch, words, out):
    scores = {k: model.scores(words, k).numpy() for k in model.out}
    chains = chain_weights(model)
    for (doc, a, b), at, n in batch.units:
        own = out[doc["id"]]
        for key, s in scores.items():
            part = s[at:at + n]
            if key in chains:
                trans, start, labels = chains[key]
                found = [labels[t] for t in decode.viterbi(part, trans, start)]
                own.setdefault(key, ["O"] * len(doc["words"]))[a:b] = found
            else:
                own.setdefault(key, np.zeros(len(doc["words"]), dtype=np.int64))[a:b] = part.argmax(1)


def chain_weights(model):
    """Head → (transitions, start, labels); names have no learned transitions, only what BIO forbids."""
    out = {}
    for key, crf in model.crf.items():
        trans, start = (crf.trans + crf.bad).detach(), (crf.start + crf.bad_start).detach()
        out[key] = trans.numpy(), start.numpy(), model.lists["attr"]
    bad = M.forbidden(NAMES).numpy()
    start = np.array([M.NEVER if t[0] == "I" else 0. for t in NAMES])
    return out | {"names": (bad, start, NAMES)}


def trees(model, batch, words, out):
    index, _ = M.rows(batch.sentences, words)
    scores = model.trees.arcs(words, index).numpy()
    dep, head, heads = [], [], []
    for (at, n), s in zip(batch.sentences, scores):
        found = decode.tree(s[:n, :n + 1])
        heads.append(found)
        dep += range(at, at + n)
        head += [0 if h == 0 else at + h for h in found]
    rels = model.trees.rels(words, torch.tensor(dep), torch.tensor(head)).argmax(1).numpy()
    answers = {a: (h, r) for (a, n), h, r in zip(batch.sentences, heads, split(rels, [n for _, n in batch.sentences]))}
    for (doc, a, b), at, n in batch.units:
        own = out[doc["id"]]
        if "heads" in doc:
            own.setdefault("head", np.full(len(doc["words"]), -9))
            own.setdefault("rels", np.full(len(doc["words"]), -9))
            for first in (k for k in range(at, at + n) if k in answers):
                h, r = answers[first]
                s = first - at + a
                own["head"][s:s + len(h)] = np.where(h == 0, -1, h - 1 + s)
                own["rels"][s:s + len(h)] = r


def split(array, sizes):
    return np.split(array, np.cumsum(sizes)[:-1])


# ---- measures ------------------------------------------------------------------------------------------------

def percent(hit, of):
    return round(100 * float(hit) / max(1, of), 2)


def f1(hit, predicted, gold):
    return percent(2 * hit, predicted + gold)


def span_scores(docs, pred, head, key):
    """Exact span F1 by kind over the documents."""
    out = {}
    for kind in ATTRIBUTION_KINDS:
        hit = p = g = 0
        for d in docs:
            gold = {tuple(s) for s in d[key].get(kind, ())}
            mine = {(a, b) for k, a, b in decode.spans_of(pred[d["id"]][head]) if k == kind}
            hit, p, g = hit + len(gold & mine), p + len(mine), g + len(gold)
        out[kind] = f1(hit, p, g)
    return out


def tree_scores(docs, pred, lists):
    """Over gold tokens and sentences.  las counts the whole relation, las_universal the part before ":"."""
    short = [r.split(":")[0] for r in lists["rel"]]
    n = uas = las = plain = 0
    hits = dict.fromkeys(("upos", "xpos", "feats", "lemma"), 0)
    for d in docs:
        own = pred[d["id"]]
        right = own["head"] == d["heads"]
        uas += right.sum()
        las += (right & (own["rels"] == d["rels"])).sum()
        plain += sum(r and g >= 0 and p >= 0 and short[p] == short[g] for r, p, g in zip(right, own["rels"], d["rels"]))
        for key in ("upos", "xpos", "feats"):
            hits[key] += (own[key] == d[key]).sum()
        edits = [lists["lemma"][c] for c in own["lemma"]]
        hits["lemma"] += sum(prepare.apply_lemma(w, e) == l for w, e, l in zip(d["words"], edits, d["lemmas"]))
        n += len(d["words"])
    return {"uas": percent(uas, n), "las": percent(las, n), "las_universal": percent(plain, n),
            **{k: percent(v, n) for k, v in hits.items()}}


def break_scores(docs, pred):
    """F1 of sentence ends: inside paragraphs only, and with the ends of paragraphs, which reading is given."""
    hit = p = g = free = 0
    for d in docs:
        gold, mine = d["breaks"], pred[d["id"]]["breaks"]
        inside = gold >= 0
        hit += (inside & (gold == 1) & (mine == 1)).sum()
        p, g, free = p + (inside & (mine == 1)).sum(), g + (inside & (gold == 1)).sum(), free + (~inside).sum()
    return {"inside": f1(hit, p, g), "all": f1(hit + free, p + free, g + free)}


def name_scores(docs, pred, kinds):
    """Exact span F1 over the given kinds; words with several possible kinds do not count as gold."""
    hit = p = g = 0
    for d in docs:
        known = d["names"] > 0
        single = [NAMES[int(v).bit_length() - 1] if v and v & (v - 1) == 0 else "O" for v in d["names"]]
        mine = [t if k else "O" for t, k in zip(pred[d["id"]]["names"], known)]
        gold_spans = {s for s in decode.spans_of(single) if s[0] in kinds}
        spans = {s for s in decode.spans_of(mine) if s[0] in kinds}
        hit, p, g = hit + len(gold_spans & spans), p + len(spans), g + len(gold_spans)
    return f1(hit, p, g)


def statement_score(docs, pred, head="gold"):
    """gold/dev: one content span a statement, token F1 of at least a half, best overlap first; lenient F1.
    A monitor: the real score is gold/score_gold.py on the program's output."""
    hit = p = g = 0
    for d in docs:
        spans = [range(a, b) for k, a, b in decode.spans_of(pred[d["id"]][head]) if k == "content"]
        gold = [{w for a, b in s for w in range(a, b)} for s in d["statements"]]
        pairs = sorted(((2 * len(x.intersection(y)) / (len(x) + len(y)), i, j) for i, x in enumerate(gold)
                        for j, y in enumerate(spans)), reverse=True)
        used, taken = set(), set()
        for score, i, j in pairs:
            if score >= .5 and i not in used and j not in taken:
                used.add(i)
                taken.add(j)
        hit, p, g = hit + len(used), p + len(spans), g + len(gold)
    return f1(hit, p, g)


def scores(model, data, which):
    """All measures over the parts in `which`, as one flat dictionary."""
    out, begun = {}, time.time()
    for corpus, part in which:
        docs = data["docs"][corpus, part]
        pred, name = predict(model, docs), f"{corpus}-{part}"
        if corpus == "polnear":
            out[name] = span_scores(docs, pred, "attr", "gold_spans")
        if corpus in ("ewt", "gum"):
            out[name] = tree_scores(docs, pred, model.lists) | {"breaks": break_scores(docs, pred)}
        if corpus == "ewt":
            out[name]["names"] = name_scores(docs, pred, ("person", "organisation", "place"))
        if corpus == "crossner":
            out[name] = {"names": name_scores(docs, pred, ("person", "organisation", "place", "group", "event", "misc"))}
        if corpus == "gold":
            out[name] = span_scores(docs, pred, "gold", "gold_spans")
            out[name]["nested"] = span_scores(docs, pred, "nest", "nest_spans")
            out[name]["lenient"] = statement_score(docs, pred)
            out[name]["lenient_by_attr"] = statement_score(docs, pred, "attr")
    out["seconds"] = round(time.time() - begun)
    return out


def run(args):
    from . import fit, quantise
    torch.set_num_threads(args.threads)
    model = fit.open_model(args.checkpoint)
    if args.int8:
        model = quantise.emulate(model)
    data = prepare.read(f"{args.work}/data.pkl")
    print(json.dumps(scores(model, data, FULL), indent=1))
