package extract

import (
	"net/url"
	"regexp"
	"strings"

	"rapporteur/internal/article"
	"rapporteur/internal/extract/markup"
	"rapporteur/internal/extract/pagedate"
)

// Names of meta elements that tell when a page was published, and when changed.
var (
	graphDates = []string{"article:published_time", "og:article:published_time", "og:published_time", "og:pubdate", "article:published"}
	metaDates  = []string{"datepublished", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
		"article.published", "article.created", "publish-date", "publish_date", "pubdate", "publicationdate", "publication_date", "publication-date", "published-date", "published_time", "publishdate", "pub_date",
		"originalpublicationdate", "datecreated", "date.available", "created", "ptime", "dc.date", "dcterms.date", "dc:date", "date", "release_date", "displaydate", "analyticsattributes.articledate", "article_date_original"}
	changeDates = []string{"article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "dc.date.modified", "lastmod", "article:modified", "modified_time", "article.updated", "updated"}
)

// addressDay finds a day in the path of an address: "/2022/01/13/", "/2022-01-13-".
var addressDay = regexp.MustCompile(`(?:^|[/_-])((?:19|20)\d\d)[/_-](0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/_-](0?[1-9]|[12]\d|3[01])(?:[/_-]|$)`)

// pageDays gives the article its day of publication and of change.
func (x *Extractor) pageDays(a *article.Article, p *markup.Page, meta metas, nodes []node, ours node) {
	var found pageDates
	stamped := func(from int, s string) {
		if d, ok := x.tables.dates.Stamp(s); ok {
			found.add(from, d)
		}
	}
	changed := func(s string) {
		if d, ok := x.tables.dates.Stamp(s); ok {
			found.modify(d)
		}
	}
	changed(ours.text("dateModified"))
	for _, name := range changeDates {
		changed(meta.first(name))
	}
	stamped(fromData, ours.text("datePublished"))
	stamped(fromData, ours.text("dateCreated"))
	for _, name := range graphDates {
		stamped(fromGraph, meta.first(name))
	}
	if d, ok := x.tables.dates.Stamp(meta.first("datepublished")); ok && !d.At.IsZero() {
		found.add(fromElement, d)
	}
	x.timeDays(&found, p.Times)
	for _, name := range metaDates {
		stamped(fromMeta, meta.first(name))
	}
	for _, n := range nodes {
		if n.isPage() && !n.listed && ours.fields == nil {
			stamped(fromMeta, n.text("datePublished"))
		}
	}
	x.visibleDays(&found, p)
	for _, address := range []string{a.URL, p.Canonical, meta.first("og:url")} {
		if u, err := url.Parse(address); err == nil {
			if m := addressDay.FindStringSubmatch(strings.ToLower(u.Path)); m != nil {
				stamped(fromAddress, m[1]+"-"+m[2]+"-"+m[3])
			}
		}
	}
	found.apply(a)
}

// timeDays reads time elements: those that say that they tell of publication, and
// others of the article. Elements of menus and of lists of other articles are not read.
func (x *Extractor) timeDays(found *pageDates, times []markup.Time) {
	for _, t := range times {
		if t.Place&markup.InAside != 0 {
			continue
		}
		d, ok := x.tables.dates.Stamp(t.Stamp)
		if !ok {
			if d, ok = x.tables.dates.Stamp(t.Text); !ok {
				continue
			}
		}
		if shown, ok := x.tables.dates.Find(t.Text); ok {
			found.see(shown)
		}
		said := t.Prop + " " + t.Class
		switch {
		case strings.Contains(said, "modif") || strings.Contains(said, "updat"):
			found.modify(d)
		case strings.Contains(t.Prop, "datepublished") || strings.Contains(t.Prop, "pubdate") || strings.Contains(t.Class, "publish"):
			found.add(fromElement, d)
		case t.Place&markup.InArticle != 0:
			found.add(fromTime, d)
		}
	}
	for _, t := range times {
		if d, ok := x.tables.dates.Stamp(t.Stamp); ok && t.Place&markup.InAside == 0 && !strings.Contains(t.Prop+t.Class, "modif") && !strings.Contains(t.Prop+t.Class, "updat") {
			found.add(fromTime, d)
		}
	}
}

// visibleDays reads lines that say nothing else than when, and lines that begin with
// such words as "Published". Lines of the page's furniture come last: the day of
// today at the top of a page is not that of the article.
func (x *Extractor) visibleDays(found *pageDates, p *markup.Page) {
	var late []pagedate.Date
	for _, paragraph := range p.Paragraphs {
		if paragraph.Place&(markup.InButton|markup.InCaption) != 0 {
			continue
		}
		s := paragraph.Text()
		if len(s) > 200 {
			continue
		}
		d, changed, ok := x.tables.dateLine(s)
		from := fromLine
		if !ok {
			from = fromWords
			d, ok = x.shortDate(s)
		}
		if ok {
			found.see(d)
		}
		switch {
		case !ok:
		case changed:
			found.modify(d)
		case paragraph.Place&(markup.InAside|markup.InHeader) != 0 && paragraph.Place&markup.InArticle == 0:
			late = append(late, d)
		default:
			found.add(from, d)
		}
	}
	for _, d := range late {
		found.add(fromWords, d)
	}
}

// shortDate reads a short line with a date among a few other words: "By Amara
// Okafor | Jan 13, 2022".
func (x *Extractor) shortDate(s string) (pagedate.Date, bool) {
	for _, word := range []string{"updated", "last modified"} { // "13 January 2022 - Updated 14 January"
		if i := strings.Index(strings.ToLower(s), word); i > 0 && i < len(s) {
			s = s[:i]
		}
	}
	d, ok := x.tables.dates.Find(s)
	if !ok || len(strings.Fields(s)) > 12 || endsSentence(s) {
		return d, false
	}
	for _, word := range []string{"updated", "modified", "copyright", "©"} {
		if strings.Contains(strings.ToLower(s), word) {
			return d, false
		}
	}
	return d, true
}
