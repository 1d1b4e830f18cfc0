#!/usr/bin/env python3
"""Learn how likely proposed positions are right.

Usage: learn.py PROPOSALS [TABLE]

Reads what `go run ./tools/confidence` proposes (with --measure also records that
nothing learns from), fits the model of internal/position by five folds over
articles, prints the figures and the reliability table of docs/accuracy.md, and
writes TABLE (data/position_model.tsv). Needs numpy and torch. The same proposals
give the same table.
"""
import base64
import collections
import json
import sys

import numpy as np
import torch
from torch import nn

STANCES = ["supports", "demands", "proposes", "accepts", "promises", "opposes", "rejects", "threatens", "open", "conditional"]
CLASS = np.array([0, 0, 0, 0, 0, 1, 1, 1, 2, 2])
GROUP = torch.tensor(CLASS)
FOLDS = 5
HIDDEN = 24        # units for the first output, and as many for the others
SPACE = 64         # directions of the vectors that are looked at
SLOTS = 5          # head, governor, mean, before, after: as in internal/position
EPOCHS = 6
RATE = 2e-3
DECAY = 0.02
DROP = 0.4         # of hidden units
DROP_VECTOR = 0.2
DROP_FEATURE = 0.2
SELDOM = 24        # fewest stretches or pairs of a feature
LEAST = 0.08       # the lowest floor that is tried
RIGHT = 0.8        # share of right entries among those that are sure


def load(path):
    docs = []
    with open(path, encoding="utf-8") as lines:
        for row in lines:
            d = json.loads(row)
            d["pairs"], d["stretches"], d["gold"] = d["pairs"] or [], d["stretches"] or [], d["gold"] or []
            d["vectors"] = np.frombuffer(base64.b64decode(d["vectors"]), "<f4").reshape(-1, 384)
            if d["pairs"]:
                docs.append(d)
    return docs


def numbered(docs, key):
    """Number the features that are not too rare."""
    times = collections.Counter(f for d in docs for x in d[key] for f in set(x["features"]))
    return {f: i for i, f in enumerate(sorted(f for f, n in times.items() if n >= SELDOM))}


def bag(items, number):
    lists = [sorted({number[f] for f in x["features"] if f in number}) for x in items]
    starts = np.cumsum([0] + [len(l) for l in lists])[:-1]
    return torch.tensor([i for l in lists for i in l], dtype=torch.long), torch.tensor(starts)


class Space:
    """The directions in which vectors of tokens differ most."""

    def __init__(self, docs):
        rows = np.concatenate([d["vectors"] for d in docs])
        self.mean = rows.mean(0)
        _, _, turned = np.linalg.svd((rows - self.mean)[::7], full_matrices=False)
        self.matrix = turned[:SPACE].T.astype("f4")
        self.matrix /= ((rows - self.mean) @ self.matrix).std()

    def of(self, d):
        v = ((d["vectors"] - self.mean) @ self.matrix).astype("f4")
        sums = np.concatenate([np.zeros((1, SPACE), "f4"), np.cumsum(v, 0)])
        at = lambda t: v[t] if 0 <= t < len(v) else np.zeros(SPACE, "f4")
        rows = []
        for x in d["stretches"]:
            first, end, head, governor = x["tokens"]
            rows.append(np.concatenate([at(head), at(governor), (sums[end] - sums[first]) / (end - first), at(first - 1), at(end)]))
        return torch.tensor(np.array(rows, "f4"))


def prepare(docs, stretch, pair, space):
    for d in docs:
        here = [[h for h in p["right"] if h["here"]] for p in d["pairs"]]
        best = [max(h, key=lambda x: (x["same"], x["gold"])) if h else None for h in here]
        gold = [d["gold"][h["gold"]] if h else None for h in best]
        d["x"] = (bag(d["stretches"], stretch), space.of(d), bag(d["pairs"], pair), torch.tensor([p["stretch"] for p in d["pairs"]]))
        d["y"] = (torch.tensor([float(g is not None) for g in gold]), torch.tensor([STANCES.index(g["stance"]) if g else -1 for g in gold]),
                  torch.tensor([float(bool(g and g["own"])) for g in gold]))


def embedding(rows, width, spread):
    e = nn.EmbeddingBag(rows, width, mode="sum")
    nn.init.normal_(e.weight, 0, spread) if spread else nn.init.zeros_(e.weight)
    return e


