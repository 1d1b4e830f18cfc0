package text

import "testing"

func TestStem(t *testing.T) {
	for name, want := range map[string]string{"Sundia": "sund", "Sundian": "sund", "Sundians": "sund", "Sund": "sund", "Veyra": "veyr", "Veyran": "veyr",
		"Tolmark": "tolmark", "Tolmarkian": "tolmark", "Oa": "oa", "Inner Bay": "inner bay", "": ""} {
		if got := Stem(name); got != want {
			t.Errorf("Stem(%q) = %q, want %q", name, got, want)
		}
	}
}
