"""Windows of whole paragraphs, and batches of windows as tensors.

A unit is (document, first word, end word): a paragraph, or a part of one that is too long for a window.
A window is a list of units; [CLS] stands before the first and [SEP] after each.
"""
from dataclasses import dataclass, field

import numpy as np
import torch

from .encoder import CLS, PAD, SEP
from .settings import WINDOW

UNKNOWN = -1
ROOM = WINDOW - 2
TAGS = ("upos", "xpos", "feats", "lemma", "breaks", "names", "kind", "attr", "gold", "nest")
TOGETHER = ("ewt", "crossner", "wikigold")  # short documents: a window may hold several


def units(doc):
    """Paragraphs; one that is too long is cut at the last sentence end that fits, else at a word."""
    offsets = doc["offsets"]
    ends = set(doc["sents"] or ())
    for start, stop in zip(doc["pars"], doc["pars"][1:] + [len(doc["words"])]):
        while offsets[stop] - offsets[start] > ROOM:
            fits = int(np.searchsorted(offsets, offsets[start] + ROOM, side="right")) - 1
            fits = max(fits, start + 1)
            cut = next((k for k in range(fits, start, -1) if k in ends), fits)
            yield doc, start, cut
            start = cut
        if stop > start:
            yield doc, start, stop


def size(unit):
    doc, a, b = unit
    return min(int(doc["offsets"][b] - doc["offsets"][a]), ROOM)


def pack(docs, rng=None):
    """Windows over the documents.  With rng the first window of a run is shortened at random, so that
    paragraphs meet other neighbours in each epoch."""
    order = list(docs)
    if rng:
        rng.shuffle(order)
    out, window, room, corpus = [], [], 0, None
    for doc in order:
        if not (window and doc["corpus"] == corpus and corpus in TOGETHER):
            if window:
                out.append(window)
            window, corpus = [], doc["corpus"]
            room = rng.randint(ROOM // 2, ROOM) if rng else ROOM
        for unit in units(doc):
            need = size(unit) + bool(window)
            if window and need > room:
                out.append(window)
                window, room, need = [], ROOM, size(unit)
            window.append(unit)
            room -= need
    return out + ([window] if window else [])


def length(window):
    return 1 + sum(size(u) + 1 for u in window)


def batches(windows, pieces, rng=None):
    """Windows of like length together, at most `pieces` padded pieces a batch; batches in random order."""
    noise = (lambda: rng.random() * 24) if rng else (lambda: 0)
    out, batch, width = [], [], 0
    for n, w in sorted(((length(w) + noise(), w) for w in windows), key=lambda x: x[0]):
        if batch and max(width, n) * (len(batch) + 1) > pieces:
            out.append(batch)
            batch, width = [], 0
        batch.append(w)
        width = max(width, length(w))
    if batch:
        out.append(batch)
    if rng:
        rng.shuffle(out)
    return out


@dataclass
class Batch:
    ids: torch.Tensor                    # windows × pieces
    shapes: torch.Tensor
    word_of: torch.Tensor                # flat piece → flat word, or the number of words for marks and padding
    count: torch.Tensor                  # pieces a word
    units: list                          # (unit, first flat word, words)
    sentences: list                      # (first flat word, words) of the whole sentences with heads
    tags: dict = field(default_factory=dict)   # head → label a flat word, UNKNOWN where none
    heads: torch.Tensor = None           # flat: 0 root, else 1 + place in the sentence; UNKNOWN
    rels: torch.Tensor = None


def collate(windows):
    width = max(map(length, windows))
    ids = np.full((len(windows), width), PAD, dtype=np.int64)
    shapes = np.zeros((len(windows), width), dtype=np.int64)
    word_of = np.full((len(windows), width), -1, dtype=np.int64)
    placed, words = [], 0
    for row, window in enumerate(windows):
        ids[row, 0], at = CLS, 1
        for doc, a, b in window:
            at = fill(doc, a, b, row, at, words, ids, shapes, word_of)
            placed.append(((doc, a, b), words, b - a))
            words += b - a
    word_of[word_of < 0] = words
    count = np.bincount(word_of.ravel(), minlength=words + 1)[:words]
    batch = Batch(torch.from_numpy(ids), torch.from_numpy(shapes), torch.from_numpy(word_of.ravel()),
                  torch.from_numpy(np.maximum(count, 1)), placed, [])
    label(batch, words)
    return batch


def fill(doc, a, b, row, at, words, ids, shapes, word_of):
    """Writes one unit and its [SEP]; a word longer than the window keeps the pieces that fit."""
    first, last = int(doc["offsets"][a]), int(doc["offsets"][b])
    n = min(last - first, ROOM)
    counts = np.diff(doc["offsets"][a:b + 1])
    ids[row, at:at + n] = doc["pieces"][first:first + n]
    shapes[row, at:at + n] = np.repeat(doc["shapes"][a:b], counts)[:n]
    word_of[row, at:at + n] = np.repeat(np.arange(words, words + b - a), counts)[:n]
    ids[row, at + n] = SEP
    return at + n + 1


def label(batch, words):
    flat = {k: np.full(words, 0 if k == "names" else UNKNOWN, dtype=np.int64) for k in TAGS}
    heads, rels = np.full(words, UNKNOWN, dtype=np.int64), np.full(words, UNKNOWN, dtype=np.int64)
    for (doc, a, b), at, n in batch.units:
        for key in TAGS:
            if key in doc:
                flat[key][at:at + n] = doc[key][a:b]
        if "heads" in doc:
            sentences(doc, a, b, at, heads, rels, batch.sentences)
    batch.tags = {k: torch.from_numpy(v) for k, v in flat.items() if (v > (0 if k == "names" else UNKNOWN)).any()}
    batch.heads, batch.rels = torch.from_numpy(heads), torch.from_numpy(rels)


def sentences(doc, a, b, at, heads, rels, out):
    """Trees of the sentences that lie wholly in the unit."""
    starts = doc["sents"]
    k = int(np.searchsorted(starts, a))
    while k < len(starts) and starts[k] < b:
        s = starts[k]
        e = starts[k + 1] if k + 1 < len(starts) else len(doc["words"])
        k += 1
        if e > b:
            break
        place = at + s - a
        own = doc["heads"][s:e]
        heads[place:place + e - s] = np.where(own < 0, 0, own - s + 1)
        rels[place:place + e - s] = doc["rels"][s:e]
        out.append((place, e - s))