class Net(nn.Module):
    def __init__(self, stretches, pairs):
        super().__init__()
        self.stretch, self.pair = embedding(stretches, 2 * HIDDEN, .03), embedding(pairs, 2 * HIDDEN, .03)
        self.straight, self.straight_pair = embedding(stretches, 12, 0), embedding(pairs, 12, 0)
        self.bias = nn.Parameter(torch.zeros(12))
        self.vector = nn.Linear(SLOTS * SPACE, 2 * HIDDEN)
        self.first, self.rest = nn.Linear(HIDDEN, 1), nn.Linear(HIDDEN, 11)
        nn.init.constant_(self.first.bias, -2)
        self.drop, self.drop_vector = nn.Dropout(DROP), nn.Dropout(DROP_VECTOR)

    def thin(self, b):
        if not self.training:
            return b[0], b[1], None
        return b[0], b[1], (torch.rand(b[0].shape) > DROP_FEATURE).float() / (1 - DROP_FEATURE)

    def forward(self, stretches, vectors, pairs, of):
        s, p = self.thin(stretches), self.thin(pairs)
        units = (self.stretch(*s) + self.vector(self.drop_vector(vectors)))[of] + self.pair(*p)
        units = self.drop(torch.relu(units))
        bent = torch.cat([self.first(units[:, :HIDDEN]), self.rest(units[:, HIDDEN:])], 1)
        return self.straight(*s)[of] + self.straight_pair(*p) + self.bias + bent


def joined(docs):
    def bags(list_):
        starts, n = [], 0
        for b in list_:
            starts.append(b[1] + n)
            n += len(b[0])
        return torch.cat([b[0] for b in list_]), torch.cat(starts)
    before = np.cumsum([0] + [len(d["stretches"]) for d in docs])
    x = (bags([d["x"][0] for d in docs]), torch.cat([d["x"][1] for d in docs]), bags([d["x"][2] for d in docs]),
         torch.cat([d["x"][3] + int(n) for d, n in zip(docs, before)]))
    return x, [torch.cat([d["y"][k] for d in docs]) for k in range(3)]


def loss(scores, y):
    right, stance, own = y
    one = nn.functional.binary_cross_entropy_with_logits
    total, found = one(scores[:, 0], right), stance >= 0
    if found.any():
        shares = torch.log_softmax(scores[found][:, 1:11], 1)
        classes = torch.stack([torch.logsumexp(shares[:, GROUP == k], 1) for k in range(3)], 1)
        total = total + .5 * (.3 * nn.functional.nll_loss(shares, stance[found]) + nn.functional.nll_loss(classes, GROUP[stance[found]])
                              + .5 * one(scores[found][:, 11], own[found]))
    return total


def fit(docs, stretches, pairs):
    torch.manual_seed(1)
    rng = np.random.default_rng(1)
    net = Net(stretches, pairs)
    best = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    steps, step = EPOCHS * ((len(docs) + 1) // 2), 0
    net.train()
    for _ in range(EPOCHS):
        order = rng.permutation(len(docs))
        for a in range(0, len(docs), 2):
            step += 1
            for group in best.param_groups:
                group["lr"] = RATE * min(1, step / 50) * max(.02, 1 - step / steps)
            x, y = joined([docs[i] for i in order[a:a + 2]])
            best.zero_grad()
            loss(net(*x), y).backward()
            best.step()
    return net.eval()


def judge(net, docs):
    """Give each pair its traits for the calibration, its stance class and its voice."""
    with torch.no_grad():
        for d in docs:
            s = net(*d["x"]).numpy().astype("f8")
            share = np.exp(s[:, 1:11] - s[:, 1:11].max(1, keepdims=True))
            share /= share.sum(1, keepdims=True)
            lean = np.stack([share[:, CLASS == k].sum(1) for k in range(3)], 1)
            own = 1 / (1 + np.exp(-s[:, 11]))
            d["class"], d["own"] = lean.argmax(1), own >= .5
            d["traits"] = np.stack([np.ones(len(s)), s[:, 0], np.log(lean.max(1)), np.log(np.maximum(own, 1 - own))], 1)
            d["hit"] = np.array([any(strictly(d, k, h) for h in p["right"] if h["here"]) for k, p in enumerate(d["pairs"])])


def strictly(d, k, h):
    g = d["gold"][h["gold"]]
    return CLASS[STANCES.index(g["stance"])] == d["class"][k] and g["own"] == bool(d["own"][k])


def bent(x, y):
    """A logistic regression of y on x, by Newton's method."""
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        w -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(len(w)), x.T @ (p - y))
    return w


