"""Step `links`: which source and which content belong to a cue.

A small net over frozen word vectors scores (cue, span) pairs; for each cue the best source and, for each
content, the best cue is taken.  Taught on PolNeAR's gold attributions; its input is a fixed layout that Go repeats.
"""
import json
import os
import random

import torch
from torch import nn
from torch.nn import functional as F

from . import prepare, windows

NUMBERS = ["log_distance", "before", "paragraphs", "cues_between", "sources_between", "contents_between",
           "same_paragraph", "cue_words", "span_words"]
KINDS = ("source", "content")
INNER, ROUNDS = 64, 6
SHARE = 3  # every third training article is enough


class Net(nn.Module):
    """Per kind: the cue's and the span's vectors (first, last and mean word) and numbers → one score."""

    def __init__(self, hidden):
        super().__init__()
        self.cue, self.span = (nn.ModuleDict({k: nn.Linear(3 * hidden, INNER) for k in KINDS}) for _ in range(2))
        self.number = nn.ModuleDict({k: nn.Linear(len(NUMBERS), INNER) for k in KINDS})
        self.last = nn.ModuleDict({k: nn.Linear(INNER, 1) for k in KINDS})

    def forward(self, kind, cue, span, numbers):
        both = self.cue[kind](cue) + self.span[kind](span) + self.number[kind](numbers)
        return self.last[kind](torch.relu(both))[:, 0]


def vector(words, span):
    a, b = span
    own = words[a:b].float()
    return torch.cat([own[0], own[-1], own.mean(0)])


def numbers(cue, span, kind, spans, starts):
    """The plain facts about a pair, in the order of NUMBERS.  spans: kind → sorted spans of the document."""
    before = span[0] < cue[0]
    first, second = (span, cue) if before else (cue, span)
    gap = max(0, second[0] - first[1])
    between = {k: sum(first[1] <= a and b <= second[0] for a, b in v) for k, v in spans.items()}
    lines = sum(first[0] < s <= second[0] for s in starts)
    return [float(torch.log1p(torch.tensor(float(gap)))), float(before), min(lines, 5) / 2,
            *(min(between.get(k, 0), 5) / 2 for k in ("cue", "source", "content")), float(lines == 0),
            min(cue[1] - cue[0], 8) / 4, min(span[1] - span[0], 60) / 30]


def word_vectors(model, docs):
    """Document id → words × hidden, float16."""
    out = {d["id"]: torch.zeros(len(d["words"]), model.enc.size.hidden, dtype=torch.float16) for d in docs}
    model.eval()
    with torch.no_grad():
        for group in windows.batches(windows.pack(docs), 4096):
            batch = windows.collate(group)
            words = model.words(batch)
            for (doc, a, b), at, n in batch.units:
                out[doc["id"]][a:b] = words[at:at + n].half()
    return out


def choices(doc, words, reach=8):
    """(kind, word vectors, pairs, numbers, right pair): a source chosen for each cue, and a cue chosen for each
    content, among the `2 · reach` nearest.  Pairs are (cue, other); vectors are made when they are needed."""
    if "gold_spans" not in doc:  # an article without attributions
        return
    spans = {k: [tuple(s) for s in v] for k, v in doc["gold_spans"].items()}
    for link in doc["links"]:
        cues = sorted(s for k, s in link if k == "cue")
        if not cues:
            continue
        for kind in KINDS:
            for right in sorted(s for k, s in link if k == kind)[:4]:
                yield from choice(doc, words, spans, kind, cues[0], right, reach)


def choice(doc, words, spans, kind, cue, right, reach):
    anchor, pool, target = (cue, spans.get("source", []), right) if kind == "source" else (right, spans.get("cue", []), cue)
    near = sorted(pool, key=lambda s: abs(s[0] - anchor[0]))[:2 * reach]
    if target not in near or len(near) < 2:
        return
    pairs = [(anchor, s) if kind == "source" else (s, anchor) for s in near]
    facts = torch.tensor([numbers(c, s, kind, spans, doc["pars"]) for c, s in pairs])
    yield kind, words, pairs, facts, near.index(target)


def epoch(net, items, opt=None):
    """Share of right choices; with opt it also learns."""
    hit = 0
    for i in range(0, len(items), 32):
        loss = 0.
        for kind, words, pairs, facts, right in items[i:i + 32]:
            cues, others = (torch.stack([vector(words, p[side]) for p in pairs]) for side in (0, 1))
            scores = net(kind, cues, others, facts)
            hit += int(scores.argmax() == right)
            loss = loss + F.cross_entropy(scores[None], torch.tensor([right]))
        if opt:
            (loss / 32).backward()
            opt.step()
            opt.zero_grad()
    return round(100 * hit / max(1, len(items)), 2)


def fit(model, data):
    torch.manual_seed(1)
    net, rng = Net(model.enc.size.hidden), random.Random(1)
    parts = {}
    for part in ("train", "dev"):
        docs = data["docs"]["polnear", part][::SHARE if part == "train" else 1]
        vectors = word_vectors(model, docs)
        parts[part] = [c for d in docs for c in choices(d, vectors[d["id"]])]
    opt = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=.01)
    for n in range(ROUNDS):
        for group in opt.param_groups:
            group["lr"] = 1e-3 * (1 - n / ROUNDS)
        rng.shuffle(parts["train"])
        train = epoch(net, parts["train"], opt)
        with torch.no_grad():
            figures = {k: epoch(net, [c for c in parts["dev"] if c[0] == k]) for k in KINDS}
        print(json.dumps({"links": n + 1, "train": train, "dev": figures}), flush=True)
    return net


def tensors(out, source):
    """Adds the net to a weights file; it must have been trained for this checkpoint."""
    net = torch.load(source + ".links", weights_only=False)
    for name, value in net.items():
        if name.endswith("weight"):
            out.matrix("links." + name[:-7], value, net[name[:-6] + "bias"])


def run(args):
    from . import fit as trainer
    torch.set_num_threads(args.threads)
    source = args.checkpoint or os.path.join(args.work, "distilled.pt")
    net = fit(trainer.open_model(source), prepare.read(os.path.join(args.work, "data.pkl")))
    trainer.store(source + ".links", net.state_dict())
