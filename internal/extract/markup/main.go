package markup

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
)

// ErrDeep says that elements are nested deeper than any page that people read.
var ErrDeep = errors.New("tags nested too deep")

// maxDepth is the deepest nesting that is read at all.
const maxDepth = 5000

// Main text of a page.
type Main struct {
	Paragraphs []Paragraph
	Language   string // as the words of the text look, "" when not told
}

// Main finds the main text with trafilatura and returns it as paragraphs of the
// page. Where the page is nested too deep for a parser of HTML, all longer
// paragraphs outside its furniture are taken. It stops with the context.
func (p *Page) Main(ctx context.Context, source string) (Main, error) {
	if p.Depth > maxDepth {
		return Main{}, fmt.Errorf("%w: %d levels", ErrDeep, p.Depth)
	}
	found, err := p.extract(ctx, source)
	if err != nil || found == nil {
		if ctx.Err() != nil {
			return Main{}, fmt.Errorf("main text: %w", ctx.Err())
		}
		return Main{Paragraphs: p.longParagraphs()}, nil
	}
	used := p.flow.align(blocksOf(found.ContentNode))
	p.siblings(used)
	list := p.flow.paragraphs(func(i int) bool { return used[i] })
	if lengthOf(list) < minMain {
		if own := p.longParagraphs(); lengthOf(own) > 2*lengthOf(list) {
			list = own
		}
	}
	return Main{Paragraphs: list, Language: found.Metadata.Language}, nil
}

// A paragraph is a sibling of the main text when it is at least so long, in bytes,
// and so many paragraphs of the main text stand in elements of the same classes.
const (
	minSibling  = 80
	minSiblings = 3
)

// siblings adds paragraphs that the extractor left out although they stand as its
// own do: sites cut long texts in several boxes of one kind, of which it takes one.
func (p *Page) siblings(used []bool) {
	taken := map[int]bool{} // offsets of used atoms
	for i, a := range p.flow.atoms {
		if used[i] {
			taken[a.file] = true
		}
	}
	kind := map[string]int{}
	isTaken := func(q Paragraph) bool { return len(q.Pieces) > 0 && taken[q.Pieces[0].File] }
	for _, q := range p.Paragraphs {
		if q.Tag == "p" && isTaken(q) {
			kind[q.Class]++
		}
	}
	added := map[int]bool{}
	for _, q := range p.Paragraphs {
		size := len(q.Text())
		if q.Tag != "p" || q.Class == "" || isTaken(q) || kind[q.Class] < minSiblings || size < minSibling || q.Linked*3 > size ||
			q.Place&(InAside|InCaption|InButton|InHidden) != 0 {
			continue
		}
		for _, piece := range q.Pieces {
			added[piece.File] = true
		}
	}
	for i, a := range p.flow.atoms {
		used[i] = used[i] || added[a.file]
	}
}

// minMain is the length, in bytes, below which a main text is doubted: trafilatura
// takes lists of categories for it where the text stands in no element of its own.
const minMain = 250

func lengthOf(list []Paragraph) int {
	n := 0
	for _, p := range list {
		n += len(p.Text())
	}
	return n
}

// extract runs trafilatura beside the caller, so that a page that keeps it busy
// does not keep us. A panic of it is an error.
func (p *Page) extract(ctx context.Context, source string) (*trafilatura.ExtractResult, error) {
	type answer struct {
		result *trafilatura.ExtractResult
		err    error
	}
	done := make(chan answer, 1)
	go func() {
		var a answer
		defer func() {
			if fault := recover(); fault != nil {
				a.err = fmt.Errorf("main text: trafilatura: %v", fault)
			}
			done <- a
		}()
		var tree *html.Node
		if tree, a.err = html.Parse(strings.NewReader(source)); a.err != nil {
			return
		}
		a.result, a.err = trafilatura.ExtractDocument(tree, trafilatura.Options{
			ExcludeComments: true, HtmlDateMode: trafilatura.Disabled,
		})
	}()
	select {
	case a := <-done:
		return a.result, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// blocksOf returns the text of the blocks of the extracted tree, in its order,
// words divided by single spaces.
func blocksOf(root *html.Node) []string {
	var blocks []string
	var words []string
	flush := func() {
		if len(words) > 0 {
			blocks = append(blocks, strings.Join(strings.Fields(strings.Join(words, "")), " "))
			words = nil
		}
	}
	var visit func(n *html.Node)
	visit = func(n *html.Node) {
		if n.Type == html.TextNode {
			words = append(words, n.Data)
			return
		}
		broken := n.Type == html.ElementNode && (isBlock[n.Data] || n.Data == "br" || n.Data == "hr")
		if broken {
			flush()
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			visit(child)
		}
		if broken {
			flush()
		}
	}
	if root != nil {
		visit(root)
	}
	flush()
	return blocks
}

// longParagraphs returns the paragraphs of a page that reads like running text,
// without those of its furniture.
func (p *Page) longParagraphs() []Paragraph {
	var list []Paragraph
	for _, paragraph := range p.Paragraphs {
		size := len(paragraph.Text())
		if paragraph.Place&(InAside|InCaption|InButton|InHidden) == 0 && size >= 60 && paragraph.Linked*2 <= size {
			list = append(list, paragraph)
		}
	}
	return list
}
