package coref

import (
	"strings"

	"rapporteur/internal/document"
	"rapporteur/internal/text"
)

// newBody makes the actor of a name that none has yet. A single word has one key
// whatever its kind, because another article may tell less of it.
func (r *resolver) newBody(m *document.Mention, fold string) document.ActorID {
	key := "name:" + fold
	switch {
	case !strings.Contains(fold, " "):
		key = "name:" + text.Stem(fold)
	case m.Kind == document.Organisation || m.Kind == document.ArmedGroup:
		key = "org:" + fold
	}
	if m.Kind == document.Unclear && r.isPersonal(m, fold) {
		return r.person(m, true)
	}
	kind := m.Kind
	if kind == document.Unclear && (r.t.orgWords[fold] || r.isOutlet(fold)) {
		kind = document.Organisation
	}
	id := r.actor(key, r.bare(m.Head), kind, "name")
	if a := &r.d.Actors[id]; a.Kind == document.Unclear {
		a.Kind = kind
	}
	return id
}

// isPersonal reports whether a name of two words that no table knows speaks, acts or
// owns an office, as persons do: "Oda Brask's ministry".
func (r *resolver) isPersonal(m *document.Mention, fold string) bool {
	words := strings.Fields(fold)
	if len(words) != 2 || m.Made.Rule != "capitals" || r.t.orgWords[words[0]] || r.t.orgWords[words[1]] {
		return false
	}
	i := r.heads[m.Head]
	if r.acts(i) {
		return true
	}
	for j := max(0, int(i)-2); j < min(len(r.d.Mentions), int(i)+3); j++ {
		if o := &r.d.Mentions[j]; o.Kind == document.Organ && o.Of == m.Head {
			return true
		}
	}
	return false
}

// isOutlet reports whether a name is that of the article's own outlet or agency, or
// the last word of it: "the Courier" in The Orsa Courier.
func (r *resolver) isOutlet(fold string) bool {
	a := r.d.Article
	outlet := text.Fold(a.Outlet)
	return fold != "" && (fold == text.Fold(a.Dateline.Agency) || fold == outlet || lastWord(outlet) == fold || strings.TrimPrefix(outlet, "the ") == fold)
}

// shortened returns the body that a single word of bodies stands for: "the League"
// for the only league of the article.
func (r *resolver) shortened(fold string) document.ActorID {
	found := document.NoActor
	if !r.t.orgWords[fold] {
		return found
	}
	for id := max(0, len(r.d.Actors)-lookBack); id < len(r.d.Actors); id++ {
		a := &r.d.Actors[id]
		if a.Kind != document.Organisation && a.Kind != document.Organ || !hasWord(text.Fold(a.Name), fold) {
			continue
		}
		if found != document.NoActor {
			return document.NoActor
		}
		found = document.ActorID(id)
	}
	return found
}
