"""Encoder and heads: words in, scores out.  One class for teacher and student."""
import torch
from torch import nn
from torch.nn import functional as F

from . import encoder
from .settings import WEIGHTS

ARC, REL = 256, 96
SIMPLE = ("upos", "xpos", "feats", "lemma")
NEVER = -1e4


class Crf(nn.Module):
    """Linear-chain CRF over BIO tags; an I- follows only a B- or I- of its kind."""

    def __init__(self, tags):
        super().__init__()
        n = len(tags)
        self.trans, self.start = nn.Parameter(torch.zeros(n, n)), nn.Parameter(torch.zeros(n))
        self.register_buffer("bad", forbidden(tags), persistent=False)
        self.register_buffer("bad_start", torch.tensor([NEVER if t[0] == "I" else 0. for t in tags]), persistent=False)

    def nll(self, scores, tags, mask):
        """Negative log likelihood of each row; scores rows × words × tags, mask of the real words."""
        trans, start, rows = self.trans + self.bad, self.start + self.bad_start, torch.arange(len(scores))
        alpha = start + scores[:, 0]
        for t in range(1, scores.shape[1]):
            live = mask[:, t:t + 1]
            alpha = torch.where(live, torch.logsumexp(alpha[:, :, None] + trans, 1) + scores[:, t], alpha)
        steps = (trans[tags[:, :-1], tags[:, 1:]] * mask[:, 1:]).sum(1)
        gold = start[tags[:, 0]] + (scores.gather(2, tags[:, :, None])[..., 0] * mask).sum(1) + steps
        return torch.logsumexp(alpha, 1) - gold


def forbidden(tags):
    return torch.tensor([[NEVER if b[0] == "I" and a[2:] != b[2:] else 0. for b in tags] for a in tags])


class Trees(nn.Module):
    """Biaffine scores of heads (undivided) and of relations, with a learned root."""

    def __init__(self, hidden, relations):
        super().__init__()
        self.root = nn.Parameter(torch.randn(hidden) * .02)
        self.arc_dep, self.arc_head = nn.Linear(hidden, ARC), nn.Linear(hidden, ARC)
        self.rel_dep, self.rel_head = nn.Linear(hidden, REL), nn.Linear(hidden, REL)
        self.arc = nn.Parameter(torch.empty(ARC + 1, ARC))            # the last row scores the head alone
        self.rel = nn.Parameter(torch.empty(relations, REL + 1, REL + 1))
        nn.init.normal_(self.arc, std=ARC ** -.5 / 4)
        nn.init.normal_(self.rel, std=REL ** -.5 / 4)

    def arcs(self, words, index):
        """words: flat vectors; index: sentences × words into them.  Gives sentences × words × (1 + words)."""
        dep = F.linear(torch.relu(self.arc_dep(words)), self.arc[:ARC].T, self.arc[ARC])[index]
        heads = torch.relu(self.arc_head(torch.cat([self.root[None], words])))
        heads = heads[torch.cat([torch.zeros_like(index[:, :1]), index + 1], 1)]
        return dep @ heads.transpose(1, 2)

    def rels(self, words, dep, head):
        """Relation scores of pairs: dep indices into words, head indices into [root] + words."""
        d = pad_one(torch.relu(self.rel_dep(words)))[dep]
        h = pad_one(torch.relu(self.rel_head(torch.cat([self.root[None], words]))))[head]
        left = d @ self.rel.permute(1, 0, 2).reshape(REL + 1, -1)
        return (left.view(len(d), -1, REL + 1) @ h[:, :, None])[..., 0]


def pad_one(x):
    return torch.cat([x, x.new_ones(len(x), 1)], 1)


