"""Readers: each yields documents {id, text, words, pars, sents, …labels} of one data set.

words: forms; pars, sents: index of the first word of each paragraph and sentence (sents None: unknown).
Labels are lists as long as words.  `text` serves the check against held-out texts only, except where
offsets are given (PolNeAR, gold).
"""
import collections
import csv
import glob
import json
import os
import re

from . import words as W
from .settings import ATTITUDES, ATTRIBUTION_KINDS, FEATURES, NAME_MAP


def lines(path):
    with open(path, encoding="utf-8", newline="") as f:
        return f.read().split("\n")


# ---- Universal Dependencies ----------------------------------------------------------------------------------

def conllu(path, names=None):
    """Documents of a CoNLL-U file; names: sentence id → name tags of another layer over the same words."""
    doc = None
    for block in re.split(r"\n\s*\n", "\n".join(lines(path))):
        notes = [l for l in block.split("\n") if l.startswith("#")]
        rows = [l.split("\t") for l in block.split("\n") if l and not l.startswith("#")]
        rows = [r for r in rows if r[0].isdigit()]
        if not rows:
            continue
        fresh = [n for n in notes if n.startswith("# newdoc")]
        if fresh or doc is None:
            if doc:
                yield doc
            doc = ud_doc((fresh or [path])[0].split("=")[-1].strip())
        ud_sentence(doc, notes, rows, names)
    if doc:
        yield doc


def ud_doc(name):
    keys = ("words", "pars", "sents", "upos", "xpos", "feats", "lemma", "head", "rel", "names")
    return {"id": name, "text": "", "mentions": [], "open": {}} | {k: [] for k in keys}


def entities(doc, base, cells):
    """GUM's mentions: [first word, end, cluster, type], in order of their ends."""
    for k, cell in enumerate(cells, base):
        found = re.search(r"(?:^|\|)Entity=([^|]*)", cell)
        for m in re.finditer(r"\((\d+)-([a-z]+)-[^()]*(\))?|(\d+)\)", found.group(1) if found else ""):
            if m.group(3):
                doc["mentions"].append([k, k + 1, int(m.group(1)), m.group(2)])
            elif m.group(1):
                doc["open"].setdefault(m.group(1), []).append((k, m.group(2)))
            elif doc["open"].get(m.group(4)):
                first, kind = doc["open"][m.group(4)].pop()
                doc["mentions"].append([first, k + 1, int(m.group(4)), kind])


def ud_sentence(doc, notes, rows, names):
    base = len(doc["words"])
    if not doc["pars"] or any(n.startswith("# newpar") for n in notes):
        doc["pars"].append(base)
    doc["sents"].append(base)
    entities(doc, base, [r[9] for r in rows])
    said = {k.strip("# "): v for k, _, v in (n.partition(" = ") for n in notes)}
    doc["text"] += said.get("text", "") + "\n"
    for r in rows:
        doc["words"].append(r[1])
        doc["lemma"].append(r[2])
        doc["upos"].append(r[3])
        doc["xpos"].append(r[4])
        doc["feats"].append(bundle(r[5]))
        doc["head"].append(-1 if r[6] == "0" else base + int(r[6]) - 1)
        doc["rel"].append(r[7])
    tags = (names or {}).get(said.get("sent_id"))
    doc["names"] += tags if tags and len(tags) == len(rows) else [None] * len(rows)


def bundle(feats):
    """The part of a FEATS column that our rules read."""
    return "|".join(f for f in feats.split("|") if f.split("=")[0] in FEATURES) or "_"


def uner(path):
    """Sentence id → name tags.  "B-O" stands on full stops by mistake: it is O."""
    out, name = {}, None
    for line in lines(path):
        if line.startswith("# sent_id"):
            name = line.split("=", 1)[1].strip()
        cells = line.split("\t")
        if len(cells) > 2:
            out.setdefault(name, []).append("O" if cells[2].endswith("-O") else cells[2])
    return {k: name_sets(v, NAME_MAP["uner"]) for k, v in out.items()}


def gum_splits(path):
    out, part = {}, None
    for line in lines(path):
        if line.startswith("## "):
            part = line[3:].strip()
        elif line.strip().startswith("* "):
            out[line.strip()[2:]] = part
    return out


def gum(data, part):
    split = gum_splits(f"{data}/gum/splits.md")
    for path in sorted(glob.glob(f"{data}/gum/clean/*.conllu")):
        if split.get(os.path.basename(path)[:-7], "train") == part:
            yield from conllu(path)


# ---- names ---------------------------------------------------------------------------------------------------

def name_sets(tags, table):
    """Tags of another set → per word the list of our tags that they allow."""
    out, before = [], "O"
    for tag in tags:
        if tag == "O":
            out.append(["O"])
        else:
            kind = tag[2:]
            begins = tag[0] == "B" or before == "O" or before[2:] != kind
            out.append([("B-" if begins else "I-") + k for k in table[kind]])
        before = tag
    return out


