package compile

import (
	"slices"
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
)

// fold returns s in lower case without accents.
func fold(s string) string {
	t := transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	out, _, err := transform.String(t, s)
	if err != nil {
		out = s
	}
	return strings.ToLower(out)
}

// stopWords tell nothing about the matter: determiners, prepositions, auxiliaries,
// pronouns, conjunctions.
var stopWords = strings.Fields(`a an the this that these those its his her their our my your it he she they we you i us them him
	of to in on at by for with from into over about against between among under after before during through as than per via
	and or but nor not no if unless while when which who whom whose what where how so
	be is are was were been being am do does did have has had having will would shall should can could may might must
	any all some such other another more most each every both only own same very there here also just further new s t`)

// pointKey joins near-same wordings of one matter: the stems of its content
// words, each once, sorted. "halting the expansion of NATO" and "halt NATO's
// expansion" have one key.
func pointKey(words string) string {
	stems := contentStems(words)
	if len(stems) == 0 {
		return strings.Join(strings.Fields(fold(words)), " ")
	}
	return strings.Join(stems, " ")
}

func contentStems(words string) []string {
	var stems []string
	fields := strings.FieldsFunc(fold(words), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, word := range fields {
		if slices.Contains(stopWords, word) {
			continue
		}
		stems = append(stems, lexicon.Stem(word))
	}
	sort.Strings(stems)
	return slices.Compact(stems)
}

// talksKey joins one negotiation over articles: its two first parties, sorted. What
// two parties negotiate goes by many words from one article to the next, so the
// subject names the talks and does not divide them; a person can split them. Talks
// that are to end an armed conflict are those of its belligerents, whoever speaks.
func (c *compiler) talksKey(t *document.Talks, sides []document.ActorID) string {
	if len(t.Conflict) == 2 {
		return strings.Join(t.Conflict, "|")
	}
	var parties []string
	for _, p := range sides {
		if key := c.key(p); !slices.Contains(parties, key) {
			parties = append(parties, key)
		}
		if len(parties) == 2 {
			break
		}
	}
	sort.Strings(parties)
	return strings.Join(parties, "|")
}

// talksOf returns the key of the talks that an entry at offset belongs to: those
// told of in its paragraph that have one of the actors, or the party of one of
// them, among their parties; else the first of the article that has. It is nil
// when there are none: unrelated talks side by side do not share their parties.
func (c *compiler) talksOf(offset int, actors ...document.ActorID) *string {
	paragraph := c.d.ParagraphAt(offset)
	var elsewhere *string
	for i := range c.d.Talks {
		t := &c.d.Talks[i]
		if !slices.ContainsFunc(actors, func(a document.ActorID) bool {
			return a != document.NoActor && (c.takesPart(t, a) || c.takesPart(t, c.d.Party(a)))
		}) {
			continue
		}
		if len(t.Paragraphs) == 0 || slices.Contains(t.Paragraphs, paragraph) {
			return &c.talks[i]
		}
		if elsewhere == nil {
			elsewhere = &c.talks[i]
		}
	}
	return elsewhere
}

func (c *compiler) takesPart(t *document.Talks, a document.ActorID) bool {
	return slices.Contains(t.Parties, a) || slices.Contains(t.Mediators, a)
}

// talksKeyOf returns the key of id, else what talksOf finds.
func (c *compiler) talksKeyOf(id document.TalksID, offset int, actors ...document.ActorID) *string {
	if id != document.NoTalks && int(id) < len(c.talks) {
		return &c.talks[id]
	}
	return c.talksOf(offset, actors...)
}