def calibrate(docs):
    """Bend the traits onto the share of right ones (Platt 1999): of all pairs, then of those that are kept, as the best
    of many alike looks better than it is."""
    bend = bent(np.concatenate([d["traits"] for d in docs]), np.concatenate([d["hit"] for d in docs]))
    value(docs, bend)
    floor, x, y = thresholds(docs)[0], [], []
    for d in docs:
        kept = chosen(d, floor)
        right = matched(d, kept, True)
        x += [[1, d["traits"][k] @ bend] for k in kept]
        y += [i in right for i in range(len(kept))]
    shift, slope = bent(np.array(x), np.array(y, "f8"))
    return np.round(slope * bend + [shift, 0, 0, 0], 4)


def value(docs, bend):
    for d in docs:
        d["value"] = 1 / (1 + np.exp(-d["traits"] @ bend))
        d.pop("kept", None)


def chosen(d, floor):
    """What is kept from a floor on. The best go first, so a higher floor only leaves out."""
    if "kept" not in d:
        d["kept"] = choose(d)
    return parties(d, [k for k in d["kept"] if d["value"][k] >= floor])


def choose(d):
    """As Choose in internal/position: of one holder no two with mostly the same words."""
    kept = []
    for k in np.argsort(-d["value"], kind="stable"):
        if d["value"][k] < LEAST:
            break
        if not any(holder(d, q) == holder(d, k) and mostly(d, k, q) for q in kept):
            kept.append(k)
    return kept


def parties(d, kept):
    """As there: nobody who speaks for a party that is kept itself with mostly the same words."""
    of = {}
    for q in kept:
        of.setdefault(holder(d, q), []).append(q)
    return [k for k in kept if not any(side != holder(d, k) and any(mostly(d, k, q) for q in of.get(side, ()))
                                       for side in d["pairs"][k]["sides"])]


def holder(d, k):
    return d["pairs"][k]["holder"]


def mostly(d, k, q):
    """The shorter of the words of two pairs shares most of its bytes with the other."""
    (a, b), (c, e) = (d["stretches"][d["pairs"][i]["stretch"]]["span"] for i in (k, q))
    return 2 * (min(b, e) - max(a, c)) > min(b - a, e - c)


def matched(d, kept, strict):
    """One to one, best first, as the scorer of the records. Returns the kept ones that are right."""
    pairs = sorted(((h["same"], -h["gold"], -i) for i, k in enumerate(kept) for h in d["pairs"][k]["right"] if not strict or strictly(d, k, h)), reverse=True)
    gold, found = set(), set()
    for _, g, i in pairs:
        if g not in gold and i not in found:
            gold.add(g), found.add(i)
    return {-i for i in found}


class Count:
    def __init__(self):
        self.hits = self.found = self.gold = 0

    def add(self, hits, found, gold):
        self.hits, self.found, self.gold = self.hits + hits, self.found + found, self.gold + gold

    def figures(self):
        p, r = 100 * self.hits / max(1, self.found), 100 * self.hits / max(1, self.gold)
        return p, r, 2 * p * r / max(1e-9, p + r)


def count(docs, floor, sure=0.0):
    strict, loose = Count(), Count()
    for d in docs:
        kept = [k for k in chosen(d, floor) if d["value"][k] >= sure]
        strict.add(len(matched(d, kept, True)), len(kept), len(d["gold"]))
        loose.add(len(matched(d, kept, False)), len(kept), len(d["gold"]))
    return strict, loose


def told(name, counts):
    (p, r, f), (p2, r2, f2) = (c.figures() for c in counts)
    print(f"{name:22} strict P {p:.1f} R {r:.1f} F1 {f:.1f}   any P {p2:.1f} R {r2:.1f} F1 {f2:.1f}   ({counts[0].found})", flush=True)


def thresholds(docs):
    """The floor of the best F1, strict and of any stance together, and the least value from which on four of five are right."""
    floors = np.round(np.arange(LEAST, .5, .02), 2)
    floor = max(floors, key=lambda f: sum(c.figures()[2] for c in count(docs, f)))
    for sure in np.round(np.arange(floor, .96, .01), 2):
        if count(docs, floor, sure)[0].figures()[0] >= 100 * RIGHT:
            break
    return float(floor), float(sure)


