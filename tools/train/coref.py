"""Step `coref`: which words head a mention, of what type, and which earlier mention it continues.

Two small nets over frozen word vectors, taught on GUM clean: a linear layer that gives each word a type (none,
person, …), and a ranker of pairs (mention, earlier mention) with a score for "new".  A mention is the span
under its head in the tree; the program clusters greedily by the best antecedent.
"""
import json
import math
import os

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from . import links, prepare

TYPES = ["none", "person", "organization", "place", "event", "object", "abstract", "time", "substance", "animal", "plant"]
FACTS = ["log_mentions", "log_words", "sentences", "same_head", "same_text", "share_name", "pronoun", "pronoun_before",
         "both_pronouns", "same_pronoun", "both_names", "number_differs", "gender_differs", "person_differs",
         "type_differs", "nested", "subject", "subject_before", "indefinite", "definite_or_possessive"]
INNER, REACH, ROUNDS = 64, 60, 12


class Net(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.kind = nn.Linear(hidden, len(TYPES))
        self.left, self.right, self.like = (nn.Linear(2 * hidden, INNER) for _ in range(3))
        self.both, self.fact = nn.Linear(INNER, INNER), nn.Linear(len(FACTS), INNER)
        self.last, self.fresh, self.new = nn.Linear(INNER, 1), nn.Linear(2 * hidden, INNER), nn.Linear(INNER, 1)

    def pairs(self, m, i, j, facts):
        """Scores of mention i continuing mention j; m: mentions × (head's vector, mean vector)."""
        like = self.like(m)
        inner = self.left(m)[i] + self.right(m)[j] + self.both(like[i] * like[j]) + self.fact(facts)
        return self.last(torch.relu(inner))[:, 0]

    def news(self, m):
        return self.new(torch.relu(self.fresh(m)))[:, 0]


def head_of(doc, a, b):
    """The word of a..b whose head lies outside."""
    return next((k for k in range(a, b) if not a <= doc["heads"][k] < b), b - 1)


def mentions(doc, lists):
    """Facts about each mention of a document, in order of their beginning."""
    out = []
    sentence = np.searchsorted(doc["sents"], np.arange(len(doc["words"])), side="right")
    for a, b, cluster, kind in sorted(doc.get("mentions", ())):
        h = head_of(doc, a, b)
        feats = lists["feats"][doc["feats"][h]] if doc["feats"][h] >= 0 else "_"
        feats = dict(f.split("=") for f in feats.split("|") if "=" in f)
        words = [w.lower() for w in doc["words"][a:b]]
        upos, rel = lists["upos"][doc["upos"][h]], lists["rel"][doc["rels"][h]]
        out.append({"a": a, "b": b, "cluster": cluster, "type": kind, "head": h, "sentence": int(sentence[h]), "text": " ".join(words),
                    "word": doc["lemmas"][h].lower(), "names": {w for w, u in zip(words, doc["upos"][a:b]) if lists["upos"][u] == "PROPN"},
                    "pronoun": upos == "PRON", "name": upos == "PROPN", "number": feats.get("Number"),
                    "gender": feats.get("Gender"), "person": feats.get("Person") if upos == "PRON" else "3",
                    "subject": rel.startswith("nsubj"), "indefinite": words[0] in ("a", "an", "some"),
                    "definite": words[0] in ("the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my")})
    return out


def differs(a, b):
    return float(a is not None and b is not None and a != b)


def facts(m, i, j):
    """In the order of FACTS, for mention i and the earlier mention j."""
    x, y = m[i], m[j]
    return [math.log1p(i - j) / 2, math.log1p(max(0, x["a"] - y["b"])) / 3, min(x["sentence"] - y["sentence"], 10) / 5,
            float(x["word"] == y["word"]), float(x["text"] == y["text"]), float(bool(x["names"] & y["names"])),
            float(x["pronoun"]), float(y["pronoun"]), float(x["pronoun"] and y["pronoun"]),
            float(x["pronoun"] and y["pronoun"] and x["word"] == y["word"]), float(x["name"] and y["name"]),
            differs(x["number"], y["number"]), differs(x["gender"], y["gender"]), differs(x["person"], y["person"]),
            float(x["type"] != y["type"]), float(y["a"] <= x["a"] and x["b"] <= y["b"]), float(x["subject"]),
            float(y["subject"]), float(x["indefinite"]), float(x["definite"])]


def case(doc, vectors, lists):
    """Everything the ranker needs of one document, as tensors."""
    m = mentions(doc, lists)
    pairs = [(i, j) for i in range(len(m)) for j in range(max(0, i - REACH), i)]
    words = vectors[doc["id"]].float()
    rows = [torch.cat([words[x["head"]], words[x["a"]:x["b"]].mean(0)]) for x in m]
    types = np.zeros(len(words), dtype=np.int64)
    for x in m:
        types[x["head"]] = TYPES.index(x["type"])
    return {"m": torch.stack(rows), "i": torch.tensor([i for i, _ in pairs]), "j": torch.tensor([j for _, j in pairs]),
            "facts": torch.tensor([facts(m, i, j) for i, j in pairs]), "words": words, "types": torch.from_numpy(types),
            "clusters": [x["cluster"] for x in m]}


def grid(net, c):
    """Mentions × (1 + mentions): column 0 new, column 1 + j the antecedent j."""
    n = len(c["clusters"])
    out = torch.full((n, n + 1), -1e4)
    out[:, 0] = net.news(c["m"])
    out[c["i"], c["j"] + 1] = net.pairs(c["m"], c["i"], c["j"], c["facts"])
    return out


def loss(net, c):
    """Any right antecedent in reach will do; a mention without one is new.  And the types."""
    clusters = torch.tensor(c["clusters"])
    right = torch.zeros(len(clusters), len(clusters) + 1)
    right[c["i"], c["j"] + 1] = (clusters[c["i"]] == clusters[c["j"]]).float()
    right[:, 0] = (right.sum(1) == 0).float()
    scores = grid(net, c)
    chosen = scores.masked_fill(right == 0, -1e4)
    rank = (torch.logsumexp(scores, 1) - torch.logsumexp(chosen, 1)).mean()
    return rank + F.cross_entropy(net.kind(F.dropout(c["words"], .2)), c["types"])


def clusters(scores):
    """Greedy: each mention joins its best antecedent's cluster."""
    out = []
    for i, best in enumerate(scores.argmax(1).tolist()):
        out.append(i if best == 0 else out[best - 1])
    return out


def muc(key, response):
    """(found links, links) of the key's clusters."""
    found = total = 0
    for members in key:
        found += len(members) - len({response.get(x, -1 - x) for x in members})
        total += len(members) - 1
    return found, total


def groups(labels):
    """Clusters of at least two, and element → cluster."""
    by = {}
    for i, c in enumerate(labels):
        by.setdefault(c, set()).add(i)
    kept = {c: g for c, g in by.items() if len(g) > 1}
    return list(kept.values()), {i: c for c, g in kept.items() for i in g}


def bcubed(key, response):
    """(sum of shares, elements) of the key's elements."""
    total = sum(len(g) for g in key)
    return sum(len(g & r) ** 2 / len(g) for g in key for r in response), total


def scores(net, cases):
    """MUC and B³ on gold mentions (no singletons), and F1 of heads of mentions, without and with type."""
    m, b, h = np.zeros(4), np.zeros(4), np.zeros(4)
    for c in cases:
        key, in_key = groups(c["clusters"])
        mine, in_mine = groups(clusters(grid(net, c)))
        m += [*muc(key, in_mine), *muc(mine, in_key)]
        b += [*bcubed(key, mine), *bcubed(mine, key)]
        t, g = net.kind(c["words"]).argmax(1), c["types"]
        h += [int(((t > 0) & (g > 0)).sum()), int(((t > 0) & (t == g)).sum()), int((t > 0).sum()), int((g > 0).sum())]
    f = lambda x: round(100 * 2 * (x[0] / x[1]) * (x[2] / x[3]) / max(1e-9, x[0] / x[1] + x[2] / x[3]), 2)
    return {"muc": f(m), "b3": f(b), "heads": round(200 * h[0] / (h[2] + h[3]), 2), "typed": round(200 * h[1] / (h[2] + h[3]), 2)}


def fit(model, data):
    torch.manual_seed(1)
    parts = {}
    for part in ("train", "dev", "test"):
        docs = [d for d in data["docs"]["gum", part] if d.get("mentions")]
        vectors = links.word_vectors(model, docs)
        parts[part] = [case(d, vectors, data["lists"]) for d in docs]
    net = Net(model.enc.size.hidden)
    opt = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=.01)
    steps, step = ROUNDS * len(parts["train"]), 0
    for n in range(ROUNDS):
        for k in torch.randperm(len(parts["train"])).tolist():
            opt.param_groups[0]["lr"] = 1e-3 * (1 - step / steps)
            loss(net, parts["train"][k]).backward()
            opt.step()
            opt.zero_grad()
            step += 1
        with torch.no_grad():
            print(json.dumps({"coref": n + 1, "dev": scores(net, parts["dev"])}), flush=True)
    with torch.no_grad():
        print(json.dumps({"coref": "test", **scores(net, parts["test"])}), flush=True)
    return net


def tensors(out, source):
    """Adds the nets to a weights file."""
    net = torch.load(source + ".coref", weights_only=False)
    for name, value in net.items():
        if name.endswith("weight"):
            out.matrix("coref." + name[:-7], value, net[name[:-6] + "bias"])


def run(args):
    from . import fit as trainer
    torch.set_num_threads(args.threads)
    source = args.checkpoint or os.path.join(args.work, "distilled.pt")
    net = fit(trainer.open_model(source), prepare.read(os.path.join(args.work, "data.pkl")))
    trainer.store(source + ".coref", net.state_dict())
