"""Step `emit`: the teacher's scores on every training text, for the student to learn from.

Per document one file under WORK/taught, written whole or not at all, so that a killed run goes on where it was.
Where a document has no labels of its own, the teacher's best answers stand in: trees and tags for all texts
without gold trees, attribution for texts of the news kind.
"""
import os

import numpy as np
import torch

from . import decode, evaluate, fit, model as M, prepare, windows
from .fit import LABELLED

SOFT = ("attr", "gold", "kind", "upos", "xpos", "feats", "names", "breaks")
UNLABELLED = ("news", "speeches")
STATEMENTS = ("polnear", "gold", "news", "speeches")
GROUP = 16  # documents read at a time


def run(args):
    torch.set_num_threads(args.threads)
    folder = os.path.join(args.work, "taught")
    os.makedirs(folder, exist_ok=True)
    model = fit.open_model(args.checkpoint or os.path.join(args.work, "teacher.pt"))
    data = prepare.read(os.path.join(args.work, "data.pkl"))
    docs = [d for (c, part), v in data["docs"].items() if part == "train" and c in LABELLED + UNLABELLED for d in v]
    todo = [d for d in docs if not os.path.exists(place(folder, d))]
    print(f"emit: {len(todo)} of {len(docs)} documents", flush=True)
    for i in range(0, len(todo), GROUP):
        for doc, taught in teach(model, todo[i:i + GROUP]):
            prepare.write(place(folder, doc), taught)


def place(folder, doc):
    name = "".join(c if c.isalnum() else "_" for c in doc["id"])[-120:]
    return os.path.join(folder, f"{doc['corpus']}-{name}.pkl")


def teach(model, docs):
    """(document, {"soft": head → words × labels, "arcs", "labels"}) for each document."""
    soft = {d["id"]: {k: np.zeros((len(d["words"]), model.out[k].out_features), np.float16) for k in SOFT} for d in docs}
    trees = {d["id"]: {} for d in docs}
    model.eval()
    with torch.no_grad():
        for group in windows.batches(windows.pack(docs), 4096):
            batch = windows.collate(group)
            words = model.words(batch)
            scores = {k: model.scores(words, k).numpy() for k in SOFT + ("lemma",)}
            for (doc, a, b), at, n in batch.units:
                for key in SOFT:
                    soft[doc["id"]][key][a:b] = scores[key][at:at + n]
            if any("heads" not in d for (d, _, _), _, _ in batch.units):
                pseudo(model, batch, words, scores, trees)
            arcs(model, batch, words, trees)
    for doc in docs:
        found = trees[doc["id"]]
        labels = hard(model, doc, soft[doc["id"]], found)
        yield doc, {"soft": soft[doc["id"]], "arcs": found.get("arcs", {}), "labels": labels}


def pseudo(model, batch, words, scores, trees):
    """Sentences by the teacher's breaks for units without trees; keeps its lemma edits as well."""
    for (doc, a, b), at, n in batch.units:
        if "heads" in doc:
            continue
        own = trees[doc["id"]]
        own.setdefault("lemma", np.zeros(len(doc["words"]), np.int16))[a:b] = scores["lemma"][at:at + n].argmax(1)
        ends = [k + 1 for k in range(n - 1) if scores["breaks"][at + k].argmax() == 1] + [n]
        starts = [0] + ends[:-1]
        own.setdefault("sents", []).extend(a + s for s in starts)
        batch.sentences += [(at + s, e - s) for s, e in zip(starts, ends) if e - s < windows.WINDOW]


def arcs(model, batch, words, trees):
    """Log probabilities of heads, and for sentences without gold the best tree with its relations."""
    if not batch.sentences:
        return
    index, mask = M.rows(batch.sentences, words)
    reach = torch.cat([torch.ones_like(mask[:, :1]), mask], 1)
    logs = model.trees.arcs(words, index).masked_fill(~reach[:, None, :], M.NEVER).log_softmax(-1)
    owner = {k: (doc, a - at) for (doc, a, b), at, n in batch.units for k in range(at, at + n)}
    for (at, n), s in zip(batch.sentences, logs.numpy()):
        doc, shift = owner[at]
        own, first = trees[doc["id"]], at + shift
        own.setdefault("arcs", {})[first] = s[:n, :n + 1].clip(-60000).astype(np.float16)
        if "heads" not in doc:
            found = decode.tree(s[:n, :n + 1])
            head = torch.tensor([0 if h == 0 else at + h for h in found])
            rels = model.trees.rels(words, torch.arange(at, at + n), head).argmax(1).numpy()
            own.setdefault("trees", {})[first] = found, rels


def hard(model, doc, soft, found):
    """The teacher's best answers for what the document has no labels of."""
    out, n = {}, len(doc["words"])
    if "heads" not in doc:
        heads, rels = np.full(n, -1, np.int32), np.full(n, -1, np.int16)
        for first, (own, names) in found.get("trees", {}).items():
            heads[first:first + len(own)] = np.where(own == 0, -1, own - 1 + first)
            rels[first:first + len(own)] = names
        out |= {k: soft[k].argmax(1).astype(np.int16) for k in ("upos", "xpos", "feats")}
        out |= {"heads": heads, "rels": rels, "sents": sorted(found["sents"]), "lemma": found["lemma"]}
    if doc["corpus"] in STATEMENTS:
        for key in ("attr", "gold"):
            if key not in doc:
                out[key] = best_path(model, doc, key, soft[key])
    return out


def best_path(model, doc, key, scores):
    trans, start, _ = evaluate.chain_weights(model)[key]
    out = np.zeros(len(doc["words"]), np.int8)
    for a, b in zip(doc["pars"], doc["pars"][1:] + [len(out)]):
        out[a:b] = decode.viterbi(scores[a:b].astype(np.float32), trans, start)
    return out


def attach(args, docs):
    """Adds `taught` (and labels, where a document has none) to documents; those without a file are left out."""
    folder, out = os.path.join(args.work, "taught"), []
    for doc in docs:
        if os.path.exists(place(folder, doc)):
            taught = prepare.read(place(folder, doc))
            doc |= taught["labels"]
            doc["soft"], doc["arc_logs"] = taught["soft"], taught["arcs"]
            out.append(doc)
    return out
