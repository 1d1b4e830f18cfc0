package web

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// markup writes marked text as HTML byte by byte: no white space is added or
// lost, as it would be between the elements of a template.
func markup(all []node) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		writeNodes(&b, all)
		_, err := io.WriteString(w, b.String())
		return err
	})
}

func writeNodes(b *strings.Builder, all []node) {
	for _, n := range all {
		if n.Class == "" {
			b.WriteString(templ.EscapeString(n.Text))
			continue
		}
		element := elementOf(kindOf(n.Class))
		b.WriteString("<" + element + ` class="k-` + templ.EscapeString(n.Class) + `"`)
		if n.ID != "" {
			b.WriteString(` id="` + templ.EscapeString(n.ID) + `"`)
		}
		if n.Who != "" {
			b.WriteString(` data-who="` + templ.EscapeString(n.Who) + `"`)
		}
		b.WriteString(">")
		writeNodes(b, n.Nodes)
		b.WriteString("</" + element + ">")
	}
}

// elementOf is the element that marks a kind of annotation.
func elementOf(kind string) string {
	switch kind {
	case "name":
		return "span"
	case "cut":
		return "del"
	case "added":
		return "ins"
	}
	return "mark"
}

// quotation writes the pieces of a statement, with the mark between them where
// the article said something else in between.
func quotation(pieces [][]node, form, gap string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		b.WriteString(`<span class="words ` + templ.EscapeString(form) + `">`)
		for i, piece := range pieces {
			if i > 0 {
				b.WriteString(` <span class="gap">` + templ.EscapeString(gap) + `</span> `)
			}
			writeNodes(&b, piece)
		}
		b.WriteString("</span>")
		_, err := io.WriteString(w, b.String())
		return err
	})
}
