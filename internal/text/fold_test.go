package text

import "testing"

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Al-Ḥaddād, U.S.": "al haddad us", "Ruth Adeyemi-Kolb": "ruth adeyemi kolb", "O’Brien": "obrien", " — ": "", "Łódź": "łodz",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}