def column_names(path, split, table, name, group=30):
    """WikiGold and CrossNER: a word and a tag a line.  Sentences are paragraphs, `group` of them a document."""
    block, count = [], 0
    sentences = [s for s in re.split(r"\n\s*\n", "\n".join(lines(path))) if s.strip()]
    for i in range(0, len(sentences), group):
        doc = {"id": f"{name}-{i}", "words": [], "pars": [], "sents": None, "names": []}
        for sentence in sentences[i:i + group]:
            rows = [l.rsplit(split, 1) for l in sentence.split("\n") if split in l]
            rows = [r for r in rows if r[0] and r[0] != "-DOCSTART-"]
            if rows:
                doc["pars"].append(len(doc["words"]))
                doc["words"] += [r[0] for r in rows]
                doc["names"] += name_sets([r[1].strip() for r in rows], table)
        doc["text"] = " ".join(doc["words"])
        yield doc


# ---- attribution ---------------------------------------------------------------------------------------------

def plain(name, text):
    """A raw text cut by our own rules."""
    spans = W.spans(text)
    return {"id": name, "text": text, "spans": spans, "words": [text[a:b] for a, b in spans],
            "pars": W.paragraphs(text, spans), "sents": None}


def inside(spans, a, b):
    """Words that overlap the characters a..b, as a half-open range of indices; None if there are none."""
    at = [k for k, (s, e) in enumerate(spans) if s < b and e > a]
    return (at[0], at[-1] + 1) if at else None


def polnear(data, part):
    """One annotator an article, the first by name; each piece of a split span stands by itself."""
    for path in sorted(glob.glob(f"{data}/polnear/{part}/text/*.txt")):
        base = os.path.basename(path)[:-4]
        found = sorted(glob.glob(f"{data}/polnear/{part}/attributions/{glob.escape(base)}_????.ann"))
        if not found:
            continue
        with open(path, encoding="utf-8", newline="") as f:
            doc = plain(base, f.read())
        spans, doc["links"] = polnear_spans(doc, found[0])
        doc["attr"] = tags(len(doc["words"]), spans)
        doc["gold_spans"] = {k: sorted(v) for k, v in spans.items()}
        doc["kind"] = kinds(doc, spans["cue"])
        yield doc


def polnear_spans(doc, path):
    """Spans by kind, and the attributions as lists of (kind, span)."""
    spans, by_id, links = collections.defaultdict(set), {}, []
    for line in lines(path):
        m = re.match(r"^(T\d+)\t(Source|Cue|Content) ([\d ;]+)\t", line)
        if m:
            cut = (inside(doc["spans"], *map(int, p.split())) for p in m.group(3).split(";"))
            by_id[m.group(1)] = [(m.group(2).lower(), s) for s in cut if s]
            spans[m.group(2).lower()] |= {s for _, s in by_id[m.group(1)]}
        elif line.startswith("E"):
            ids = [a.split(":")[1] for a in line.split("\t")[1].split() if ":" in a]
            links.append([s for i in ids for s in by_id.get(i, ())])
    return spans, [l for l in links if l]


def tags(n, spans, order=("content", "cue", "source")):
    """BIO tags; what comes later in `order` overwrites, and what it leaves behind itself begins anew."""
    out = ["O"] * n
    for kind in order:
        for a, b in sorted(spans.get(kind, ())):
            out[a:b] = [f"B-{kind}"] + [f"I-{kind}"] * (b - a - 1)
    for k, tag in enumerate(out):
        if tag[0] == "I" and (k == 0 or out[k - 1][2:] != tag[2:]):
            out[k] = "B" + tag[1:]
    return out


def kinds(doc, cues):
    """Per word of a cue 1 (attitude) or 0 (speech), elsewhere -1."""
    out = [-1] * len(doc["words"])
    for a, b in cues:
        attitude = any(w.lower() in ATTITUDES for w in doc["words"][a:b])
        out[a:b] = [int(attitude)] * (b - a)
    return out


# ---- unlabelled text for the teacher ---------------------------------------------------------------------------

def news(data, gold):
    """Current events (12 items a document), Wikinews, and the texts of gold/train."""
    items = [json.loads(l) for l in lines(f"{data}/currentevents/items.jsonl") if l]
    for i in range(0, len(items), 12):
        yield plain(f"ce{i}", "\n".join(x["text"] for x in items[i:i + 12]))
    csv.field_size_limit(1 << 30)
    for year in (2019, 2020):
        with open(f"{data}/wikinews/wikinews_{year}.csv", encoding="utf-8", newline="") as f:
            for n, row in enumerate(csv.DictReader(f)):
                yield plain(f"wn{year}-{n}", re.sub(r"\n+", "\n", row["text"]))


def speeches(data, every=8, characters=6000):
    """The beginnings of every eighth UN speech: enough for the manner, without drowning the news."""
    for path in sorted(glob.glob(f"{data}/throughput/ungd/*.txt"))[::every]:
        with open(path, encoding="utf-8-sig") as f:
            text = f.read()[:characters]
        yield plain(os.path.basename(path), text[:text.rfind(".") + 1])
