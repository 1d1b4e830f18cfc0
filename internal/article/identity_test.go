package article

import (
	"testing"

	"rapporteur/internal/calendar"
)

func TestIdentify(t *testing.T) {
	day := calendar.Day{Year: 2024, Month: 5, Num: 14}
	text := Article{Outlet: "Orsa Courier", Published: day, Text: "The bridge stays shut."}
	page := Article{URL: "https://orsa-courier.example/map?utm_source=feed#top", Text: "One."}
	again := Article{URL: "HTTP://Orsa-Courier.example/map/", Text: "Two.", Outlet: "other"}
	if text.Identify() == "" || len(text.ID) != 16 {
		t.Errorf("id %q", text.ID)
	}
	if page.Identify() != again.Identify() {
		t.Error("one address, two articles")
	}
	other := text
	other.Outlet = "Harbour Post"
	if other.Identify() == text.ID {
		t.Error("two outlets, one article")
	}
	given := Article{Origin: Origin{GivenID: "a-17"}, URL: page.URL}
	if given.Identify() != "a-17" {
		t.Errorf("given id became %q", given.ID)
	}
}

func TestPlainURL(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.example/x?b=2&a=1&fbclid=3": "a.example/x?a=1&b=2",
		"https://a.example":                    "a.example",
		"/x":                                   "",
		"mailto:a@a.example":                   "",
		"":                                     "",
		"http://[::1":                          "",
	} {
		if got := PlainURL(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
