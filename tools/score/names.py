"""Scores of names on words and sentences as given: UNER EWT and CrossNER politics. Used by engine.py."""
import collections
import re
import subprocess

# Labels of the sets in our words. CrossNER's misc holds demonyms and ideologies too, which are groups with us.
UNER = {"PER": "person", "ORG": "organisation", "LOC": "place"}
CROSSNER = {"person": "person", "politician": "person", "organisation": "organisation", "politicalparty": "organisation",
            "country": "place", "location": "place", "election": "event", "event": "event", "misc": "misc"}
OURS = {"group": "misc", "work": "misc"}


def scores(binary, data):
    """Exact spans with their kind: hits, predicted, gold."""
    out = {}
    for name, path, read, table in (("UNER EWT dev", "uner-ewt.dev.iob2", uner, UNER), ("CrossNER politics test", "crossner-politics.test.txt", crossner, CROSSNER)):
        gold = [([w for w, _ in s], [mapped(t, table) for _, t in s]) for s in read((data / "ner" / path).read_text(encoding="utf-8"))]
        found = tags(binary, [w for w, _ in gold])
        hits, predicted, wanted = collections.Counter(), collections.Counter(), collections.Counter()
        for (_, want), got in zip(gold, found, strict=True):
            want, got = spans(want), {s for s in spans([mapped(t, None) for t in got]) if s[0] in table.values()}
            for kind, part in ((s[0], (s,)) for s in want | got):
                hits[kind] += len({*part} & want & got)
                predicted[kind] += len({*part} & got)
                wanted[kind] += len({*part} & want)
        out[f"{name} names"] = tuple(sum(c.values()) for c in (hits, predicted, wanted))
        out |= {f"{name} {k}": (hits[k], predicted[k], wanted[k]) for k in sorted(wanted)}
    return out


def uner(text):
    """Sentences of (word, tag)."""
    for block in re.split(r"\n\s*\n", text):
        rows = [l.split("\t") for l in block.splitlines() if l and l[0] != "#"]
        if rows:
            yield [(r[1], r[2]) for r in rows]


def crossner(text):
    for block in re.split(r"\n\s*\n", text):
        rows = [l.rsplit("\t", 1) for l in block.splitlines() if "\t" in l]
        if rows:
            yield rows


def mapped(tag, table):
    """A tag in our words; without a table, one of ours. Other kinds are outside."""
    place, _, kind = tag.partition("-")
    kind = table.get(kind) if table else OURS.get(kind, kind)
    return f"{place}-{kind}" if kind else "O"


def tags(binary, sentences):
    """Name tags of `parse`, which stand in the last column."""
    line = lambda i, w: f"{i}\t{w}" + "\t_" * 8 + "\n"
    text = "".join("# newpar\n" + "".join(line(i, w) for i, w in enumerate(s, 1)) + "\n" for s in sentences)
    run = subprocess.run([str(binary), "parse"], input=text, capture_output=True, text=True, check=True)
    out = []
    for block in run.stdout.split("\n\n"):
        rows = [l.split("\t") for l in block.splitlines() if l[:1].isdigit()]
        if rows:
            out.append([(re.search(r"NE=([\w-]+)", r[9]) or [0, "O"])[1] for r in rows])
    return out


def spans(tags):
    """Spans (kind, first, end); an I after another kind begins one."""
    out, begun = set(), None
    for i, tag in enumerate(tags + ["O"]):
        place, _, kind = tag.partition("-")
        if begun and (place != "I" or kind != begun[0]):
            out.add((*begun, i))
            begun = None
        if kind and not begun:
            begun = (kind, i)
    return out
