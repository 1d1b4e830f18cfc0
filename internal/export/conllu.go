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
	paragraph := document.NoParagraph
	for i, s := range d.Sentences {
		if s.Paragraph != paragraph {
			paragraph = s.Paragraph
			fmt.Fprintf(out, "# newpar id = %s-p%d\n", oneLine(name), int(paragraph)+1)
		}
		fmt.Fprintf(out, "# sent_id = %s-%d\n# text = %s\n", oneLine(name), i+1, oneLine(d.In(s.Span)))
		for t := s.Tokens.First; t < s.Tokens.End; t++ {
			out.WriteString(tokenLine(d, s, t))
		}
		out.WriteByte('\n')
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("export: CoNLL-U of %s: %w", name, err)
	}
	return nil
}

func tokenLine(d *document.Doc, s document.Sentence, id document.TokenID) string {
	t := d.Tokens[id]
	lemma, upos, xpos, head, deprel, misc := "_", "_", "_", "_", "_", "_"
	if d.Layers.Has(document.LayerTags) {
		lemma, upos, xpos = known(t.Lemma), known(string(t.UPOS)), known(t.XPOS)
	}
	if d.Layers.Has(document.LayerParse) {
		head, deprel = "0", known(t.DepRel)
		if t.Head != document.NoToken {
			head = fmt.Sprint(int(t.Head-s.Tokens.First) + 1)
		}
	}
	if next := int(id) + 1; next < len(d.Tokens) && d.Tokens[next].Span.Start == t.Span.End {
		misc = "SpaceAfter=No"
	}
	return fmt.Sprintf("%d\t%s\t%s\t%s\t%s\t_\t%s\t%s\t_\t%s\n", int(id-s.Tokens.First)+1, oneLine(d.Form(id)), lemma, upos, xpos, head, deprel, misc)
}

func known(value string) string {
	if value == "" {
		return "_"
	}
	return oneLine(value)
}

// oneLine folds white space, since a line end or a tab would break the columns.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
