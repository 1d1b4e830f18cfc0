"""Keeps the texts that measure the engine out of every text that trains it."""
import glob
import json
import os
import re

from .settings import HELD_RUN

WORD = re.compile(r"\w+")


def runs(text):
    """All runs of HELD_RUN words, lower case and without marks, so that typography hides no copy."""
    words = WORD.findall(text.lower())
    return {" ".join(words[i:i + HELD_RUN]) for i in range(len(words) - HELD_RUN + 1)}


def gold_texts(gold):
    """The articles of gold/dev and the items of gold/threads."""
    for path in sorted(glob.glob(os.path.join(gold, "dev", "*.txt"))):
        with open(path, encoding="utf-8") as f:
            yield f.read()
    for path in sorted(glob.glob(os.path.join(gold, "threads", "*.json"))):
        with open(path, encoding="utf-8") as f:
            for item in json.load(f)["items"]:
                yield item["text"]


class Held:
    """Drops documents that copy a held-out text, and counts them."""

    def __init__(self, texts):
        self.runs = set().union(*map(runs, texts))
        self.dropped = {}

    def keep(self, corpus, docs):
        """The documents that share no run with a held-out text.  A document is anything with `text`."""
        for doc in docs:
            if runs(doc["text"]) & self.runs:
                self.dropped.setdefault(corpus, []).append(doc["id"])
            else:
                yield doc
