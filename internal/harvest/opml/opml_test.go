package opml

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	feeds, err := Read([]byte(`<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>
<outline text="Rivers"><outline text="Courier" xmlUrl="https://courier.example/feed" htmlUrl="https://courier.example/"/>
<outline title="Post &amp; Times" text="x" XMLURL=" https://post.example/rss "/></outline>
<outline text="Courier again" xmlUrl="https://courier.example/feed"/><outline text="A heading"/></body></opml>`))
	want := []Feed{{"Courier", "https://courier.example/feed", "https://courier.example/"}, {"Post & Times", "https://post.example/rss", ""}}
	if err != nil || !slices.Equal(feeds, want) {
		t.Errorf("%+v, %v", feeds, err)
	}
	for _, raw := range []string{"", "<html><outline xmlUrl='x'>", "no list", "<opml><body><outline" + strings.Repeat("><outline", 200)} {
		if _, err := Read([]byte(raw)); err == nil {
			t.Errorf("%.40q is a list", raw)
		}
	}
}

func TestWrite(t *testing.T) {
	feeds := []Feed{{"A \"river\" & <more>", "https://a.example/feed?x=1&y=2", "https://a.example"}, {"", "https://b.example/", ""}}
	var out bytes.Buffer
	if err := Write(&out, "rapporteur", feeds); err != nil {
		t.Fatal(err)
	}
	feeds[1].Title = feeds[1].URL
	got, err := Read(out.Bytes())
	if err != nil || !slices.Equal(got, feeds) {
		t.Errorf("read back as %+v, %v from\n%s", got, err, out.Bytes())
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`<opml><body><outline text="a" xmlUrl="https://a.example"/></body></opml>`))
	f.Add([]byte("<opml>\xff<outline xmlurl=''>"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		feeds, _ := Read(raw)
		for _, feed := range feeds {
			if feed.URL == "" {
				t.Error("a feed without address")
			}
		}
	})
}