def reliability(docs, floor):
    """How often what is shown is right, by its confidence."""
    rows = collections.defaultdict(list)
    for d in docs:
        kept = chosen(d, floor)
        right = matched(d, kept, True)
        for i, k in enumerate(kept):
            rows[min(9, int(10 * d["value"][k]))].append((d["value"][k], i in right))
    print("\n| confidence | positions | mean confidence | right |\n| --- | --- | --- | --- |")
    for k in sorted(rows):
        v = np.array(rows[k], "f8")
        print(f"| {10 * k}–{10 * k + 10} % | {len(v)} | {100 * v[:, 0].mean():.0f} % | {100 * v[:, 1].mean():.0f} % |")
    print(flush=True)


def passed_over(net, docs, floor):
    """The score of a stretch alone below which no holder has lifted one of 400 over the floor."""
    scores = []
    with torch.no_grad():
        for d in docs:
            none = (torch.zeros(0, dtype=torch.long), torch.zeros(len(d["stretches"]), dtype=torch.long))
            alone = net(d["x"][0], d["x"][1], none, torch.arange(len(d["stretches"])))[:, 0].numpy()
            scores += [alone[d["pairs"][k]["stretch"]] for k in chosen(d, floor)]
    return round(float(np.quantile(scores, 1 / 400)), 3)


def packed(row):
    scale = float(np.abs(row).max()) / 127 or 1.0
    return scale, base64.b64encode(np.clip(np.round(row / scale), -127, 127).astype("i1").tobytes()).decode()


def write(path, net, stretch, pair, space, settings):
    state = {k: v.numpy() for k, v in net.state_dict().items()}
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        print("# licence: Apache-2.0\n# source: own; weights learned by tools/confidence from positions in ../shared/gold/train\n# version: 2", file=out)
        print("# kind: set, a setting; bias, slot, out, stretch, pair: weights of the model in internal/position/model.go, signed bytes in base64 that scale multiplies\nkind\tname\tscale\tvalues", file=out)
        row = lambda kind, name, weights: print(kind, name, "%.6g\t%s" % packed(weights), sep="\t", file=out)
        for name, v in settings:
            print("set", name, f"{v:g}", "-", sep="\t", file=out)
        # A vector v adds vector.weight · ((v − mean) · matrix) to the hidden units, slot by slot.
        slots = np.split(state["vector.weight"], SLOTS, axis=1)
        full = [w @ space.matrix.T for w in slots]
        for b in np.concatenate([state["bias"] + np.concatenate([state["first.bias"], state["rest.bias"]]),
                                 state["vector.bias"] - sum(w @ space.mean for w in full)]):
            print("bias", "-", f"{b:.6g}", "-", sep="\t", file=out)
        for s, w in enumerate(full):
            for k, weights in enumerate(w):
                row("slot", f"{s} {k}", weights)
        for k, weights in enumerate(np.concatenate([state["first.weight"], state["rest.weight"]])):
            row("out", k, weights)
        for kind, number, straight, bent in (("stretch", stretch, "straight.weight", "stretch.weight"), ("pair", pair, "straight_pair.weight", "pair.weight")):
            for f, i in number.items():
                row(kind, f, np.concatenate([state[straight][i], state[bent][i]]))


def main():
    torch.set_num_threads(1)
    docs = load(sys.argv[1])
    seen, kept_out = [d for d in docs if d["folder"] == "train"], [d for d in docs if d["folder"] != "train"]
    stretch, pair, space = numbered(seen, "stretches"), numbered(seen, "pairs"), Space(seen)
    print(f"{len(stretch)} features of stretches, {len(pair)} of pairs", flush=True)
    prepare(docs, stretch, pair, space)
    for fold in range(FOLDS):
        net = fit([d for i, d in enumerate(seen) if i % FOLDS != fold], len(stretch), len(pair))
        judge(net, seen[fold::FOLDS])
    bend = calibrate(seen)
    value(seen, bend)
    floor, sure = thresholds(seen)
    for f in (.1, .15, .2, .25, .3, .35, floor):
        told(f"folds, from {f:.2f}", count(seen, f))
    for s in (.4, .5, .6, .7, sure):
        told(f"folds, sure from {s:.2f}", count(seen, floor, s))
    reliability(seen, floor)
    net = fit(seen, len(stretch), len(pair))
    alone = passed_over(net, seen, floor)
    if kept_out:
        judge(net, kept_out)
        value(kept_out, bend)
        told("measured", count(kept_out, floor))
        told("measured, sure", count(kept_out, floor, sure))
    if len(sys.argv) > 2:
        write(sys.argv[2], net, stretch, pair, space,
              [("weights " + docs[0]["weights"], 0), ("floor", floor), ("sure", sure), ("alone", alone)] + [(f"bend {k}", b) for k, b in enumerate(bend)])


if __name__ == "__main__":
    main()
