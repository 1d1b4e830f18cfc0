"""From scores to tags and trees."""
import numpy as np


def viterbi(scores, trans, start):
    """The best path of a CRF: scores words × tags."""
    alpha, back = start + scores[0], []
    for row in scores[1:]:
        step = alpha[:, None] + trans
        best = step.argmax(0)
        back.append(best)
        alpha = step[best, np.arange(len(row))] + row
    path = [int(alpha.argmax())]
    for best in reversed(back):
        path.append(int(best[path[-1]]))
    return path[::-1]


def spans_of(tags):
    """(kind, first, end) of the spans of BIO tags; an I- after something else begins one."""
    out, i = set(), 0
    while i < len(tags):
        if tags[i] == "O":
            i += 1
            continue
        kind, j = tags[i][2:], i + 1
        while j < len(tags) and tags[j] == "I-" + kind:
            j += 1
        out.add((kind, i, j))
        i = j
    return out


def tree(scores):
    """Heads of the best tree with one root: scores words × (1 + words), column 0 the root.
    Returns per word 0 (root) or 1 + the head's place."""
    n = len(scores)
    scores = scores.astype(np.float64).copy()
    scores[np.arange(n), np.arange(n) + 1] = -np.inf
    greedy = scores.argmax(1)
    if (greedy == 0).sum() == 1 and reaches_root(greedy):
        return greedy
    best, value = None, -np.inf
    for root in np.argsort(-scores[:, 0])[:8]:  # the root is nearly always among the first
        own = scores.copy()
        own[:, 0] = -1e6
        own[root, 0] = scores[root, 0]
        heads = edmonds(own)
        total = own[np.arange(n), heads].sum()
        if total > value:
            best, value = heads, total
    return best


def reaches_root(heads):
    return cycle(heads) is None


def cycle(heads):
    """Words of a cycle, or None.  heads: 0 root, else 1 + place."""
    state = np.zeros(len(heads), dtype=int)
    for k in range(len(heads)):
        path = []
        while k >= 0 and state[k] == 0:
            state[k] = 1
            path.append(k)
            k = heads[k] - 1
        if k >= 0 and state[k] == 1:
            return path[path.index(k):]
        for p in path:
            state[p] = 2
    return None


def edmonds(scores):
    """Chu-Liu/Edmonds: best heads for words × (1 + words)."""
    heads = scores.argmax(1)
    ring = cycle(heads)
    if ring is None:
        return heads
    n, inside = len(scores), np.zeros(len(scores), dtype=bool)
    inside[ring] = True
    rest = np.flatnonzero(~inside)
    columns = np.concatenate([[0], rest + 1])          # of the contracted graph; the ring comes last
    kept = scores[ring, heads[ring]]
    into = scores[ring][:, columns] - kept[:, None]     # entering the ring at each of its words
    out = scores[rest][:, np.array(ring) + 1]           # leaving it
    small = np.full((len(rest) + 1, len(rest) + 2), -np.inf)
    small[:-1, :-1] = scores[rest][:, columns]
    small[:-1, -1] = out.max(1) if len(rest) else small[:-1, -1]
    small[-1, :-1] = into.max(0) + kept.sum()
    found = edmonds(small)
    result = heads.copy()
    for k, h in zip(rest, found[:-1]):
        result[k] = ring[out[list(rest).index(k)].argmax()] + 1 if h == len(rest) + 1 else columns[h]
    entry = into[:, found[-1]].argmax()
    result[ring[entry]] = columns[found[-1]]
    return result
