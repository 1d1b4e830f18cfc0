"""Step `check`: what must hold before anything is trained.  Seconds; needs no data."""
import itertools

import numpy as np
import torch

from . import corpora, decode, heldout, model as M, prepare, words as W
from .settings import ATTRIBUTION, NAME_MAP


def trees():
    """Chu-Liu/Edmonds against all trees of up to five words."""
    rng = np.random.default_rng(1)
    for _ in range(200):
        n = int(rng.integers(1, 6))
        scores = rng.normal(size=(n, n + 1))
        value = lambda heads: sum(scores[i, h] for i, h in enumerate(heads))
        every = (h for h in itertools.product(range(n + 1), repeat=n)
                 if h.count(0) == 1 and all(x != i + 1 for i, x in enumerate(h)) and decode.reaches_root(list(h)))
        assert abs(value(decode.tree(scores)) - max(map(value, every))) < 1e-9


def chains():
    """The CRF's likelihood and Viterbi against all paths of four words."""
    torch.manual_seed(1)
    crf, scores = M.Crf(ATTRIBUTION), torch.randn(1, 4, 7)
    torch.nn.init.normal_(crf.trans)
    torch.nn.init.normal_(crf.start)
    trans, start = (crf.trans + crf.bad).detach(), (crf.start + crf.bad_start).detach()

    def value(path):
        return start[path[0]] + sum(scores[0, i, t] for i, t in enumerate(path)) + sum(trans[a, b] for a, b in zip(path, path[1:]))

    every = {p: value(p) for p in itertools.product(range(7), repeat=4)}
    total = torch.logsumexp(torch.stack(list(every.values())), 0)
    for path in ((0, 0, 0, 0), (1, 2, 0, 3), (5, 6, 6, 1)):
        own = crf.nll(scores, torch.tensor([path]), torch.ones(1, 4, dtype=torch.bool)).item()
        assert abs(own - (total - every[path]).item()) < 1e-3
    assert tuple(decode.viterbi(scores[0].numpy(), trans.numpy(), start.numpy())) == max(every, key=every.get)


def cutting():
    for text, expected in (("I don't know.", "I do n't know ."), ("We cannot pay $1,200.50!", "We can not pay $ 1,200.50 !"),
                           ("The U.S. said at 10:30 a.m. it’s over", "The U.S. said at 10:30 a.m. it ’s over"),
                           ("a non-aligned, well-known state...", "a non-aligned , well - known state ..."),
                           ("the 1990s (see https://x.org/a?b=1).", "the 1990s ( see https://x.org/a?b=1 ) .")):
        spans = W.spans(text)
        assert [text[a:b] for a, b in spans] == expected.split(), [text[a:b] for a, b in spans]
    shapes = {"a": 1, "The": 2, "I": 2, "UN": 3, "iPhone": 4, "G7": 5, "—": 6}
    assert all(W.shape(w) == s for w, s in shapes.items())
    assert W.parts("Siliņa’s") == ["silina", "’", "s"] and W.parts("e\u200bx") == ["ex"]


def labels():
    for form, lemma in (("Ran", "run"), ("was", "be"), ("Cities", "city"), ("NATO", "NATO"), ("went", "go"), ("is", "be")):
        assert prepare.apply_lemma(form, prepare.lemma_class(form, lemma)) == lemma
    sets = corpora.name_sets(["I-PER", "I-PER", "O", "I-MISC", "I-LOC"], NAME_MAP["wikigold"])
    assert sets == [["B-person"], ["I-person"], ["O"], ["B-event", "B-misc"], ["B-place"]]
    tags = corpora.tags(5, {"content": {(0, 5)}, "cue": {(2, 3)}})
    assert tags == ["B-content", "I-content", "B-cue", "B-content", "I-content"]


def copies():
    text = "one two three four five six seven eight nine ten eleven twelve thirteen"
    held = heldout.Held([text])
    docs = [{"id": "copy", "text": "Now: One, two three four five six — seven eight nine ten eleven twelve!"},
            {"id": "other", "text": "one two three four five six seven eight nine ten eleven"}]
    assert [d["id"] for d in held.keep("x", docs)] == ["other"] and held.dropped == {"x": ["copy"]}


def run(_):
    for check in (trees, chains, cutting, labels, copies):
        check()
        print(f"check: {check.__name__} holds", flush=True)
