"""Twenty sentences of our own with their pieces and scores, for the program that reads the weights file."""
import json
import os

import torch

from . import prepare, windows, words as W

SENTENCES = """“We will not sign,” said Amara Okafor, the minister’s envoy.
The talks in Geneva broke off on Tuesday after the U.S. delegation rejected the draft.
Mr. Lindqvist didn't say whether Norway would pay $1,200.50 or 5% of the costs.
According to two diplomats, the ceasefire could be signed as early as 10:30 a.m. on 4 May 2031.
“If they withdraw,” the president told reporters, “we shall talk.”
Farmers want lower tariffs; the ministry believes that prices will fall.
He said that she had argued that the treaty was dead.
The African Union called for an immediate end to the fighting in the north.
Why did the committee adjourn without a vote?
The non-aligned states re-elected their chairwoman, Dr. Li Wen.
NEGOTIATORS AGREE ON FISHING QUOTAS
Our own e-mail, sent to press@example.org, remained unanswered...
Zoë Müller of the World Food Programme warned: “People can't wait.”
In 2019-20 the two sides met 14 times, the last time in Addis Ababa.
I'm told the Kremlin's spokesman denied it.
The council accused Baku of shelling villages, which Azerbaijan's army called a lie.
“No,” she added.
See https://example.org/a_b?c=1 for the text of resolution 1701 (2006).
Peru and Chile have agreed to share the river's water, a joint statement said.
A spokesperson who asked not to be named said: 'It's over'.""".split("\n")


def document(pieces, name, text):
    spans = W.spans(text)
    words = [text[a:b] for a, b in spans]
    doc = {"id": name, "text": text, "words": words, "pars": [0], "sents": None}
    return prepare.encode(doc, "vectors", {}, pieces) | {"spans": spans, "text": text}


def write(path, model, data, digest):
    """One window a sentence.  Scores are of the emulation (quantise.emulate): expect equality within its rounding."""
    pieces, out = W.Pieces(data["vocabulary"]), []
    for n, text in enumerate(SENTENCES):
        doc = document(pieces, f"s{n}", text)
        batch = windows.collate([[(doc, 0, len(doc["words"]))]])
        with torch.no_grad():
            out.append(vector(model, doc, batch))
    with open(path + ".part", "w", encoding="utf-8") as f:
        json.dump({"digest": digest, "sentences": out}, f, ensure_ascii=False, separators=(",", ":"))
    os.replace(path + ".part", path)
    print(f"export: {path}, {os.path.getsize(path)} bytes", flush=True)


def vector(model, doc, batch):
    words = model.words(batch)
    text = doc["text"]
    index = torch.arange(len(words))[None]
    arcs = model.trees.arcs(words, index)[0]
    own = torch.arange(len(words))
    arcs[own, own + 1] = -1e4
    heads = arcs.argmax(1)
    scores = {k: grid(model.scores(words, k)) for k in model.out}
    scores |= {"arcs": grid(arcs), "rels": grid(model.trees.rels(words, own, heads))}
    return {"text": text, "words": [[len(text[:a].encode()), len(text[:b].encode())] for a, b in doc["spans"]],
            "ids": batch.ids[0].tolist(), "shapes": batch.shapes[0].tolist(),
            "word_of": [w if w < len(words) else -1 for w in batch.word_of.tolist()],
            "vector": grid(words[:, :8]), "greedy_heads": heads.tolist(), "scores": scores}


def grid(scores):
    return [[round(x, 4) for x in row] for row in scores.tolist()]
