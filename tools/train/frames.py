"""Made sentences for nested statements: a reporter's frame around a sentence of gold/train that already reports.

gold/train has 32 contents inside contents; people write many more.  "The union called for talks." becomes
"Okafor said that the union called for talks.": the outer statement is the frame's, the inner one is known.
"""
import random
import re

from .corpora import inside, kinds, plain, tags
from .settings import SEED

CUES = ["said", "told reporters", "stated", "claimed", "wrote", "argued", "confirmed", "added", "announced", "noted",
        "insisted", "warned", "reported", "says", "tells journalists", "recalled", "explained"]
SMALL = set("The A An He She It They We In On At This That These Those His Her Their Its Some Most Both After Before When While If Under For With Since Although As By From To But And Other Another All Several Many Two Three There Then".split())
ROUNDS = 2


def records(docs):
    """Documents of made sentences, 20 in each, from the labelled documents of gold/train."""
    rng = random.Random(SEED)
    sources = sorted({text(d, s) for d in docs for s in d["gold_spans"].get("source", ())} - {""})
    made = [m for _ in range(ROUNDS) for d in docs for m in sentences(d, rng, sources)]
    rng.shuffle(made)
    for i in range(0, len(made), 20):
        yield join(f"frames-{i}", made[i:i + 20])


def text(doc, span):
    return doc["text"][doc["spans"][span[0]][0]:doc["spans"][span[1] - 1][1]]


def sentences(doc, rng, sources):
    """(text, outer spans, inner spans) in characters, for each short sentence that reports something."""
    for a, b in pieces(doc):
        own = text(doc, (a, b))
        if not 6 <= b - a <= 45 or not re.match(r"[A-Z][^\"“]*\.$", own) or own.endswith((" Mr.", " Dr.", " No.")):
            continue
        base = doc["spans"][a][0]
        spans = [(k, doc["spans"][x][0] - base, doc["spans"][y - 1][1] - base) for k in ("content", "cue", "source")
                 for x, y in doc["gold_spans"].get(k, ()) if a <= x and y <= b]
        if {k for k, _, _ in spans} >= {"content", "cue"}:
            yield frame(own, spans, rng.choice(sources), rng)


def pieces(doc):
    """Half-open word ranges that end at a full stop or with their paragraph."""
    starts = set(doc["pars"])
    first = 0
    for k, word in enumerate(doc["words"], 1):
        if word == "." or k in starts or k == len(doc["words"]):
            yield first, k
            first = k


def frame(own, spans, source, rng):
    first = own.split(" ", 1)[0]
    low = own[0].lower() + own[1:] if first in SMALL else own
    cue, body = rng.choice(CUES), own[:-1]
    inner = body.replace("“", "‘").replace("”", "’")
    capital = source[0].upper() + source[1:]
    style = rng.choice(("that", "that", "before", "after", "according"))
    if style == "that":
        whole, at, content = f"{capital} {cue} that {low[:-1]}.", len(capital) + len(cue) + 7, body
        marks = [("source", 0, len(capital)), ("cue", len(capital) + 1, len(capital) + 1 + len(cue))]
    elif style == "according":
        whole, at, content = f"According to {source}, {low[:-1]}.", 15 + len(source), body
        marks = [("cue", 0, 12), ("source", 13, 13 + len(source))]
    elif style == "before":
        whole, at, content = f"{capital} {cue}: “{inner}.”", len(capital) + len(cue) + 4, body
        marks = [("source", 0, len(capital)), ("cue", len(capital) + 1, len(capital) + 1 + len(cue))]
    else:
        whole, at, content = f"“{inner},” {source} {cue}.", 1, body
        start = len(inner) + 4
        marks = [("source", start, start + len(source)),
                 ("cue", start + len(source) + 1, start + len(source) + 1 + len(cue))]
    outer = [*marks, ("content", at, at + len(content))]
    return whole, outer, [(k, x + at, min(y, len(body)) + at) for k, x, y in spans]


def join(name, made):
    """One document; its layers are those of gold."""
    doc = plain(name, "\n".join(m[0] for m in made))
    layers, base = {"gold": {}, "nest": {}}, 0
    for whole, outer, inner in made:
        for layer, spans in (("gold", outer), ("nest", inner)):
            for kind, a, b in spans:
                at = inside(doc["spans"], a + base, b + base)
                if at:
                    layers[layer].setdefault(kind, set()).add(at)
        base += len(whole) + 1
    n = len(doc["words"])
    return doc | {k: tags(n, v) for k, v in layers.items()} | {"kind": kinds(doc, [])}
