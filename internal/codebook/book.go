package codebook

import (
	"fmt"
	"slices"
	"strings"

	"rapporteur/internal/text"
)

// A Point is one entry of the user's own codebook: a matter at issue under the
// name by which the user wants to see it.
type Point struct {
	Name     string   `json:"name" yaml:"name"`
	Synonyms []string `json:"synonyms,omitempty" yaml:"synonyms,omitempty,flow"`
	Examples []string `json:"examples,omitempty" yaml:"examples,omitempty"`
	Parent   string   `json:"parent,omitempty" yaml:"parent,omitempty"`
}

// A Book is the user's codebook. It outranks the points that the program finds.
// Top puts what belongs to a point to the topmost of its parents.
type Book struct {
	Points []Point `json:"points" yaml:"points"`
	Top    bool    `json:"top,omitempty" yaml:"top,omitempty"`
}

// Check reports what makes a book useless: a point without a name, a name or
// synonym that stands for two points, a parent that is not there, a ring of parents.
func (b *Book) Check() error {
	taken := map[string]int{}
	for i := range b.Points {
		p := &b.Points[i]
		if text.Fold(p.Name) == "" {
			return fmt.Errorf("point %d has no name", i+1)
		}
		for _, words := range append([]string{p.Name}, p.Synonyms...) {
			k := text.Fold(words)
			if other, there := taken[k]; there && other != i {
				return fmt.Errorf("%q stands for two points: %q and %q", words, b.Points[other].Name, p.Name)
			}
			taken[k] = i
		}
	}
	for i := range b.Points {
		if err := b.checkParents(&b.Points[i]); err != nil {
			return err
		}
	}
	return nil
}

func (b *Book) checkParents(p *Point) error {
	for at, steps := p, 0; at.Parent != ""; steps++ {
		up := b.find(at.Parent)
		if up == nil {
			return fmt.Errorf("%q has the parent %q, which is no point", at.Name, at.Parent)
		}
		if at = up; at == p || steps > len(b.Points) {
			return fmt.Errorf("the parents of %q lead back to it", p.Name)
		}
	}
	return nil
}

// find returns the point of that name, without regard to case and accents.
func (b *Book) find(name string) *Point {
	for i := range b.Points {
		if text.Fold(b.Points[i].Name) == text.Fold(name) {
			return &b.Points[i]
		}
	}
	return nil
}

func (b *Book) named(name string) (*Point, error) {
	if p := b.find(name); p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("the codebook has no point %q", name)
}

// Add adds a point; one of that name that is there already gets the synonyms and
// examples, and the parent if one is given.
func (b *Book) Add(p Point) error {
	old := b.find(p.Name)
	if old == nil {
		b.Points = append(b.Points, p)
		return b.Check()
	}
	old.Synonyms, old.Examples = join(old.Synonyms, p.Synonyms), join(old.Examples, p.Examples)
	if p.Parent != "" {
		old.Parent = p.Parent
	}
	return b.Check()
}

// Rename gives a point another name; the old one becomes a synonym.
func (b *Book) Rename(old, name string) error {
	p, err := b.named(old)
	if err != nil {
		return err
	}
	was := p.Name
	p.Name, p.Synonyms = name, without(join(p.Synonyms, []string{was}), name)
	b.reparent(was, name)
	return b.Check()
}

// Merge makes points part of another: their names become its synonyms.
func (b *Book) Merge(into string, others ...string) error {
	for _, name := range others {
		p, err := b.named(name)
		if err != nil {
			return err
		}
		to, err := b.named(into)
		if err != nil {
			return err
		}
		if p == to {
			return fmt.Errorf("%q cannot become part of itself", name)
		}
		gone := *p
		to.Synonyms = join(to.Synonyms, append([]string{gone.Name}, gone.Synonyms...))
		to.Examples = join(to.Examples, gone.Examples)
		if text.Fold(to.Parent) == text.Fold(gone.Name) {
			to.Parent = gone.Parent
		}
		b.reparent(gone.Name, to.Name)
		b.Points = slices.DeleteFunc(b.Points, func(q Point) bool { return q.Name == gone.Name })
	}
	return b.Check()
}

// Split takes synonyms and examples out of a point into a new one, which has the
// same parent.
func (b *Book) Split(from string, p Point) error {
	old, err := b.named(from)
	if err != nil {
		return err
	}
	for _, words := range slices.Concat(p.Synonyms, p.Examples) {
		if !holds(old.Synonyms, words) && !holds(old.Examples, words) {
			return fmt.Errorf("%q is neither a synonym nor an example of %q", words, old.Name)
		}
	}
	if b.find(p.Name) != nil {
		return fmt.Errorf("there is a point %q already", p.Name)
	}
	old.Synonyms = without(old.Synonyms, slices.Concat([]string{p.Name}, p.Synonyms, p.Examples)...)
	old.Examples = without(old.Examples, slices.Concat(p.Synonyms, p.Examples)...)
	if p.Parent == "" {
		p.Parent = old.Parent
	}
	b.Points = append(b.Points, p)
	return b.Check()
}

func (b *Book) reparent(old, name string) {
	for i := range b.Points {
		if text.Fold(b.Points[i].Parent) == text.Fold(old) {
			b.Points[i].Parent = name
		}
	}
}

func holds(list []string, words string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return text.Fold(s) == text.Fold(words) })
}

func join(list, more []string) []string {
	for _, s := range more {
		if s = strings.TrimSpace(s); s != "" && !holds(list, s) {
			list = append(list, s)
		}
	}
	return list
}

func without(list []string, gone ...string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return holds(gone, s) })
}
