package codebook

import "testing"

func TestParseCode(t *testing.T) {
	for _, test := range []struct {
		plover, cameo, weight string
		ok                    bool
	}{
		{"REQUEST", "10", "-5.0", true},
		{"SUPPORT", "057", "8", true},
		{"SUPPORT", "0571", "8", true},
		{"support", "057", "8", false},
		{"10", "10", "0", false},
		{"REQUEST", "REQUEST", "0", false},
		{"REQUEST", "1", "0", false},
		{"REQUEST", "21", "0", false},
		{"REQUEST", "00", "0", false},
		{"REQUEST", "10", "-11", false},
		{"REQUEST", "10", "much", false},
	} {
		code, err := ParseCode(test.plover, test.cameo, test.weight)
		if (err == nil) != test.ok {
			t.Errorf("ParseCode(%q, %q, %q) = %v, %v", test.plover, test.cameo, test.weight, code, err)
		}
	}
}

func TestRoot(t *testing.T) {
	if got := CAMEO("057").Root(); got != "05" {
		t.Errorf("root of 057 is %s", got)
	}
}

func FuzzParseCAMEO(f *testing.F) {
	f.Add("057")
	f.Fuzz(func(t *testing.T, s string) {
		code, err := ParseCAMEO(s)
		if err == nil && (string(code) != s || len(code.Root()) != 2) {
			t.Errorf("ParseCAMEO(%q) = %q", s, code)
		}
	})
}
