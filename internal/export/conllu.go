package export

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"rapporteur/internal/document"
)

// CoNLLU writes the document's sentences and tokens in the CoNLL-U format of
// Universal Dependencies, with what is known; columns that nobody filled hold "_".
func CoNLLU(w io.Writer, d *document.Doc, name string) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "# newdoc id = %s\n", oneLine(name))
	paragraph, names := document.NoParagraph, nameTags(d)
	for i, s := range d.Sentences {
		if s.Paragraph != paragraph {
			paragraph = s.Paragraph
			fmt.Fprintf(out, "# newpar id = %s-p%d\n", oneLine(name), int(paragraph)+1)
		}
		fmt.Fprintf(out, "# sent_id = %s-%d\n# text = %s\n", oneLine(name), i+1, oneLine(d.In(s.Span)))
		for t := s.Tokens.First; t < s.Tokens.End; t++ {
			out.WriteString(tokenLine(d, s, t, names[t]))
		}
		out.WriteByte('\n')
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("export: CoNLL-U of %s: %w", name, err)
	}
	return nil
}

func tokenLine(d *document.Doc, s document.Sentence, id document.TokenID, name string) string {
	t := d.Tokens[id]
	lemma, upos, xpos, feats, head, deprel, misc := "_", "_", "_", "_", "_", "_", ""
	if d.Layers.Has(document.LayerTags) {
		upos, xpos, feats = known(string(t.UPOS)), known(t.XPOS), known(t.Feats)
	}
	if d.Layers.Has(document.LayerLemmas) {
		lemma = known(cased(t, d.Form(id)))
	}
	if d.Layers.Has(document.LayerParse) {
		head, deprel = "0", known(t.DepRel)
		if t.Head != document.NoToken {
			head = fmt.Sprint(int(t.Head-s.Tokens.First) + 1)
		}
	}
	if name != "" {
		misc = "NE=" + name
	}
	if next := int(id) + 1; next < len(d.Tokens) && d.Tokens[next].Span.Start == t.Span.End {
		misc = strings.TrimPrefix(misc+"|SpaceAfter=No", "|")
	}
	return fmt.Sprintf("%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t_\t%s\n", int(id-s.Tokens.First)+1, oneLine(d.Form(id)), lemma, upos, xpos, feats, head, deprel, known(misc))
}

// nameTags returns the tag of each token of a name: "B-place", "I-place".
func nameTags(d *document.Doc) map[document.TokenID]string {
	out := map[document.TokenID]string{}
	for _, c := range d.Chunks {
		if c.Layer != document.NameLayer {
			continue
		}
		out[c.Tokens.First] = "B-" + string(c.Kind)
		for t := c.Tokens.First + 1; t < c.Tokens.End; t++ {
			out[t] = "I-" + string(c.Kind)
		}
	}
	return out
}

// cased gives the lemma of a proper noun, and of "I", the capitals of its form, as
// treebanks write them.
func cased(t document.Token, form string) string {
	if t.UPOS != document.PROPN && form != "I" {
		return t.Lemma
	}
	if rest, ok := strings.CutPrefix(strings.ToLower(form), t.Lemma); ok && len(rest) < len(form) {
		return form[:len(form)-len(rest)]
	}
	return t.Lemma
}

func known(value string) string {
	if value == "" {
		return "_"
	}
	return oneLine(value)
}

// oneLine folds white space, since a line end or a tab would break the columns.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
