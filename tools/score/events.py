"""Scores of coded events on the sentences of PLV_train.tsv: the root of the best event. Used by score.py."""
import collections
import csv
import json
import pathlib
import subprocess
import tempfile

# The set writes one root for what PLOVER splits.
MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


def rows(data):
    """All sentences with source, target and root."""
    with open(data / "plover/PLV_train.tsv", encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter="\t"))


def read(binary, table):
    """The best event of each row, by its number; nothing where none was found."""
    clean = lambda s: " ".join((s or "").split())
    with tempfile.TemporaryDirectory() as d:
        path = pathlib.Path(d) / "events.tsv"
        lines = ("\t".join([str(i), *(clean(r[k]) for k in ("sentence", "source", "target"))]) for i, r in enumerate(table))
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        run = subprocess.run([str(binary), "annotate", "--format", "events", "--lines", str(path)], capture_output=True, text=True, check=True)
    best = {}
    for line in run.stdout.splitlines():
        event = json.loads(line)
        best.setdefault(event["id"], event)
    return best


def roots(binary, data):
    """Gold and found root of each row."""
    table = rows(data)
    best = read(binary, table)
    for i, r in enumerate(table):
        got = best.get(str(i), {}).get("plover", "")
        yield r, r["gold_root"], MERGED.get(got, got)


def scores(binary, data):
    """F1 of each root, and their mean."""
    hits, predicted, gold = collections.Counter(), collections.Counter(), collections.Counter()
    for _, want, got in roots(binary, data):
        gold[want] += 1
        if got:
            predicted[got] += 1
            hits[got] += want == got
    out = {}
    for k in sorted(gold):
        f1 = 2 * hits[k] / (predicted[k] + gold[k])
        out[f"root {k}"] = {"hits": hits[k], "predicted": predicted[k], "gold": gold[k], "f1": round(f1, 4)}
        print(f"events {k:10s} F1 {100 * f1:5.1f}  {hits[k]}/{predicted[k]} of {gold[k]}")
    macro = sum(v["f1"] for v in out.values()) / len(out)
    right, total = sum(hits.values()), sum(gold.values())
    out["root macro"] = {"hits": right, "predicted": sum(predicted.values()), "gold": total, "f1": round(macro, 4)}
    print(f"events macro F1 {100 * macro:5.1f}, accuracy {100 * right / total:.1f} of {total}")
    return out