class Model(nn.Module):
    """All heads over one encoder.

    `attr` speaks in PolNeAR's habits.  `gold` has its own output layer and CRF in the project's habits: its
    scores are attr's plus a difference that starts at zero, and no gradient of gold reaches attr's layer, so
    PolNeAR's figures are not bent.  An embedding of the domain at the input would need the encoder to run twice.
    """

    def __init__(self, enc, lists, dropout=.2):
        super().__init__()
        self.enc, self.lists, self.dropout = enc, lists, dropout
        self.merged = False  # gold's layer holds attr's too (quantise.emulate)
        self.bf16 = True  # the encoder under autocast; the emulation of int8 turns it off
        d, n = enc.size.hidden, len(lists["attr"])
        wide = {k: len(lists[k]) for k in SIMPLE} | {"names": len(lists["names"]), "breaks": 2, "kind": 2}
        self.out = nn.ModuleDict({k: nn.Linear(d, m) for k, m in wide.items()} |
                                 {"attr": nn.Linear(d, n), "gold": nn.Linear(d, n), "nest": nn.Linear(d, n)})
        nn.init.zeros_(self.out["gold"].weight)
        nn.init.zeros_(self.out["gold"].bias)
        self.crf = nn.ModuleDict({k: Crf(lists["attr"]) for k in ("attr", "gold", "nest")})
        self.trees = Trees(d, len(lists["rel"]))

    def words(self, batch):
        """Word vectors: the mean of the word's pieces, in float32."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.bf16):
            pieces = self.enc(batch.ids, batch.shapes)
        flat = pieces.float().reshape(-1, pieces.shape[-1])
        total = flat.new_zeros(len(batch.count) + 1, flat.shape[1]).index_add(0, batch.word_of, flat)
        vectors = total[:-1] / batch.count[:, None]
        return F.dropout(vectors, self.dropout, self.training)

    def scores(self, words, head):
        out = self.out[head](words)
        if head == "gold" and not self.merged:
            base = self.out["attr"]
            out = out + F.linear(words, base.weight.detach(), base.bias.detach())
        return out


def rows(spans, words):
    """(index, mask) of padded rows over flat words; spans: (first, words).  Padding points at word 0."""
    width = max(n for _, n in spans)
    place = torch.arange(width)[None]
    first = torch.tensor([a for a, _ in spans])[:, None]
    mask = place < torch.tensor([n for _, n in spans])[:, None]
    return torch.where(mask, first + place, 0), mask


def losses(model, batch, words):
    """Head → (mean loss a word, words that have this label)."""
    out = {}
    for key in (*SIMPLE, "breaks", "kind"):
        if key in batch.tags:
            at = (batch.tags[key] >= 0).nonzero()[:, 0]
            out[key] = F.cross_entropy(model.scores(words[at], key), batch.tags[key][at]), len(at)
    if "names" in batch.tags:
        out["names"] = name_loss(model, words, batch.tags["names"])
    for key in ("attr", "gold", "nest"):
        if key in batch.tags:
            out[key] = tag_loss(model, words, batch, key)
    if batch.sentences:
        out |= tree_losses(model, words, batch)
    return out


def name_loss(model, words, sets):
    """Each word allows a set of tags: the model must put its weight on any of them."""
    at = (sets > 0).nonzero()[:, 0]
    scores = model.scores(words[at], "names")
    allowed = (sets[at][:, None] >> torch.arange(scores.shape[1])) & 1
    kept = scores.masked_fill(allowed == 0, NEVER)
    return (torch.logsumexp(scores, 1) - torch.logsumexp(kept, 1)).mean(), len(at)


def tag_loss(model, words, batch, key):
    spans = [(at, n) for (doc, _, _), at, n in batch.units if key in doc]
    index, mask = rows(spans, words)
    tags = batch.tags[key][index].clamp(min=0)
    if len(model.lists["attr"]) > 1:
        first = tags[:, 0]  # a unit cut out of a long paragraph may begin inside a span
        tags[:, 0] = torch.where((first > 0) & (first % 2 == 0), first - 1, first)
    scores = model.scores(words, key)[index]
    n = int(mask.sum())
    return model.crf[key].nll(scores, tags, mask).sum() / n, n


def tree_losses(model, words, batch):
    index, mask = rows(batch.sentences, words)
    scores = model.trees.arcs(words, index)
    reach = torch.cat([torch.ones_like(mask[:, :1]), mask], 1)
    scores = scores.masked_fill(~reach[:, None, :], NEVER)
    gold = batch.heads[index][mask]
    arcs = F.cross_entropy(scores[mask], gold)
    base = torch.cat([torch.full((n,), a) for a, n in batch.sentences])
    dep = index[mask]
    head = torch.where(gold == 0, 0, base + gold)   # into [root] + words
    known = batch.rels[dep] >= 0
    rels = F.cross_entropy(model.trees.rels(words, dep[known], head[known]), batch.rels[dep][known])
    return {"arcs": (arcs, len(gold)), "rels": (rels, int(known.sum()))}


def total(parts, enough=256):
    """The weighted sum; a head with few labelled words in this batch counts less, not noisily more."""
    return sum(WEIGHTS[k] * min(1., n / enough) * loss for k, (loss, n) in parts.items())


def new(kind, args, lists):
    size, folder = (encoder.MPNET, args.mpnet) if kind == "teacher" else (encoder.MINILM, args.minilm)
    return Model(encoder.load(size, folder), lists)
