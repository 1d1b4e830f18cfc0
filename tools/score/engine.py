"""Scores of the learned engine: trees on gold tokens and from raw text, names, attribution spans. Used by score.py."""
import collections
import json
import re
import subprocess

import names
import raw

WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+|[^\w\s]")
KINDS = ("source", "cue", "content")


def scores(binary, data):
    """Each figure as hits, predicted, gold and F1."""
    gum = [p for p in sorted((data / "gum/clean").glob("*.conllu")) if p.stem in gum_test(data)]
    out = {}
    for name, paths in (("EWT test", [data / "ud-ewt/test.conllu"]), ("GUM clean test", gum)):
        out |= {f"{name} {k}": v for k, v in trees(binary, paths).items()}
        out |= raw.scores(binary, name, paths)
    out |= names.scores(binary, data)
    out |= {f"PolNeAR dev {k}": v for k, v in attribution(binary, data / "polnear/dev").items()}
    for key, (hit, predicted, gold) in out.items():
        f1 = 2 * hit / (predicted + gold) if predicted + gold else 0.0
        out[key] = {"hits": hit, "predicted": predicted, "gold": gold, "f1": round(f1, 4)}
        print(f"{key:36s} F1 {100 * f1:5.1f}  {hit}/{predicted} of {gold}")
    return out


def gum_test(data):
    """Names of the documents of GUM's test part."""
    part, names = None, set()
    for line in (data / "gum/splits.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            part = line[3:].strip()
        elif line.strip().startswith("* ") and part == "test":
            names.add(line.strip()[2:])
    return names


def words(conllu):
    """Columns of the words of a CoNLL-U text."""
    rows = [line.split("\t") for line in conllu.splitlines() if line[:1].isdigit()]
    return [r for r in rows if r[0].isdigit()]


def trees(binary, paths):
    """UAS, LAS with whole relations, UPOS and XPOS of `parse` on gold sentences and tokens."""
    hits, total = collections.Counter(), 0
    for path in paths:
        text = path.read_text(encoding="utf-8")
        run = subprocess.run([str(binary), "parse"], input=text, capture_output=True, text=True, check=True)
        want, got = words(text), words(run.stdout)
        if len(want) != len(got):
            raise SystemExit(f"score: parse gave {len(got)} words for {len(want)} of {path}")
        total += len(want)
        for w, g in zip(want, got):
            head = w[6] == g[6]
            hits["UAS"] += head
            hits["LAS"] += head and w[7] == g[7]
            hits["UPOS"] += w[3] == g[3]
            hits["XPOS"] += w[4] == g[4]
    return {k: (hits[k], total, total) for k in ("UAS", "LAS", "UPOS", "XPOS")}


def attribution(binary, folder):
    """Exact spans of `annotate --format attributions`, each piece by itself; the first annotator by name."""
    hits, predicted, gold = collections.Counter(), collections.Counter(), collections.Counter()
    for _, _, want, got in spans(binary, folder):
        for k in KINDS:
            hits[k] += len(want[k] & got[k])
            predicted[k] += len(got[k])
            gold[k] += len(want[k])
    return {k: (hits[k], predicted[k], gold[k]) for k in KINDS}


def spans(binary, folder):
    """Yield path, text, gold spans and read spans of each article, by kind, as pairs of first and last word."""
    files = {p: sorted((folder / "attributions").glob(glob_escape(p.stem) + "_????.ann")) for p in sorted((folder / "text").glob("*.txt"))}
    files = {p: a[0] for p, a in files.items() if a}
    run = subprocess.run([str(binary), "annotate", "--format", "attributions", *map(str, files)], capture_output=True, text=True, check=True)
    for line in run.stdout.splitlines():
        row = json.loads(line)
        path = next(p for p in files if str(p) == row["file"])
        text = path.read_bytes()
        inside = index(text.decode("utf-8"))
        got = {k: {inside(len(text[:s].decode()), len(text[:e].decode())) for a in row["attributions"] for s, e in a[k]} for k in KINDS}
        yield path, text.decode("utf-8"), gold_spans(files[path], inside), got


def glob_escape(name):
    return re.sub(r"([\[\]*?])", r"[\1]", name)


def index(text):
    """A function from code points a, b to the first and last word that overlap them."""
    spans = [m.span() for m in WORD.finditer(text)]

    def inside(a, b):
        at = [k for k, (s, e) in enumerate(spans) if s < b and e > a]
        return (at[0], at[-1]) if at else None
    return inside


def gold_spans(path, inside):
    out = {k: set() for k in KINDS}
    for line in path.read_text(encoding="utf-8").split("\n"):
        m = re.match(r"^T\d+\t(Source|Cue|Content) ([\d ;]+)\t", line)
        for piece in m.group(2).split(";") if m else ():
            words_in = inside(*map(int, piece.split()))
            if words_in:
                out[m.group(1).lower()].add(words_in)
    return out
