package sitemap

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"rapporteur/internal/article"
)

const news = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://courier.example/a </loc><lastmod>2026-11-25T10:00:00Z</lastmod>
<news:news><news:publication><news:name>Orsa Courier</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-11-25T09:30:00+01:00</news:publication_date><news:title>Toll &amp; river
talks</news:title></news:news></url>
<url><loc>javascript:alert(1)</loc></url>
<url><loc>https://courier.example/b</loc></url>
</urlset>`

func TestNews(t *testing.T) {
	m, err := Parse([]byte(news))
	if err != nil {
		t.Fatal(err)
	}
	want := &Map{Pages: []article.Told{
		{URL: "https://courier.example/a", Title: "Toll & river talks", Outlet: "Orsa Courier", Language: "en", Published: "2026-11-25T09:30:00+01:00", Updated: "2026-11-25T10:00:00Z"},
		{URL: "https://courier.example/b"},
	}}
	if diff := cmp.Diff(want, m); diff != "" {
		t.Error(diff)
	}
	if !Is([]byte(news)) || Is([]byte("<!doctype html><html><p>&lt;urlset")) || Is([]byte("<rss><channel>")) {
		t.Error("a sitemap is not told from other files")
	}
}

func TestIndex(t *testing.T) {
	m, err := Parse([]byte(`<sitemapindex><sitemap><loc>https://a.example/1.xml</loc><lastmod>2026-11-25</lastmod></sitemap><sitemap><loc>https://a.example/2.xml.gz</loc></sitemap></sitemapindex>`))
	if err != nil || len(m.Maps) != 2 || m.Maps[0] != (Sub{"https://a.example/1.xml", "2026-11-25"}) {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestBroken(t *testing.T) {
	m, err := Parse([]byte(news[:len(news)-60]))
	if err != nil || len(m.Pages) != 1 || m.Broken == "" {
		t.Errorf("cut short: %+v, %v", m, err)
	}
	for _, raw := range []string{"", "<html><p>x", "{}", "<url><loc>https://a.example</loc></url>"} {
		if _, err := Parse([]byte(raw)); err == nil {
			t.Errorf("%q is a sitemap", raw)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(news))
	f.Add([]byte("<sitemapindex><sitemap><loc>"))
	f.Add([]byte("<!DOCTYPE x [<!ENTITY a \"b\">]><urlset><url><loc>https://&a;</loc></url>"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := Parse(raw)
		if err != nil {
			return
		}
		for _, p := range m.Pages {
			if article.PlainURL(p.URL) == "" {
				t.Errorf("the address %q", p.URL)
			}
		}
	})
}
