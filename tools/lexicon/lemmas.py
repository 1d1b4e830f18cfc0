#!/usr/bin/env python3
"""Learn the tables of data/lemma/ from treebanks: lemmas that the rules of internal/nlp/lemma do not give, and verbs.

Usage: lemmas.py ../shared OUT_DIR
Learns from UD English EWT (train) and the documents of GUM's train split with free licences. Documents that share
twelve words in a row with an article of gold/dev or gold/threads are left out, so that measuring stays honest.
"""
import argparse
import collections
import pathlib
import re

HEADER = """# licence: CC BY-SA 4.0
# source: learned from UD English EWT train (CC BY-SA 4.0) and GUM train (CC BY, CC BY-SA) by tools/lexicon/lemmas.py
# version: 1
"""


def sentences(path):
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line:
            if rows:
                yield rows
            rows = []
        elif not line.startswith("#"):
            cols = line.split("\t")
            if cols[0].isdigit():
                rows.append((cols[1].lower().replace("’", "'"), cols[4], cols[2].lower()))
    if rows:
        yield rows


def grams(text):
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i:i + 12]) for i in range(len(words) - 11)}


def training(shared):
    held = set()
    for path in list(shared.glob("gold/dev/*.txt")) + list(shared.glob("gold/threads/*")):
        held |= grams(path.read_text(encoding="utf-8"))
    others = re.split(r"^## ", (shared / "data/gum/splits.md").read_text(encoding="utf-8"), flags=re.M)
    others = {name for part in others if re.match(r"dev|test", part) for name in re.findall(r"GUM_\w+|GENTLE_\w+", part)}
    yield from sentences(shared / "data/ud-ewt/train.conllu")
    for path in sorted((shared / "data/gum/clean").glob("*.conllu")):
        rows = list(sentences(path))
        if path.stem in others or grams(" ".join(w for s in rows for w, _, _ in s)) & held:
            continue
        yield from rows


def lemma_by_rule(w, tag, verbs):
    """The same rules as internal/nlp/lemma/lemma.go."""
    if tag in ("NNS", "VBZ"):
        if w.endswith("ies") and len(w) > 4:
            return w[:-3] + "y"
        if w.endswith(("crises", "theses", "lyses")):
            return w[:-2] + "is"
        if re.search(r"(ss|sh|ch|x|zz)es$", w):
            return w[:-2]
        return w[:-1] if w.endswith("s") and not w.endswith("ss") else w
    if tag not in ("VBD", "VBN", "VBG"):
        return w
    if tag != "VBG" and w.endswith("ied") and len(w) > 4:
        return w[:-3] + "y"
    end = "ing" if tag == "VBG" else "ed"
    if not w.endswith(end) or not re.search(r"[aeiouy]", w[:-len(end)]):
        return w
    s = w[:-len(end)]
    undoubled = s[:-1] if len(s) > 2 and s[-1] == s[-2] else s
    for candidate in (s + "e", s, undoubled):
        if candidate in verbs:
            return candidate
    if undoubled != s and s[-1] not in "lsfz":
        return undoubled
    return s + "e" if s[-1] in "vscgzu" and not s.endswith("ss") or re.search(r"(at|iz|ir|ur|ut|id|as|is|os|bl|pl|tl|dl|gl|kl)$", s) else s


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("shared", type=pathlib.Path), ap.add_argument("out", type=pathlib.Path)
    a = ap.parse_args()
    lemmas, verbs = collections.defaultdict(collections.Counter), set()
    for rows in training(a.shared):
        for word, tag, lemma in rows:
            lemmas[word, tag][lemma] += 1
            if tag in ("VB", "VBP") and lemma == word and re.fullmatch(r"[a-z-]+", word):
                verbs.add(word)
    odd = []
    for (word, tag), counts in lemmas.items():
        lemma, n = counts.most_common(1)[0]
        sure = n > 1 or tag[0] == "V" and word.isascii()
        if lemma not in ("_", lemma_by_rule(word, tag, verbs)) and sure and word.replace("'", "").isalpha():
            odd.append((word, tag, lemma))
    table(a.out / "words.tsv", "word\txpos\tlemma", sorted(odd))
    table(a.out / "verbs.tsv", "word", sorted((v,) for v in verbs))


def table(path, columns, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(HEADER + columns + "\n")
        for row in rows:
            f.write("\t".join(row) + "\n")


if __name__ == "__main__":
    main()
