#!/usr/bin/env python3
"""Measure the binary beside spaCy small with textacy's quotations, in one run on one core.

Usage: peers.py [--model en_core_web_sm] [BINARY]

Reads the texts of ../shared/gold/dev and gold/train. Prints articles of 800 words a second of processor time, without
the time of starting and loading, and the ratio. Says so and does nothing where spaCy, textacy or the model is missing.
"""
import argparse
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORDS = 800


def peer(model, texts):
    """Seconds that tagging, parsing and quotations take."""
    try:
        import spacy
        from textacy import extract
        nlp = spacy.load(model, exclude=["ner"])
    except (ImportError, OSError) as e:
        sys.exit(f"peers: skipped: {str(e).splitlines()[0]}")
    begun = time.process_time()
    for text in texts:
        try:
            list(extract.direct_quotations(nlp(text)))
        except ValueError:
            pass  # textacy refuses a text whose marks are not in pairs
    return time.process_time() - begun


def ours(binary, files):
    """Seconds of "annotate" on the files, less those on a short text."""
    def seconds(paths):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([binary, "annotate", *paths], check=True, stdout=subprocess.DEVNULL, env={**os.environ, "GOMAXPROCS": "1"})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    with tempfile.TemporaryDirectory() as d:
        short = pathlib.Path(d, "short.txt")
        short.write_text("Short.\n", encoding="utf-8")
        return seconds(files) - seconds([short])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", nargs="?", default=ROOT / "bin/rapporteur")
    parser.add_argument("--model", default="en_core_web_sm")
    args = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    files = sorted(p for part in ("dev", "train") for p in (ROOT.parent / "shared/gold" / part).glob("*.txt"))
    texts = [p.read_text(encoding="utf-8") for p in files]
    articles = sum(len(t.split()) for t in texts) / WORDS
    theirs, own = peer(args.model, texts), ours(args.binary, files)
    print(f"{args.model} and textacy: {articles / theirs:.1f} articles a second; rapporteur: {articles / own:.1f}; ratio {theirs / own:.2f}")


if __name__ == "__main__":
    main()
