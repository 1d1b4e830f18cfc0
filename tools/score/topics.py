#!/usr/bin/env python3
"""Compare negotiations with the topic headings of the current-events archive.

Usage: topics.py BINARY [--days N] [--first YYYY-MM-DD]

Reads the items of N days (default 60) that stand under a topic heading into a fresh
database and compares our negotiations with the headings: B-cubed over the items that
we put into some negotiation and that have a heading. An item that stands under several
headings, or in several negotiations, counts by the first of each. Precision: items that
share our negotiation and a heading too; recall: items that share a heading and our
negotiation too. Nothing is written.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

ITEMS = pathlib.Path(__file__).resolve().parents[2].parent / "shared/data/currentevents/items.jsonl"


def sample(first, days):
    """Items with a topic of the first days from `first` on."""
    rows = [json.loads(line) for line in ITEMS.read_text(encoding="utf-8").splitlines()]
    taken = sorted({r["date"] for r in rows if r["date"] >= first})[:days]
    return [r for r in rows if r["date"] in taken and r.get("topics")]


def negotiations(binary, rows, folder):
    """Map the number of an item to the first negotiation that holds it."""
    source, db = folder / "items.jsonl", folder / "topics.db"
    lines = [json.dumps({"id": str(n), "published": r["date"], "outlet": "Current Events", "text": r["text"]}) for n, r in enumerate(rows)]
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    read = subprocess.run([binary, "read", "--db", db, source], capture_output=True, text=True)
    if read.returncode not in (0, 3):
        sys.exit(f"topics: read: exit {read.returncode}: {read.stderr[-300:]}")
    asked = subprocess.run([binary, "talks", "--db", db, "--format", "jsonl"], capture_output=True, text=True, check=True)
    of = {}
    for line in asked.stdout.splitlines():
        talks = json.loads(line)
        for article in talks["articles"]:
            of.setdefault(int(article), talks["name"])
    return of


def b_cubed(pairs):
    """Precision, recall and F1 of clusters over (ours, theirs) pairs."""
    ours, theirs = collections.defaultdict(set), collections.defaultdict(set)
    for i, (o, t) in enumerate(pairs):
        ours[o].add(i), theirs[t].add(i)
    both = [len(ours[o] & theirs[t]) for o, t in pairs]
    p = sum(b / len(ours[o]) for b, (o, _) in zip(both, pairs)) / max(1, len(pairs))
    r = sum(b / len(theirs[t]) for b, (_, t) in zip(both, pairs)) / max(1, len(pairs))
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary"), parser.add_argument("--days", type=int, default=60), parser.add_argument("--first", default="2025-01-01")
    a = parser.parse_args()
    if not ITEMS.exists():
        print(f"topics: skipped: no archive at {ITEMS}")
        return
    rows = sample(a.first, a.days)
    with tempfile.TemporaryDirectory() as folder:
        of = negotiations(a.binary, rows, pathlib.Path(folder))
    pairs = [(of[n], r["topics"][0]) for n, r in enumerate(rows) if n in of]
    p, r, f = b_cubed(pairs)
    print(f"items {len(rows)}, in some negotiation {len(pairs)}, negotiations {len(set(of.values()))}")
    print(f"B-cubed P {100 * p:.1f} R {100 * r:.1f} F1 {100 * f:.1f}")
    largest = collections.Counter(o for o, _ in pairs).most_common(5)
    for name, n in largest:
        print(f"{n:4} {name}")


if __name__ == "__main__":
    main()
