#!/usr/bin/env python3
"""Compile two tables of data/codebook from published code lists.

Usage: compile.py PLOVER-CONVERSION PHOENIX-VERBS

conversion.tsv: the PLOVER root, mode and contexts of each CAMEO code. verbs.tsv:
the CAMEO code that a verb has without regard to what stands around it. Both are
facts: codes and the words that they are given to.
"""
import pathlib
import re
import sys

DATA = pathlib.Path(__file__).resolve().parent.parent.parent / "data/codebook"


def write(name, licence, source, columns, rows):
    head = f"# licence: {licence}\n# source: {source}\n# version: 1\n" + "\t".join(columns) + "\n"
    (DATA / name).write_text(head + "".join("\t".join(r) + "\n" for r in rows), encoding="utf-8")


def conversion(path):
    """Code, root, mode, contexts and meaning of each line."""
    rows = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        m = re.match(r"^(\d{2,4}):\s*([A-Z]+)\s*(?:,([^,#]*)(?:,([^#]*))?)?(?:#\s*(.*))?$", line)
        if m and m.group(1) not in rows:
            mode, context = (m.group(3) or "").strip(), (m.group(4) or "").strip()
            meaning = re.sub(r"\s+\d\d\.\d\d\.\d\d:.*", "", (m.group(5) or "").strip().lower())
            rows[m.group(1)] = (m.group(1), m.group(2), mode, "|".join(c.strip() for c in context.split(";") if c.strip()), meaning)
    return [rows[k] for k in sorted(rows)]


def verbs(path):
    """Verb and code: of the verb, else of its block; blocks and verbs without one are left out."""
    out, block = {}, ""
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        head = re.match(r"^---\s*\S+\s*\[([0-9-]+)", line)
        if head:
            block = head.group(1)
            continue
        m = re.match(r"^\+?([A-Z][A-Z_]*?)_?(?:\s*\{[^}]*\})?\s*(?:\[([0-9-]+)[^\]]*\])?\s*(?:#.*|\{[^}]*\}.*)?$", line)
        if not m or line.startswith("&"):
            continue
        code = m.group(2) or block
        if code.isdigit() and 2 <= len(code) <= 4 and "01" < code[:2] <= "20":
            if code.startswith("02"):
                code = "100"  # PLOVER has one root for appeals and demands
            out.setdefault(m.group(1).lower().replace("_", " ").strip(), code)
    return sorted(out.items())


def main():
    plover, phoenix = map(pathlib.Path, sys.argv[1:3])
    write("conversion.tsv", "CC BY 4.0", "PLOVER CAMEO-to-PLOVER conversion table of 17 September 2021 (Open Event Data Alliance), compiled by tools/codebook/compile.py",
          ("cameo", "plover", "mode", "contexts", "meaning"), conversion(plover))
    write("verbs.tsv", "MIT (Phoenix dictionaries, (c) 2015 Open Event Data Alliance): facts", "openeventdata/Dictionaries, CAMEO verb patterns of 30 April 2015, compiled by tools/codebook/compile.py",
          ("verb", "cameo"), verbs(phoenix))


if __name__ == "__main__":
    main()
