#!/usr/bin/env python3
"""Show how what is read from gold records differs from them, by kind of error, with examples.

Usage: errors.py [--folder ../shared/gold/dev] [--examples N] [BINARY]

Groups of statements: missed; found with another beginning or end; with another speaker; not in the gold. Of positions:
holder, stance or mention differs; missed; not in the gold. Of attributions (PolNeAR dev): as with statements. A second
reader of the same text makes such differences too: the groups tell where to look, not what is wrong.
"""
import argparse
import collections
import json
import pathlib
import sys
import tempfile

import engine
import score

sys.path.insert(0, str(score.SHARED / "gold"))
import score_gold as rules  # noqa: E402  (stands beside the project)


def statements(gold, found, put):
    """Sort the differences of one article's statements into groups."""
    found = [s for s in found if s.get("kind", "speech") == "speech"]
    near = lambda g, p: (lambda f: f if f >= 0.5 else 0)(rules.token_f1(rules.statement_key(g), rules.statement_key(p)))
    pairs = rules.match(gold, found, near)
    for i, j, _ in pairs:
        g, p = gold[i], found[j]
        want, got = rules.statement_key(g), rules.statement_key(p)
        if not rules.exact(g, p):
            edge = "begins" if rules.tokens(want)[:2] != rules.tokens(got)[:2] else "ends"
            put(f"statement {edge} elsewhere", f"{want}  ≠  {got}")
        if not rules.same_name(g["speaker"], p.get("speaker")):
            put("statement, another speaker", f"{g['speaker']}  ≠  {p.get('speaker')}: {want}")
    for i in set(range(len(gold))) - {i for i, _, _ in pairs}:
        put("statement missed", f"{gold[i]['speaker']}: {rules.statement_key(gold[i])}")
    for j in set(range(len(found))) - {j for _, j, _ in pairs}:
        put("statement not in the gold", f"{found[j].get('speaker')}: {rules.statement_key(found[j])}")


def positions(gold, found, put):
    """Sort the differences of one article's positions into groups."""
    line = lambda p: f"{p['holder']} {p['stance']}{'' if p['own'] else ' (as told)'}: {p['mention']}"
    pairs = rules.match(gold, found, rules.position_score)
    left = [g for i, g in enumerate(gold) if i not in {i for i, _, _ in pairs}]
    over = [p for j, p in enumerate(found) if j not in {j for _, j, _ in pairs}]
    alike = lambda g, p: rules.token_f1(g["mention"], p["mention"]) >= 0.5
    for g in left:
        same = [p for p in over if alike(g, p)]
        if same:
            kind = "holder" if not rules.same_name(g["holder"], same[0]["holder"]) else "stance or own word"
            put(f"position, another {kind}", f"{line(g)}  ≠  {line(same[0])}")
        elif any(rules.token_f1(g["mention"], p["mention"]) > 0.2 for p in over):
            put("position, another mention", f"{line(g)}  ≠  {max((rules.token_f1(g['mention'], p['mention']), line(p)) for p in over)[1]}")
        else:
            put("position missed", line(g))
    for p in over:
        if not any(alike(g, p) for g in left):
            put("position not in the gold", line(p))


def attributions(binary, folder, put):
    """Sort the differences of content spans on PolNeAR's texts into groups."""
    for path, text, want, got in engine.spans(binary, folder):
        say = lambda a: " ".join(engine.WORD.findall(text)[a[0]:a[1] + 1])
        for kind in engine.KINDS:
            over = got[kind] - want[kind]
            for w in sorted(want[kind] - got[kind]):
                near = [g for g in sorted(over) if g[0] <= w[1] and w[0] <= g[1]]
                if not near:
                    put(f"{kind} missed", say(w))
                    continue
                edge = "beginning" if near[0][0] != w[0] else "end"
                put(f"{kind}, another {edge}", f"{say(w)}  ≠  {say(near[0])}")
            for g in sorted(over):
                if not any(g[0] <= w[1] and w[0] <= g[1] for w in want[kind]):
                    put(f"{kind} not in the gold", say(g))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", nargs="?", type=pathlib.Path, default=score.ROOT / "bin/rapporteur")
    parser.add_argument("--folder", type=pathlib.Path, default=score.SHARED / "gold/dev")
    parser.add_argument("--examples", type=int, default=10)
    args = parser.parse_args()
    groups = collections.defaultdict(list)
    put = lambda group, example: groups[group].append(example)
    with tempfile.TemporaryDirectory() as d:
        texts, found = pathlib.Path(d, "texts"), pathlib.Path(d, "found")
        texts.mkdir(), found.mkdir()
        score.copy_texts(args.folder, texts)
        score.run(args.binary, "annotate", "--format", "gold", "--out", found, *sorted(texts.glob("*.txt")))
        for path in sorted(args.folder.glob("*.json")):
            gold, read = (json.loads((f / path.name).read_text(encoding="utf-8")) for f in (args.folder, found))
            statements(gold["statements"], read["statements"], put)
            positions(gold["positions"], read["positions"], put)
    attributions(args.binary, score.SHARED / "data/polnear/dev", put)
    for group, examples in sorted(groups.items(), key=lambda g: (g[0].split()[0], -len(g[1]))):
        print(f"\n{group}: {len(examples)}")
        step = max(1, len(examples) // args.examples)
        for example in examples[::step][:args.examples]:
            print("  ", " ".join(example.split())[:240])


if __name__ == "__main__":
    main()
