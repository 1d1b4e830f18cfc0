"""What is fixed for one version of the engine: label lists, maps between label sets, rates and weights."""

VERSION = 1
SEED = 1
WINDOW = 256          # pieces in a training window, [CLS] and [SEP]s included
BATCH = 2048          # padded pieces in a batch
HELD_RUN = 12         # words in a row that mark a text as a copy of a held-out one

NAME_KINDS = ["person", "organisation", "place", "group", "event", "misc"]
ATTRIBUTION_KINDS = ["source", "cue", "content"]


def bio(kinds):
    return ["O"] + [f"{b}-{k}" for k in kinds for b in "BI"]


NAMES, ATTRIBUTION = bio(NAME_KINDS), bio(ATTRIBUTION_KINDS)

# The one table between other people's names and ours.  Several targets: the set does not tell which, and
# training asks only that the model put its weight on one of them.  No set at hand marks works (books, films)
# as such: they stay in misc.  People's demonyms in "other" and "misc" are groups (prepare.demonyms).
NAME_MAP = {
    "uner": {"PER": ["person"], "ORG": ["organisation"], "LOC": ["place"], "OTH": ["event", "misc"]},
    "wikigold": {"PER": ["person"], "ORG": ["organisation"], "LOC": ["place"], "MISC": ["event", "misc"]},
    "crossner": {"person": ["person"], "politician": ["person"], "organisation": ["organisation"],
                 "politicalparty": ["organisation"], "country": ["place"], "location": ["place"],
                 "election": ["event"], "event": ["event"], "misc": ["misc"]},
}

# Morphology that the rules read; the other features of UD are left out of the bundle.
FEATURES = ("Degree", "Gender", "Mood", "Number", "NumType", "Person", "Polarity", "Poss", "PronType",
            "Tense", "VerbForm", "Voice")

# A cue with one of these words reports an attitude, not speech.  Only the words' own forms count.
ATTITUDES = set("""
believe believes believed believing think thinks thought thinking want wants wanted wanting hope hopes hoped hoping
expect expects expected expecting feel feels felt feeling fear fears feared fearing know knows knew knowing known
consider considers considered considering intend intends intended intending plan plans planned planning wish wishes
wished prefer prefers preferred worry worries worried worrying wonder wonders wondered wondering doubt doubts doubted
assume assumes assumed suspect suspects suspected suppose realize realizes realized realise realised understand
understands understood remember remembers remembered regard regards regarded view views viewed viewing see sees saw
seen perceive perceived imagine imagines imagined like likes liked love loves loved hate hates hated favor favors
favored favour favours favoured try tries tried trying seek seeks sought decide decides decided deciding determined
convinced confident optimistic concerned concerns concern belief beliefs hopes fears intention intentions desire
desires willing reluctant eager afraid sure certain aware mind minds opinion views
""".split())

# Rates: encoder, heads, transitions of the CRFs.
RATES = {"teacher": (4e-5, 1e-3, 5e-3), "student": (1.5e-4, 1e-3, 5e-3), "distilled": (2e-4, 1e-3, 1e-3)}
EPOCHS = {"teacher": 3, "student": 4, "distilled": 6}

# Weight of each head's mean loss a word (attribution: per word of the paragraph).
WEIGHTS = {"attr": 4., "gold": 2., "nest": 1., "kind": .3, "upos": .5, "xpos": .5, "feats": .5, "lemma": .5,
           "breaks": .5, "names": 1., "arcs": 1., "rels": 1.}

# How often an epoch reads a set's windows.
REPEAT = {"gold": 3, "crossner": 2}
