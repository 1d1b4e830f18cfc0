"""Scores of moves on 100 sentences of climate bulletins, each a line of its own. Used by score.py.

moves_check.jsonl holds no words: it names a bulletin, the place of the sentence in
its text with runs of white space as one space, and the moves with offsets into the
sentence. The sentences were drawn from bulletins without any sentence of the
published development and test sets, and marked before a rule was written.
"""
import collections
import json
import pathlib
import re
import subprocess
import tempfile

CHECK = pathlib.Path(__file__).resolve().parent / "moves_check.jsonl"


def sentences(data):
    """Yield each sentence of the check set with its moves as (actor, predicate, negated, point)."""
    for line in CHECK.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = re.sub(r"\s+", " ", (data / "enb/bulletins" / row["bulletin"]).read_text(encoding="utf-8"))
        sentence = text[row["start"]:row["end"]]
        yield sentence, [(m["actor"], sentence[slice(*m["predicate"])], m["negated"], sentence[slice(*m["point"])]) for m in row["moves"]]


def read(binary, lines):
    """The moves that the binary reads in each line."""
    with tempfile.TemporaryDirectory() as d:
        path = pathlib.Path(d) / "lines.txt"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        run = subprocess.run([str(binary), "annotate", "--format", "moves", "--lines", str(path)], capture_output=True, text=True, check=True)
    out = [[] for _ in lines]
    for line in run.stdout.splitlines():
        m = json.loads(line)
        out[m["line"] - 1].append((m["actor"], m["predicate"], m["negated"], m["point"]))
    return out


def plain(words):
    """Words without case, outer marks and runs of space."""
    return re.sub(r"\s+", " ", words).strip(" .,;:\"“”'’").casefold()


def keys(moves):
    """Moves under each measure: actors, predicates with actor, and exact triples with the negation."""
    rows = [(plain(a), plain(p), n, plain(x)) for a, p, n, x in moves]
    return {"actor": {(a,) for a, _, _, _ in rows}, "actor and predicate": {(a, p, n) for a, p, n, _ in rows}, "exact triple": set(rows)}


def scores(binary, data):
    """Each figure as hits, predicted, gold and F1."""
    pairs = list(sentences(data))
    found = read(binary, [s for s, _ in pairs])
    hits, predicted, gold = collections.Counter(), collections.Counter(), collections.Counter()
    for (_, want), got in zip(pairs, found):
        want, got = keys(want), keys(got)
        for k in want:
            hits[k] += len(want[k] & got[k])
            predicted[k] += len(got[k])
            gold[k] += len(want[k])
    out = {}
    for k in gold:
        f1 = 2 * hits[k] / (predicted[k] + gold[k]) if predicted[k] + gold[k] else 0.0
        out[k] = {"hits": hits[k], "predicted": predicted[k], "gold": gold[k], "f1": round(f1, 4)}
        print(f"moves {k:22s} F1 {100 * f1:5.1f}  {hits[k]}/{predicted[k]} of {gold[k]}")
    return out
