"""From text to words, and from words to pieces.  Go repeats every rule here byte for byte (docs/formats/weights.md)."""
import re
import unicodedata

# Leftmost alternative first, as in Go's regexp.  UD's habits: hyphens, currency and percent signs stand alone,
# abbreviations keep their dot, dots in a row are one token.  Clitics are cut off afterwards (`clitics`).
TOKEN = re.compile(r"""
    (?:https?://|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?')\]’]     # addresses of pages
  | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                             # … and of people
  | (?:[A-Za-z]\.){2,}                                       # U.S. a.m.
  | (?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Cmdr|Adm|Maj|Rev|Hon|Sr|Jr|St|Mt|Inc|Corp|Co|Ltd|vs|etc|No|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec)\.
  | [A-Z]\.                                                  # initials
  | (?:[Pp]ro|[Nn]on|[Rr]e|[Aa]nti|[Cc]o|[Cc]ross|[Pp]an|[Pp]re|[Mm]id|[Mm]ulti|[Pp]ost|[Ss]emi)-[A-Za-z]+  # prefixes
  | \d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?(?:\b|$)               # 1,000.5  10:30  1990s
  | \w+(?:['’](?:[Aa]m|[Cc]lock|[Ee]r))?                     # words; ma'am, o'clock
  | \.{2,} | -{2,} | [!?]{2,} | \*{2,} | ={2,} | _{2,} | ~{2,} # marks in a row
  | ['’](?:s|S|re|RE|ve|VE|ll|LL|d|D|m|M)\b                  # clitics after a word
  | [^\w\s]
""", re.X)
NEGATION = re.compile(r"(?i)^(\w+)(n)$")
FOLD = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "`": "'",
                      "–": "-", "—": "-", "‑": "-", "−": "-", "…": ".", "[": "(", "]": ")", "{": "(", "}": ")"})


def spans(text):
    """The half-open code-point spans of the words of `text`, in order."""
    out = [m.span() for m in TOKEN.finditer(text)]
    cut = []
    k = 0
    while k < len(out):
        a, b = out[k]
        # "do" "n" "'" "t": the pattern reads don | ' | t; UD wants do | n't
        if k + 2 < len(out) and text[b:b + 1] in "'’" and out[k + 1] == (b, b + 1) and out[k + 2] == (b + 1, b + 2) \
                and text[b + 1] in "tT" and b - a > 1 and text[b - 1] in "nN":
            cut += [(a, b - 1), (b - 1, b + 2)]
            k += 3
            continue
        if text[a:b].lower() == "cannot":
            cut += [(a, a + 3), (a + 3, b)]
        else:
            cut.append((a, b))
        k += 1
    return cut


def paragraphs(text, words):
    """First words of the paragraphs: a line break between two words starts a new one."""
    return [k for k, (a, _) in enumerate(words) if k == 0 or "\n" in text[words[k - 1][1]:a]]


def shape(word):
    """Class of a word's letters: 0 none, 1 lower, 2 Title, 3 UPPER, 4 mixed, 5 has a digit, 6 punctuation."""
    if any(c.isdigit() for c in word):
        return 5
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 6 if word else 0
    if not any(c.isupper() for c in letters):
        return 1
    if all(c.isupper() for c in letters):
        return 3 if len(letters) > 1 else 2
    return 2 if letters[0].isupper() and not any(c.isupper() for c in letters[1:]) else 4


class Pieces:
    """BERT's uncased WordPiece on one word, after folding marks."""

    def __init__(self, vocabulary):
        self.ids = {piece: i for i, piece in enumerate(vocabulary)}
        self.known = {}

    def __call__(self, word):
        if word not in self.known:
            self.known[word] = self.cut(word)
        return self.known[word]

    def cut(self, word):
        out = []
        for part in parts(word.translate(FOLD)):
            out += self.greedy(part)
        return out or [self.ids["[UNK]"]]

    def greedy(self, part):
        if len(part) > 100:
            return [self.ids["[UNK]"]]
        out, a = [], 0
        while a < len(part):
            for b in range(len(part), a, -1):
                piece = self.ids.get(("##" if a else "") + part[a:b])
                if piece is not None:
                    break
            else:
                return [self.ids["[UNK]"]]
            out.append(piece)
            a = b
        return out


def parts(word):
    """Lower case, accents off, control characters out; marks and Chinese characters stand alone."""
    out, fresh = [], True
    for c in unicodedata.normalize("NFD", word.lower()):
        kind = unicodedata.category(c)
        if kind == "Mn" or kind in ("Cc", "Cf") or c == "\ufffd":
            continue
        if c.isspace():
            fresh = True
        elif is_mark(c, kind) or is_chinese(ord(c)):
            out.append(c)
            fresh = True
        elif fresh:
            out.append(c)
            fresh = False
        else:
            out[-1] += c
    return out


def is_mark(c, kind):
    return kind[0] == "P" or (c.isascii() and c.isprintable() and not c.isalnum() and c != " ")


def is_chinese(n):
    return 0x4E00 <= n <= 0x9FFF or 0x3400 <= n <= 0x4DBF or 0x20000 <= n <= 0x2CEAF or 0xF900 <= n <= 0xFAFF \
        or 0x2F800 <= n <= 0x2FA1F
