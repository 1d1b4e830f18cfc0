"""Scores of reading raw text: words, sentences and trees by the measures of the CoNLL 2018 shared task. Used by engine.py."""
import collections
import difflib
import pathlib
import subprocess
import tempfile


def scores(binary, name, paths):
    """Words, breaks (where sentences begin), whole sentences and LAS of `annotate --format conllu`: hits, predicted, gold."""
    total = collections.defaultdict(lambda: [0, 0, 0])
    with tempfile.TemporaryDirectory() as folder:
        docs = [d for p in paths for d in documents(p.read_text(encoding="utf-8"))]
        files = []
        for i, (text, _) in enumerate(docs):
            files.append(pathlib.Path(folder, f"{i:04d}.txt"))
            files[-1].write_text(text, encoding="utf-8")
        run = subprocess.run([str(binary), "annotate", "--format", "conllu", *map(str, files)], capture_output=True, text=True, check=True)
    found = run.stdout.split("# newdoc id = ")[1:]
    for (text, gold), own in zip(docs, found, strict=True):
        want, got = placed(gold), placed(sentences(own))
        if letters(gold) != letters(sentences(own)):
            got = moved(got, letters(sentences(own)), letters(gold))
        for key, one in (("words", words), ("breaks", starts), ("sentences", ends), ("LAS", arcs)):
            a, b = one(want), one(got)
            for i, n in enumerate((len(a & b), len(b), len(a))):
                total[key][i] += n
    return {f"{name} raw {k}": tuple(v) for k, v in total.items()}


def documents(text):
    """The raw text of each document, a paragraph a line, and its sentences of (form, head, relation)."""
    out = []
    for part in text.split("# newdoc")[1:]:
        raw = ""
        for block in part.split("\n\n"):
            notes = [l for l in block.splitlines() if l.startswith("#")]
            words = next((l[9:] for l in notes if l.startswith("# text = ")), None)
            if words is not None:
                new = any(l.startswith("# newpar") for l in notes)
                raw += ("\n\n" if new else " ") * bool(raw) + words
        out.append((raw + "\n", sentences(part)))
    return out


def sentences(text):
    """Sentences of (form, head, relation); the part of a relation before ":" counts, as in the shared task."""
    out = []
    for block in text.split("\n\n"):
        rows = [l.split("\t") for l in block.splitlines() if l.split("\t")[0].isdigit() and l.count("\t") == 9]
        if rows:
            out.append([(r[1], int(r[6]), r[7].split(":")[0]) for r in rows])
    return out


def placed(found):
    """Each word with its place, counted in characters other than white space."""
    at, out = 0, []
    for sentence in found:
        rows = []
        for form, head, relation in sentence:
            n = len("".join(form.split()))
            rows.append(((at, at + n), head, relation))
            at += n
        out.append(rows)
    return out


def letters(found):
    return "".join("".join(form.split()) for s in found for form, _, _ in s)


def moved(found, own, gold):
    """The places in the gold's text: page furniture that the program took off is a word missed, no more."""
    at = {}
    for block in difflib.SequenceMatcher(None, own, gold, autojunk=False).get_matching_blocks():
        at |= {block.a + i: block.b + i for i in range(block.size + 1)}
    return [[((at.get(a, -1), at.get(b, -1)), head, relation) for (a, b), head, relation in s] for s in found]


def words(found):
    return {place for s in found for place, _, _ in s}


def starts(found):
    """Where sentences begin."""
    return {s[0][0][0] for s in found}


def ends(found):
    return {(s[0][0][0], s[-1][0][1]) for s in found}


def arcs(found):
    return {(place, s[head - 1][0] if head else None, relation) for s in found for place, head, relation in s}
