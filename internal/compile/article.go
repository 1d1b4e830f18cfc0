package compile

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
	"unicode"

	"rapporteur/internal/document"
	"rapporteur/internal/record"
	"rapporteur/internal/text"
)

func (c *compiler) articleEntry(reader string) record.Article {
	a := c.d.Article
	sum := sha256.Sum256([]byte(a.Text))
	out := record.Article{
		ID: a.ID, Title: a.Title, Outlet: a.Outlet, Published: c.published, Language: a.Language,
		Story: record.Digest("y", strings.Join(strings.Fields(fold(a.BodyText())), " ")),
		State: "read", Reader: reader, Version: 1, Source: a.Origin.Path, Line: a.Origin.Line,
		Author: a.Author, Section: a.Section, Topics: a.Topics, Dateline: dateline(c.d),
		Meta: a.Meta, Words: wordCount(a.Text), Text: a.Text, Body: a.Body,
		Digest: hex.EncodeToString(sum[:]), OffsetMap: a.Map,
	}
	if !a.PublishedAt.IsZero() {
		at := a.PublishedAt.Format(time.RFC3339)
		out.PublishedAt = &at
	}
	if a.URL != "" {
		out.URL = &a.URL
	}
	for _, p := range c.d.Paragraphs {
		out.Paragraphs = append(out.Paragraphs, p.Span)
	}
	return out
}

func dateline(d *document.Doc) string {
	line := d.Article.Dateline
	parts := make([]string, 0, 3)
	for _, part := range []string{line.Place, line.Agency, line.Day.String()} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

// wordCount counts the fields of body that hold a letter or a digit.
func wordCount(body string) int {
	n := 0
	for field := range strings.FieldsSeq(body) {
		if strings.ContainsFunc(field, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}

// addActors gives the actors that the article names; one without a mention is
// shown by what tells of it: its members' affiliation.
func (c *compiler) addActors(r *record.Reading) error {
	for i := range c.d.Actors {
		a := &c.d.Actors[i]
		seen := record.ActorSeen{Key: c.key(document.ActorID(i)), Name: a.Name, Kind: string(a.Kind), Role: a.Role, OfKey: c.key(a.Of)}
		known := map[string]bool{fold(a.Name): true}
		for _, id := range a.Mentions {
			m := &c.d.Mentions[id]
			seen.Mentions = append(seen.Mentions, m.Span)
			if alias := c.d.In(m.Head); m.Form == document.Named && !known[fold(alias)] {
				known[fold(alias)] = true
				seen.Aliases = append(seen.Aliases, alias)
			}
		}
		proofs := append([]text.Span{a.RoleSpan}, seen.Mentions...)
		if len(seen.Mentions) == 0 {
			proofs = append(proofs, c.mentionsOfMembers(document.ActorID(i))...)
		}
		ev, err := c.evidence("actor "+a.Name, a.Made, proofs...)
		if err != nil {
			continue // nobody in the text shows it: entries that name it carry their own evidence
		}
		seen.Evidence = ev
		r.Actors = append(r.Actors, seen)
	}
	return nil
}

func (c *compiler) mentionsOfMembers(id document.ActorID) []text.Span {
	var out []text.Span
	for i := range c.d.Actors {
		if a := &c.d.Actors[i]; a.Of == id || a.Speaks == id {
			for _, m := range a.Mentions {
				out = append(out, c.d.Mentions[m].Span)
			}
		}
	}
	return out
}
