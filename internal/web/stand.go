package web

import (
	"rapporteur/internal/record"
)

// voice tells whose word a position is.
type voice int

const (
	ownWord  voice = iota // the holder's own side says it
	reported              // the article tells it in its own voice
	claimed               // another side says it about the holder
)

// byArticle is what the record writes for the reporter's voice.
const byArticle = "article"

func voiceOf(p *record.Position) voice {
	switch {
	case !p.Own && p.AssertedBy != byArticle:
		return claimed
	case p.AssertedBy == byArticle:
		return reported
	}
	return ownWord
}

func (v voice) class() string {
	return [...]string{"own", "reported", "claimed"}[v]
}

// family groups stances under one mark, so that a table can be read without
// knowing ten words.
func family(stance string, denied bool) string {
	if denied {
		return "denied"
	}
	switch stance {
	case "demands", "proposes":
		return "wants"
	case "supports", "accepts", "promises":
		return "favours"
	case "open", "conditional":
		return "between"
	case "opposes", "rejects":
		return "against"
	case "threatens":
		return "threatens"
	}
	return "other"
}

// stanceWords names a stance as the table writes it.
func (w *words) stanceWords(stance string, denied bool) string {
	if denied {
		return w.Name("stance-denied", stance)
	}
	return w.Name("stance", stance)
}

// voiceWords says whose word a position is.
func (w *words) voiceWords(v voice, by string) string {
	switch v {
	case claimed:
		return w.T("voice.claimed", "Who", by)
	case reported:
		return w.T("voice.reported")
	}
	return w.T("voice.own")
}
