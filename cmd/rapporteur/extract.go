package main

import (
	"rapporteur/internal/article"
	"rapporteur/internal/export"
)

type extractCommand struct {
	page
	Files []string `arg:"" name:"file" help:"Pages, feeds, letters, PDF files, archives, folders, or - for standard input (a page of HTML, unless --type says otherwise)."`
}

// Help shows how the command is used.
func (*extractCommand) Help() string {
	return `JSON Lines, one for each page in the order given; a refused page gives a line with "error" and exit code 3. A page that is no article to read has "kind": live
blog, paywall, cookie wall, video, headlines.

Examples:

    rapporteur extract page.html
    rapporteur extract feed.xml letter.eml report.pdf
    rapporteur extract --type html - < page`
}

// extracted is the line of one page.
type extracted struct {
	File      string  `json:"file"`
	Line      int     `json:"line,omitempty"`
	Title     *string `json:"title"`
	Outlet    *string `json:"outlet"`
	Published *string `json:"published"`
	Language  *string `json:"language"`
	URL       *string `json:"url"`
	Kind      string  `json:"kind,omitempty"` // of a page that is no article to read
	Text      string  `json:"text"`
}

// Run extracts the pages.
func (e *extractCommand) Run(c *console) error {
	if err := validDay("--published", e.Published); err != nil {
		return err
	}
	if e.Type == "" && stdinType(e.Files) != "" {
		e.Type = string(article.HTML)
	}
	in, err := c.reader(e.extract())
	if err != nil {
		return err
	}
	return eachPage(c, e.harvester().Pages(c.ctx, e.Files, c.stdin), in.Article, func(p article.Page, a *article.Article) error {
		return export.Line(c.stdout, extracted{
			File: p.Path, Line: p.Line, Title: orNull(a.Title), Outlet: orNull(a.Outlet), Published: orNull(a.Published.String()),
			Language: orNull(a.Language), URL: orNull(a.URL), Kind: string(a.Kind), Text: a.BodyText(),
		})
	})
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
