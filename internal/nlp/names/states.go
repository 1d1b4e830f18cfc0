package names

import (
	"strings"

	"rapporteur/internal/document"
)

// addActing makes states of further names of one word in an article that has an
// inferred state: those that act time and again. "Sund rejected the toll."
func addActing(d *document.Doc, scans []*scan, states, persons map[string]bool) {
	if len(states) == 0 || len(scans) == 0 {
		return
	}
	t, lasts := scans[0].t, map[string]bool{}
	for i := range d.Mentions {
		if w := d.In(d.Mentions[i].Head); d.Mentions[i].Form == document.Named && strings.Contains(w, " ") {
			lasts[lastWord(w)] = true
		}
	}
	seen, acts := map[string]int{}, map[string]int{}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if w := d.In(m.Head); isOpen(d, m) && !persons[w] && !lasts[w] && !t.leaders[w] && t.orgWords[w].kind == "" && w != strings.ToUpper(w) {
			seen[w]++
			if isSubject(d, m) {
				acts[w]++
			}
		}
	}
	for w, n := range acts {
		if n >= 2 || n == 1 && seen[w] >= 3 {
			states[w] = true
		}
	}
}

// isSubject reports whether a finite verb stands right behind a name that no
// preposition governs.
func isSubject(d *document.Doc, m *document.Mention) bool {
	r := d.TokensIn(m.Span)
	if int(r.End) >= len(d.Tokens) || r.First > 0 && d.Tokens[r.First-1].UPOS == document.ADP {
		return false
	}
	switch next := &d.Tokens[r.End]; next.XPOS {
	case "VBD", "VBZ", "VBP", "MD":
		return next.Lemma != "be" && next.Lemma != "lie" && next.Lemma != "say" && next.Lemma != "tell"
	}
	return false
}

// joined makes a state of a name that stands in a list with an inferred state:
// "Tolmark and Veyra will meet", "experts from Sund, Tolmark and Veyra".
func joined(d *document.Doc) {
	for range 2 {
		found := map[string]bool{}
		for i := 0; i+1 < len(d.Mentions); i++ {
			a, b := &d.Mentions[i], &d.Mentions[i+1]
			if a.Span.End > b.Span.Start || !isList(d, i) {
				continue
			}
			if isInferred(a) && isOpen(d, b) {
				found[d.In(b.Head)] = true
			} else if isInferred(b) && isOpen(d, a) {
				found[d.In(a.Head)] = true
			}
		}
		for i := range d.Mentions {
			if m := &d.Mentions[i]; found[d.In(m.Head)] && isOpen(d, m) {
				m.Kind, m.Name = document.State, d.In(m.Head)
				m.Key = stateKey(m.Name)
			}
		}
	}
}

// isList reports whether "and" joins mention i and the next, or a comma before an
// "and".
func isList(d *document.Doc, i int) bool {
	between := func(i int) string {
		if i+1 >= len(d.Mentions) || d.Mentions[i].Span.End > d.Mentions[i+1].Span.Start {
			return ""
		}
		return d.Text()[d.Mentions[i].Span.End:d.Mentions[i+1].Span.Start]
	}
	switch between(i) {
	case " and ":
		return true
	case ", ":
		next := between(i + 1)
		return next == " and " || next == ", and "
	}
	return false
}

func isInferred(m *document.Mention) bool {
	return m.Kind == document.State && m.Form == document.Named && m.Made.Rule == "capitals"
}

func isOpen(d *document.Doc, m *document.Mention) bool {
	return m.Kind == document.Unclear && m.Form == document.Named && m.Key == "" && !strings.Contains(d.In(m.Head), " ")
}
