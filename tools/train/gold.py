"""gold/train: statements as attribution labels in the project's own habits, with nested contents."""
import glob
import json
import os

from .corpora import inside, kinds, plain, tags


def records(gold, part):
    for path in sorted(glob.glob(os.path.join(gold, part, "*.json"))):
        with open(path, encoding="utf-8") as f:
            record = json.load(f)
        with open(path[:-5] + ".txt", encoding="utf-8", newline="") as f:
            doc = plain(record["id"], f.read())
        yield label(doc, record)


def label(doc, record):
    """Adds `gold` and `nest` (tags of the outer and the inner layer), `kind`, and the spans for scoring."""
    found = [placed for s in record["statements"] if (placed := place(doc, s))]
    inner = [s for s in found if any(holds(t, s) for t in found if t is not s)]
    outer = [s for s in found if s not in inner]
    n = len(doc["words"])
    doc["gold"], doc["nest"] = tags(n, union(outer)), tags(n, union(inner))
    doc["kind"] = kinds(doc, [])  # gold statements are speech; the cue's kind is taught by PolNeAR
    doc["gold_spans"] = {k: sorted(v) for k, v in union(outer).items()}
    doc["nest_spans"] = {k: sorted(v) for k, v in union(inner).items()}
    doc["statements"] = [s["content"] for s in found]
    doc["links"] = [[(k, x) for k in s for x in s[k]] for s in found]
    return doc


def union(statements):
    return {k: {x for s in statements for x in s[k]} for k in ("source", "cue", "content")}


def holds(outer, inner):
    """A piece of the outer content covers all of the inner content and is longer."""
    a, b = inner["content"][0][0], inner["content"][-1][1]
    return any(x <= a and b <= y and y - x > b - a for x, y in outer["content"])


def place(doc, statement):
    """Word spans of a statement.  Gold stores strings: of several occurrences the nearest together count."""
    text = doc["text"]
    pieces = sorted(statement["content"], key=len, reverse=True)
    best = None
    for at in occurrences(text, pieces[0]):
        chosen, cost = {"content": [(at, at + len(pieces[0]))], "cue": [], "source": []}, 0
        wanted = [("content", p) for p in pieces[1:]]
        wanted += [(k, statement[k]) for k in ("cue", "source") if statement.get(k)]
        for kind, string in wanted:
            near = nearest(text, string, chosen["content"])
            if near:
                chosen[kind].append(near[1])
                cost += near[0]
        if best is None or cost < best[0]:
            best = cost, chosen
    if best is None:
        return None
    out = {k: sorted(w for s in v if (w := inside(doc["spans"], *s))) for k, v in best[1].items()}
    return out if out["content"] else None


def occurrences(text, string):
    at = text.find(string)
    while at >= 0:
        yield at
        at = text.find(string, at + 1)


def nearest(text, string, spans):
    """(cost, span) of the occurrence nearest to the spans; paragraphs between cost, and so does overlap."""
    best = None
    for at in occurrences(text, string):
        end = at + len(string)
        if at and text[at - 1].isalnum() and string[0].isalnum() or text[end:end + 1].isalnum() and string[-1].isalnum():
            continue
        for a, b in spans:
            gap = a - end if end <= a else at - b if b <= at else None
            between = text[min(end, b):max(at, a)] if gap is not None else ""
            cost = 500 if gap is None else gap + 300 * between.count("\n")
            if best is None or cost < best[0]:
                best = cost, (at, end)
    return best
