#!/usr/bin/env python3
"""Score the binary on gold records, a whole negotiation, and cases.

Usage: score.py [--check] [BINARY]

Prints figures and writes scores/*.json. With --check it writes nothing and fails
when a score whose gold has 100 and more entries is more than half a point below
the committed file. The gold stands beside the project in ../shared; where that is
missing the run is skipped, or fails when CI=true.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import engine
import events
import moves

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SHARED = ROOT.parent / "shared"
SCORES = ROOT / "scores"
ENOUGH = 100  # entries of gold from which on a score is steady enough to guard
DROP = 0.005


def run(*command, ok=(0,)):
    """Run a command and return its standard output."""
    p = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if p.returncode not in ok:
        sys.exit(f"score: {' '.join(map(str, command[:4]))}: exit {p.returncode}: {p.stderr.strip()[-400:]}")
    return p.stdout


def copy_texts(gold, folder):
    """Copy the texts, and what their pages said of themselves: outlet, day, URL. Nothing else of the gold."""
    for record in sorted(gold.glob("*.json")):
        row = json.loads(record.read_text(encoding="utf-8"))
        head = {k: row[k] for k in ("outlet", "published", "url") if row.get(k)}
        text = record.with_suffix(".txt")
        (folder / text.name).write_bytes(text.read_bytes())
        (folder / (record.stem + ".meta.json")).write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")


def gold_scores(binary, work):
    """Score statements, meetings, positions and status on gold/dev: all entries, and sure ones alone."""
    texts, found = work / "texts", work / "found"
    texts.mkdir(), found.mkdir()
    copy_texts(SHARED / "gold/dev", texts)
    run(binary, "annotate", "--format", "gold", "--out", found, *sorted(texts.glob("*.txt")))
    out = {}
    for name, flags in (("all", []), ("sure", ["--sure"])):
        target = work / f"{name}.json"
        print(f"gold/dev, {name} entries")
        print(run(sys.executable, SHARED / "gold/score_gold.py", SHARED / "gold/dev", found, "--json", target, *flags))
        out[name] = {k: {n: round(x, 4) if isinstance(x, float) else x for n, x in v.items()} for k, v in json.loads(target.read_text()).items()}
    return out


def thread_scores(binary, work):
    """Score one negotiation over many dated items."""
    out = {}
    for thread in sorted((SHARED / "gold/threads").glob("*.json")):
        target = work / "thread.json"
        print(f"gold/threads/{thread.stem}")
        print(run(sys.executable, SHARED / "gold/score_thread.py", thread, binary, "--json", target))
        out[thread.stem] = json.loads(target.read_text())
    return out


def cases(binary):
    """Run the small cases and tell which pass."""
    printed = run(sys.executable, SHARED / "cases/run.py", binary, ok=(0, 1))
    print(printed)
    lines = [l for l in printed.splitlines() if l.startswith(("ok ", "FAIL "))]
    names = lambda word: [l.split()[1].rstrip(":") for l in lines if l.startswith(word)]
    return {"passed": names("ok"), "failed": names("FAIL")}


def drops(old, new):
    """Name the scores that fell by more than half a point, of those with enough gold."""
    faults = []
    for name in sorted(old):
        for key, was in sorted(old[name].items()):
            now = new.get(name, {}).get(key, {"f1": 0.0})
            if was["gold"] >= ENOUGH and now["f1"] < was["f1"] - DROP:
                faults.append(f"{key} ({name}): F1 {100 * now['f1']:.1f}, committed {100 * was['f1']:.1f}")
    return faults


def fallen(name, now):
    """What fell against the committed file."""
    committed = SCORES / name
    if not committed.exists():
        print(f"score: scores/{name} is not committed, nothing to compare with: make score")
        return []
    return drops(json.loads(committed.read_text(encoding="utf-8")), now)


def write(name, value):
    (SCORES / name).write_text(json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


def main():
    args = sys.argv[1:]
    check = "--check" in args
    rest = [a for a in args if not a.startswith("-")]
    binary = pathlib.Path(rest[0] if rest else ROOT / "bin/rapporteur").resolve()
    if not (SHARED / "gold").is_dir():
        print(f"score: skipped: no gold records at {SHARED}")
        sys.exit(1 if os.environ.get("CI") == "true" else 0)
    if not binary.exists():
        sys.exit(f"score: no binary at {binary}: make build")
    with tempfile.TemporaryDirectory() as d:
        work = pathlib.Path(d)
        gold = gold_scores(binary, work)
        print("learned engine")
        parts = {"gold-dev.json": gold, "engine.json": {"engine": engine.scores(binary, SHARED / "data")}}
        parts |= {"moves.json": {"moves": moves.scores(binary, SHARED / "data")}, "events.json": {"events": events.scores(binary, SHARED / "data")}}
        if check:
            faults = [f for name, now in parts.items() for f in fallen(name, now)]
            for fault in faults:
                print("score: dropped:", fault)
            sys.exit(1 if faults else 0)
        SCORES.mkdir(exist_ok=True)
        for name, now in parts.items():
            write(name, now)
        write("thread.json", thread_scores(binary, work))
        write("cases.json", cases(binary))


if __name__ == "__main__":
    main()
