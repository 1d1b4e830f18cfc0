package compile

import (
	"slices"
	"sort"
	"strings"

	"rapporteur/internal/document"
)

// pointOf returns the key of the point of a position: the words that carry its matter
// and who is named in it. The parties of talks are named in most of their points and
// tell none from another. Outside of talks a matter that names nobody is that of its
// article alone: one state of emergency is not another.
func (c *compiler) pointOf(p *document.Position, talks *string, label string) string {
	if len(p.Matter) == 0 {
		return pointKey(label)
	}
	parts := slices.Clone(p.Matter)
	for _, a := range p.About {
		if key := c.key(a); !c.isOf(talks, a) && !slices.Contains(parts, "@"+key) {
			parts = append(parts, "@"+key)
		}
	}
	if talks == nil && len(parts) == len(p.Matter) {
		parts = append(parts, "in "+c.article)
	}
	sort.Strings(parts)
	return strings.Join(parts, " ")
}

// isOf reports whether an actor is, or belongs to, one of those who take part in talks.
func (c *compiler) isOf(talks *string, a document.ActorID) bool {
	if talks == nil {
		return false
	}
	for i := range c.d.Talks {
		if t := &c.d.Talks[i]; c.talks[i] == *talks && (c.takesPart(t, a) || c.takesPart(t, c.d.Party(a))) {
			return true
		}
	}
	return false
}
