#!/usr/bin/env python3
"""Learn the tables of data/tag/ from treebanks: tags of words, of word endings, steps from tag to tag, lemmas.

Usage: tags.py ../shared OUT_DIR
Learns from UD English EWT (train) and the documents of GUM's train split with free licences. Documents that share
twelve words in a row with an article of gold/dev or gold/threads are left out, so that measuring stays honest.
"""
import argparse
import collections
import pathlib
import re

HEADER = """# licence: CC BY-SA 4.0
# source: learned from UD English EWT train (CC BY-SA 4.0) and GUM train (CC BY, CC BY-SA) by tools/lexicon/tags.py
# version: 1
"""
# The UPOS that an XPOS has unless the tag says another: "IN" is ADP/IN, "IN.SCONJ" SCONJ/IN.
DEFAULT = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "RB": "ADV",
    "RBR": "ADV", "RBS": "ADV", "WRB": "ADV", "IN": "ADP", "RP": "ADP", "DT": "DET", "PDT": "DET", "WDT": "PRON",
    "PRP": "PRON", "PRP$": "PRON", "WP": "PRON", "WP$": "PRON", "EX": "PRON", "VB": "VERB", "VBD": "VERB", "VBG": "VERB",
    "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB", "MD": "AUX", "TO": "PART", "POS": "PART", "CC": "CCONJ", "CD": "NUM",
    "UH": "INTJ", "FW": "X", "LS": "X", "ADD": "X", "GW": "X", "XX": "X", "$": "SYM", "SYM": "SYM", "AFX": "X", "NFP": "PUNCT",
}


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
                tag = cols[4] if DEFAULT.get(cols[4], "PUNCT") == cols[3] else cols[4] + "." + cols[3]
                rows.append((cols[1], tag, cols[2].lower()))
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


def base(tag):
    """The XPOS of a tag: "IN" of "IN.SCONJ", "." of "."."""
    return tag.split(".")[0] or tag


def lemma_by_rule(word, tag, words):
    """The same rules as internal/nlp/tag/lemma.go; words are the forms of the table with their tags."""
    w = word.lower()
    is_verb = lambda s: any(base(t) in ("VB", "VBP") for t in words.get(s, ()))
    if tag in ("NNS", "VBZ"):
        if w.endswith("ies") and len(w) > 4:
            return w[:-3] + "y"
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
        if is_verb(candidate):
            return candidate
    if undoubled != s and s[-1] not in "lsfz":
        return undoubled
    return s + "e" if s[-1] in "vscgzu" and not s.endswith("ss") or re.search(r"(at|iz|ir|ur|ut|id|as|is|os|bl|pl|tl|dl|gl|kl)$", s) else s


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("shared", type=pathlib.Path), ap.add_argument("out", type=pathlib.Path)
    a = ap.parse_args()
    words, steps, ends = collections.defaultdict(collections.Counter), collections.Counter(), collections.defaultdict(collections.Counter)
    lemmas = collections.defaultdict(collections.Counter)
    for rows in training(a.shared):
        tags = ["^", "^"] + [t for _, t, _ in rows] + ["$end"]
        for i in range(2, len(tags)):
            steps[tuple(tags[i - 2:i + 1])] += 1
        for i, (word, tag, lemma) in enumerate(rows):
            first = i == 0 or i == 1 and not rows[0][0][0].isalnum()
            key = word.replace("’", "'")
            if first and key[:1].isupper() and not tag.startswith("NNP"):
                key = key[0].lower() + key[1:] if not key.isupper() else key.lower()
            words[key][tag] += 1
            lemmas[(key.lower(), base(tag))][lemma] += 1
    for word, counts in words.items():
        if sum(counts.values()) <= 10 and word[0].isalnum():
            shape = "A" if word[0].isupper() else "0" if any(c.isdigit() for c in word) else "a"
            for n in range(0, min(5, len(word)) + 1):
                for tag, c in counts.items():
                    ends[(shape, word.lower()[len(word) - n:])][tag] += c
    write(a.out, words, steps, ends, lemmas)


def joined(counts):
    return "|".join(f"{t}:{c}" for t, c in sorted(counts.items(), key=lambda x: (-x[1], x[0])))


def write(out, words, steps, ends, lemmas):
    out.mkdir(parents=True, exist_ok=True)

    def table(name, columns, rows):
        with open(out / name, "w", encoding="utf-8") as f:
            f.write(HEADER + columns + "\n")
            for row in rows:
                f.write("\t".join(row) + "\n")

    def wanted_word(w, c):  # a rare name or number is guessed as well from its shape
        rare = 4 if len(c) == 1 and (c.keys() & {"NNP", "NNPS", "CD"}) else 2
        return sum(c.values()) >= rare or len(c) > 1 or w.islower() and len(w) <= 5

    keep = {w: c for w, c in words.items() if wanted_word(w, c)}
    table("words.tsv", "word\ttags", sorted((w, joined(c)) for w, c in keep.items() if '"' not in w or len(w) == 1))
    bi = collections.defaultdict(collections.Counter)
    for (x, y, z), c in steps.items():
        if c >= 4:
            bi[(x, y)][z] += c
    for (x, y, z), c in steps.items():
        bi[("*", y)][z] += c
    table("steps.tsv", "before\ttag\tnext", sorted((x, y, joined(c)) for (x, y), c in bi.items()))

    def wanted(shape, end, c):
        if sum(c.values()) < 10:
            return False
        up = ends.get((shape, end[1:]))  # left out where the shorter ending says the same
        if not end or not up:
            return True
        t, n = c.most_common(1)[0]
        return abs(n / sum(c.values()) - up[t] / sum(up.values())) > 0.05
    table("endings.tsv", "shape\tending\ttags", sorted((s, e, joined(c)) for (s, e), c in ends.items() if wanted(s, e, c)))
    odd = []
    for (word, tag), counts in lemmas.items():
        lemma, n = counts.most_common(1)[0]
        if lemma != lemma_by_rule(word, tag, keep) and lemma != "_" and (n > 1 or tag[0] == "V") and word.isascii() and word.replace("'", "").isalpha():
            odd.append((word, tag, lemma))
    table("lemmas.tsv", "word\txpos\tlemma", sorted(odd))


if __name__ == "__main__":
    main()
