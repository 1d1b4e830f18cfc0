package names_test

import (
	"strings"
	"testing"
	"time"
)

func TestHostileInputTakesBoundedTime(t *testing.T) {
	for name, unit := range map[string]string{
		"roles": "foreign ", "states": "Iran ", "capitals": "Aa ", "hyphens": "Aa-", "lists": "Aa and ", "owners": "Aa's ", "bodies": "Council of ", "appositions": "Aa Bb, the envoy of ", "pronouns": "he she ",
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			read(t, strings.Repeat(unit, 1_500))
			if took := time.Since(start); took > 2*time.Minute {
				t.Errorf("took %v", took)
			}
		})
	}
}
