package web

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// shorten keeps the first most names and says how many it leaves out.
func shorten(w *words, names []string, most int) []string {
	if len(names) <= most+1 {
		return names
	}
	out := append([]string(nil), names[:most]...)
	return append(out, w.N("list.others", len(names)-most))
}

// slug makes a class name of a value of the record.
func slug(value string) string { return strings.ReplaceAll(value, " ", "-") }

// saidBy says whose claim a status is: a speaker's, or the article's own.
func saidBy(w *words, by, outlet string) string {
	switch {
	case by != "" && by != byArticle:
		return w.T("said.by", "Who", by)
	case outlet != "":
		return w.T("said.outlet", "Who", outlet)
	}
	return w.T("said.article")
}

// tellerOf names who tells something: a speaker, or the article itself.
func tellerOf(w *words, by string) string {
	if by == "" || by == byArticle {
		return w.T("said.article-itself")
	}
	return by
}

// sideSays says in short what one side of a contradiction tells.
func sideSays(w *words, s *contradictionSide) string {
	switch s.Entry {
	case "status":
		return w.Name("status", s.Says)
	case store.MeetingEntry:
		return w.Name("meeting", s.Says)
	}
	return firstWords(s.Says, shortWords)
}

// speakerOf names who speaks: the person, else the words of the source.
func speakerOf(w *words, s *record.Statement) string {
	switch {
	case s.Speaker != nil && *s.Speaker != "":
		return *s.Speaker
	case s.Source != nil && *s.Source != "":
		return *s.Source
	}
	return w.T("statements.nobody")
}

// ownOrTold says in full who tells where a party stands.
func ownOrTold(w *words, p *record.Position) string {
	switch voiceOf(p) {
	case claimed:
		return w.T("voice.claimed", "Who", p.AssertedBy)
	case ownWord:
		return w.T("voice.own-by", "Who", p.AssertedBy)
	}
	return w.T("voice.reported-by", "Who", p.Outlet)
}

// titleOf names an article that may have no title.
func titleOf(w *words, a *record.Article) string {
	if a.Title != "" {
		return a.Title
	}
	if first := firstWords(a.Text, 12); first != "" {
		return first
	}
	return w.T("articles.untitled")
}

// firstWords returns the first n words of a text.
func firstWords(text string, n int) string {
	fields := strings.Fields(text[:min(len(text), 40*n)])
	if len(fields) <= n {
		return strings.ToValidUTF8(strings.Join(fields, " "), "")
	}
	return strings.Join(fields[:n], " ") + "\u00a0…"
}

// outletName names an outlet that may have no name.
func outletName(w *words, outlet string) string { return cmp.Or(outlet, w.T("sources.nameless")) }

func outletNames(w *words, outlets []string) []string {
	var out []string
	for _, o := range outlets {
		out = append(out, outletName(w, o))
	}
	return out
}

// sourceOf names a file, with the line in files of many articles.
func sourceOf(w *words, source string, line int) string {
	if line > 0 {
		return w.T("reader.line", "Source", source, "Line", w.Num(line))
	}
	return source
}

// roleWords names a role and whose it is.
func roleWords(w *words, r record.Role) string {
	switch {
	case r.Role == "":
		return deref(r.Of)
	case r.Of == nil || *r.Of == "":
		return r.Role
	}
	return w.T("actors.role-of", "Role", r.Role, "Of", *r.Of)
}

// seenWords says from which day to which an actor was seen in a role.
func seenWords(w *words, r record.Role) string {
	if r.From == nil {
		return ""
	}
	return w.T("actors.seen", "Days", w.Days(*r.From, deref(r.Until)))
}

// depthClass sets a point of the codebook in below the one that it is part of.
func depthClass(depth int) string { return "depth-" + strconv.Itoa(min(depth, 3)) }

func shownWord(w *words, shown bool) string {
	if shown {
		return w.T("reader.shown")
	}
	return w.T("reader.hidden")
}

func versionURL(article string, version int) string {
	return address(route("articles", article), url.Values{"version": {strconv.Itoa(version)}})
}

func withQuery(article string) url.Values  { return url.Values{"with": {article}} }
func quoteQuery(words string) url.Values   { return url.Values{"words": {words}} }
func searchQuery(words string) url.Values  { return url.Values{"q": {words}} }
func speakerQuery(name string) url.Values  { return url.Values{"speaker": {name}} }
func partyQuery(name string) url.Values    { return url.Values{"party": {name}} }
func outletQuery(outlet string) url.Values { return url.Values{"outlet": {outlet}} }
