"""What the student learns from the teacher beside the labels: losses on `soft` scores and `arc_logs`.

Tag heads: cross entropy with the teacher's probabilities.  Attribution heads: squared distance of centred
scores, which suits a CRF, whose scores are no probabilities.  Trees: cross entropy with its head probabilities.
"""
import torch
from torch.nn import functional as F

from . import model as M

PLAIN = ("upos", "xpos", "feats", "names", "breaks")
CHAINS = ("attr", "gold")  # not nest: made sentences (frames) teach the student more than the teacher knows
ALPHA = .5  # share of the teacher; the labels have the rest


def losses(model, batch, words):
    """Head → (mean loss a word, words) over the documents that the teacher has read."""
    taught = [(doc, a, b, at, n) for (doc, a, b), at, n in batch.units if "soft" in doc]
    if not taught:
        return {}
    index = torch.cat([torch.arange(at, at + n) for _, _, _, at, n in taught])
    out = {}
    for key in PLAIN + CHAINS:
        goal = torch.cat([torch.from_numpy(doc["soft"][key][a:b]) for doc, a, b, _, _ in taught]).float()
        scores = model.scores(words[index], key)
        if key in PLAIN:
            out[key] = F.cross_entropy(scores, goal.softmax(-1)), len(index)
        else:
            away = scores - scores.mean(-1, keepdim=True) - goal + goal.mean(-1, keepdim=True)
            out[key] = away.pow(2).mean(), len(index)
    return out | arc_loss(model, batch, words)


def arc_loss(model, batch, words):
    """Sentences for which the teacher's head probabilities are known."""
    goals, spans = [], []
    owner = {at: (doc, a, n) for (doc, a, _), at, n in batch.units}
    first = sorted(owner)
    for at, n in batch.sentences:
        start = max(k for k in first if k <= at)
        doc, a, _ = owner[start]
        logs = doc.get("arc_logs", {}).get(at - start + a)
        if logs is not None and logs.shape == (n, n + 1):
            goals.append(torch.from_numpy(logs).float())
            spans.append((at, n))
    if not goals:
        return {}
    index, mask = M.rows(spans, words)
    scores = model.trees.arcs(words, index)
    reach = torch.cat([torch.ones_like(mask[:, :1]), mask], 1)
    logs = scores.masked_fill(~reach[:, None, :], M.NEVER).log_softmax(-1)
    goal = torch.zeros_like(logs)
    for row, g in enumerate(goals):
        goal[row, :len(g), :len(g) + 1] = g.exp()
    return {"arcs": (-(goal * logs).sum(-1)[mask].mean(), int(mask.sum()))}


def mix(labels, taught):
    """Both losses of each head; a head that only one of them knows keeps it whole."""
    out = dict(labels)
    for key, (loss, n) in taught.items():
        if key in labels:
            own, m = labels[key]
            out[key] = (1 - ALPHA) * own + ALPHA * loss, max(m, n)
        else:
            out[key] = ALPHA * loss, n
    return out
