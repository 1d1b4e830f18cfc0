"""Compile the actor tables of data/actors from the gazetteer beside the project.

In: ../shared/data/gazetteer (country codes PDDL, World Factbook 2026 CC0, Phoenix
dictionaries MIT, presidential and secretarial travels CC0) and, with --names, the
folder of the census name lists (public domain, as in the PyPI package names 0.3.0).
Out: states.tsv, leaders.tsv, firstnames.tsv. The same input gives the same bytes.

    python3 tools/actors/compile.py --gazetteer ../shared/data/gazetteer --names DIR
"""
import argparse
import csv
import html
import pathlib
import re
import unicodedata
import xml.etree.ElementTree as ElementTree

AMBIGUOUS = {"Korean", "Koreans", "Congo", "Congolese", "Dominican", "Dominicans"}
OUT = pathlib.Path(__file__).resolve().parents[2] / "data" / "actors"
TITLES = r"(?:Interim |Acting |Transition(?:al)? |Caretaker |Former |Co-|First )*(?:President|Prime Minister|Chancellor|King|Queen|Supreme Leader|Amir|Emir|Sultan|Prince|Premier|Vice President|Taoiseach \(Prime Minister\)|Pope|Emperor|Chief Executive|Grand Duke|Crown Prince|Secretary of State|Chairman|General Secretary|Foreign Minister)"


def fold(text):
    text = unicodedata.normalize("NFKD", text)
    return "".join(c for c in text if not unicodedata.combining(c)).casefold().strip()


def write(name, header, columns, rows):
    lines = [f"# {key}: {value}" for key, value in header.items()] + ["\t".join(columns)]
    lines += ["\t".join(row).rstrip("\t") for row in rows]
    (OUT / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(rows)} rows")


def cut_notes(value):
    value = re.sub(r"\([^)]*\)", "", html.unescape(value))
    value = re.split(r"; note|, note| - the | note -", value)[0]
    return [v.strip() for v in re.split(r"[;,]| or ", value) if v.strip() and v.strip() not in ("none", "NA")]


def plurals(noun):
    """The forms of "Algerian(s)", "Frenchman(men), Frenchwoman(women)", "Finn(s)"."""
    out = []
    for part in re.split(r"[;,]| or ", re.sub(r"\((?:singular|plural|collective|US)[^)]*\)", "", html.unescape(noun))):
        m = re.match(r"\s*([\w' -]+?)\s*\((s|men|women)\)\s*$", part)
        if m and m[2] == "s":
            out += [m[1], m[1] + "s"]
        elif m:
            out += [m[1], m[1][: -len(m[2])] + m[2]]
        elif part.strip() and part.strip() not in ("none", "NA"):
            out.append(part.strip())
    return out


def states(folder):
    codes = list(csv.DictReader(open(folder / "country-codes.csv", encoding="utf-8")))
    book = {r["code"]: r for r in csv.DictReader(open(folder / "factbook.csv", encoding="utf-8"))}
    rows, by_fips = [], {}
    for r in codes:
        iso, fips = r["ISO3166-1-Alpha-3"], r["FIPS"].split(",")[0].lower()
        if not iso or not r["CLDR display name"]:
            continue
        by_fips[fips] = iso
        fact = book.get(fips, {})
        short = html.unescape(re.sub(r"^The ", "", fact.get("short") or ""))
        short = "" if short in ("none", "") or "(" in short else short
        names = [short, r["CLDR display name"], re.sub(r"\s*\(.*", "", r["UNTERM English Short"]), html.unescape(fact.get("long") or "")]
        names = [n.replace(" & ", " and ").strip() for n in names if n and n.strip() and n.strip() not in ("none", "US", "UK")]
        if not names:
            continue
        names = list(dict.fromkeys(re.split(r"; note| \(prior", n)[0] for n in names))
        # "Korean" and "Congo" fit two states: data/actors/state_words.tsv says which is meant.
        adjectives = [a for a in cut_notes(fact.get("adjective") or "") if "/" not in a and a not in AMBIGUOUS]
        people = [n for n in plurals(fact.get("noun") or "") if n not in AMBIGUOUS and n not in names]
        capitals = list(dict.fromkeys([r["Capital"]] + cut_notes(fact.get("capital") or "")[:1]))
        capitals = [c for c in capitals if c and c not in names and not c.startswith("administered")]
        # A place that belongs to a state speaks for itself, yet is no state: kind territory.
        kind = "state" if r["is_independent"] == "Yes" or iso in ("PSE", "TWN", "ESH") else "territory"
        if kind == "territory":
            adjectives, people = [a for a in adjectives if a not in ("French", "British", "American", "Dutch", "Danish")], []
        rows.append([iso, names[0], kind, "|".join(names[1:]), "|".join(adjectives), "|".join(dict.fromkeys(people)), "|".join(capitals)])
    return sorted(rows), by_fips


def tidy(name):
    """DÉBY Mahamat → Déby Mahamat: capitals mark family names in the Factbook."""
    words = [w if not (len(w) > 2 and w.upper() == w) or re.fullmatch(r"[IVX]+", w) else "-".join(p.capitalize() for p in w.split("-")) for w in name.split()]
    return " ".join(words)


def add(table, name, iso, role, first, last):
    name = re.sub(r"\s+", " ", name).strip(" .,")
    if len(name.split()) < 2 or len(name) > 45 or re.search(r"[\d()]", name):
        return
    old = table.get((fold(name), iso))
    if old:
        first, last = min(first, old[4]), max(last, old[5])
        name, role = old[0], role or old[3]
    table[fold(name), iso] = (name, iso, "", role, first, last)


