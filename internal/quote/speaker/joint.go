package speaker

import (
	"regexp"
	"slices"
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// between matches what may stand between the members of a list: "A, the B, and C".
var between = regexp.MustCompile(`^\s*(,|and|&|, and|as well as)(\s+(the|its|his|her|both))?\s*$`)

// members returns the mentions that a source lists: "Aoun" and "Salam" in "president
// Joseph Aoun and prime minister Nawaf Salam". It is nil for a source of one head.
func members(d *document.Doc, source text.Span) []document.MentionID {
	head := d.HeadMention(source)
	if head == document.NoMention {
		return nil
	}
	var out []document.MentionID
	end := -1
	for i := int(head); i < len(d.Mentions); i++ {
		m := &d.Mentions[i]
		if m.Span.Start >= source.End {
			break
		}
		if m.Span.Start < end || m.Actor == document.NoActor || !source.Contains(m.Span) {
			continue
		}
		if end >= 0 && !between.MatchString(d.Text()[end:m.Span.Start]) {
			break
		}
		if len(out) > 0 && d.Mentions[out[len(out)-1]].Actor == m.Actor || !m.Same.IsEmpty() && end >= 0 {
			return nil // an apposition, not a list
		}
		out = append(out, document.MentionID(i))
		end = m.Span.End
	}
	if len(out) < 2 || end < source.End && strings.Trim(d.Text()[end:source.End], " ,.") != "" || !strings.Contains(source.In(d.Text()), " and ") && !strings.Contains(source.In(d.Text()), "&") {
		return nil
	}
	return out
}

// joint returns one actor for several who speak together; its mentions are theirs.
// Guideline: the gold records' guide, "a joint text has a joint speaker".
func joint(d *document.Doc, ids []document.ActorID, mentions []document.MentionID) document.ActorID {
	var keys, names []string
	for _, id := range ids {
		keys, names = append(keys, d.Actors[id].Key), append(names, d.Actors[id].Name)
	}
	slices.Sort(keys)
	key := "joint:" + strings.Join(keys, "+")
	for i := range d.Actors {
		if d.Actors[i].Key == key {
			return document.ActorID(i)
		}
	}
	last := len(names) - 1
	d.Actors = append(d.Actors, document.Actor{
		Name: strings.Join(names[:last], ", ") + " and " + names[last], Key: key, Kind: document.Group,
		Of: document.NoActor, Speaks: document.NoActor, Mentions: mentions, Members: ids,
		Made: document.Made{Stage: "speaker", Rule: "joint", Version: Version},
	})
	return document.ActorID(len(d.Actors) - 1)
}

// jointSpeaker returns the actor of a listed source and the party it speaks for: one
// that all members share, else all their parties together.
func jointSpeaker(d *document.Doc, mentions []document.MentionID) (who, party document.ActorID) {
	var ids []document.ActorID
	for _, m := range mentions {
		ids = append(ids, d.Mentions[m].Actor)
	}
	return jointOf(d, ids, mentions)
}

// jointOf returns the actor of several who speak together, and their party.
func jointOf(d *document.Doc, ids []document.ActorID, mentions []document.MentionID) (who, party document.ActorID) {
	var parties []document.ActorID
	for _, id := range ids {
		if p := d.Actors[id].Speaks; p != document.NoActor && !slices.Contains(parties, p) {
			parties = append(parties, p)
		}
	}
	who = joint(d, ids, mentions)
	switch {
	case len(parties) == 1:
		party = parties[0]
	case len(parties) > 1:
		party = joint(d, parties, mentions)
	default:
		party = document.NoActor
	}
	d.Actors[who].Speaks = party
	return who, party
}
