package article

import "testing"

func TestSameSite(t *testing.T) {
	for pair, want := range map[[2]string]bool{
		{"www.a.example", "a.example"}: true, {"news.bbc.co.uk", "bbc.co.uk"}: true, {"a.co.uk", "b.co.uk"}: false,
		{"x.github.io", "y.github.io"}: false, {"10.0.0.1", "10.0.0.1"}: true, {"10.0.0.1", "11.0.0.1"}: false, {"localhost", "LOCALHOST"}: true,
	} {
		if got := SameSite(pair[0], pair[1]); got != want {
			t.Errorf("%v: %v", pair, got)
		}
	}
}