def leaders(folder, by_fips, state_rows):
    table = {}
    for r in csv.DictReader(open(folder / "factbook.csv", encoding="utf-8")):
        iso = by_fips.get(r["code"])
        for field in ("chief_of_state", "head_of_government"):
            m = re.match(rf"({TITLES})\s+(?:of [\w ]+? )?([^(;,]+)\(since ([^)]*)\)", html.unescape(r[field] or ""))
            year = re.search(r"\d{4}", m[3]) if m else None
            if iso and year and "represented" not in (r[field] or ""):
                add(table, tidy(re.sub(r"\b(Gen|Col|Capt|Dr)\. ", "", m[2])), iso, m[1].replace("Taoiseach (Prime Minister)", "Taoiseach"), year[0], "2026")
    by_name = {fold(n): r[0] for r in state_rows for n in [r[1]] + r[3].split("|") if n}
    by_name.update({"turkey": "TUR", "south korea": "KOR", "united kingdom": "GBR", "russia": "RUS", "iran": "IRN", "palestinian authority": "PSE", "czech republic": "CZE"})
    for path in sorted((folder / "trips" / "visits").glob("*.xml")):
        for visit in ElementTree.parse(path).getroot():
            year = (visit.findtext("start-date") or "")[:4]
            iso = by_name.get(fold(visit.findtext("from") or ""))
            m = re.match(rf"({TITLES})\s+(.+)$", re.sub(r"\s+", " ", visit.findtext("visitor") or ""))
            if iso and m and year >= "1990":
                add(table, m[2], iso, m[1], year, year)
    for kind, role in (("president-travels", "President"), ("secretary-travels", "Secretary of State")):
        for path in sorted((folder / "trips" / kind).glob("*.xml")):
            for trip in ElementTree.parse(path).getroot():
                year = (trip.findtext("start-date") or "")[:4]
                if year >= "1990":
                    add(table, re.sub(r"\s?\b[A-Z]\.", "", trip.findtext("name") or ""), "USA", role, year, year)
    phoenix(folder, table, {r[0] for r in state_rows})
    return [list((v[0], v[1], v[3], v[4], v[5])) for _, v in sorted(table.items())]


def phoenix(folder, table, known):
    """Office holders of the Phoenix dictionary: blocks whose first line has two or
    three words and a code XXXGOV with years after 1995."""
    name, years = None, []
    lines = (folder / "phoenix" / "Phoenix.Countries.actors.txt").read_text(encoding="latin-1").splitlines()
    for line in lines + ["END_"]:
        line = line.split(";")[0].split("#")[0].strip()
        m = re.match(r"\[([A-Z]{3})GOV\s*([<>]?)(\d*)-?(\d*)\]", line)
        if m and name:
            year = lambda s: (s[:4] if len(s) == 8 else ("19" if s[:2] > "30" else "20") + s[:2]) if s else ""
            first, last = year(m[3]), year(m[4])
            if m[2] == ">":
                last = "2015"
            if m[2] != "<" and first and last >= "1995" and m[1] in known:
                add(table, name, m[1], "", first, last)
        elif line and line[0] not in "+[":
            words = [w.capitalize() for w in line.strip("_ ").split("_") if w]
            name = " ".join(words) if 2 <= len(words) <= 3 and all(w.isalpha() and len(w) > 2 for w in words) else None


def first_names(folder, leader_rows):
    table = {}
    for gender, file in (("f", "dist.female.first"), ("m", "dist.male.first")):
        for line in (folder / file).read_text().splitlines():
            parts = line.split()
            share = float(parts[1])
            name = parts[0].capitalize()
            if share >= 0.004:
                table.setdefault(name, {})[gender] = share
    rows = []
    for name, shares in sorted(table.items()):
        f, m = shares.get("f", 0), shares.get("m", 0)
        rows.append([name, "f" if f > 10 * m else "m" if m > 10 * f else ""])
    known = {r[0] for r in rows}
    for name in sorted({r[0].split()[0] for r in leader_rows}):
        if name not in known and name.isalpha() and len(name) > 2:
            rows.append([name, ""])
    return sorted(rows)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--gazetteer", type=pathlib.Path, default=OUT.parents[2] / "shared" / "data" / "gazetteer")
    ap.add_argument("--names", type=pathlib.Path)
    a = ap.parse_args()
    rows, by_fips = states(a.gazetteer)
    write("states.tsv", {"licence": "CC0-1.0 (World Factbook 2026) and PDDL-1.0 (datasets/country-codes): facts, compiled by tools/actors/compile.py",
          "source": "factbook/factbook.json; datasets/country-codes", "version": "1"},
          ["iso3", "name", "kind", "aliases", "adjectives", "people", "capitals"], rows)
    people = leaders(a.gazetteer, by_fips, rows)
    write("leaders.tsv", {"licence": "CC0-1.0 (World Factbook 2026; HistoryAtState travels and visits) and MIT (Phoenix dictionaries, (c) 2014 Open Event Data Alliance): facts, compiled by tools/actors/compile.py",
          "source": "factbook/factbook.json; HistoryAtState/trips; openeventdata/Dictionaries", "version": "1"},
          ["name", "state", "role", "from", "until"], people)
    if a.names:
        write("firstnames.tsv", {"licence": "public domain (US Census Bureau 1990 name files, as packaged in names 0.3.0) and CC0-1.0 (World Factbook 2026): facts, compiled by tools/actors/compile.py",
              "source": "census.gov 1990 surnames and given names; leaders.tsv", "version": "1"},
              ["name", "gender"], first_names(a.names, people))


if __name__ == "__main__":
    main()
