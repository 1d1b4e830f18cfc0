package coref_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestHostileInputTakesBoundedTime(t *testing.T) {
	var names strings.Builder
	for i := range 1_200 {
		fmt.Fprintf(&names, "Envoy Ruth Aa%c%c%c left. The envoy stayed. ", 'a'+i%26, 'a'+i/26%26, 'a'+i/676)
	}
	for name, body := range map[string]string{
		"pronouns": strings.Repeat("he she it ", 2_500), "one name": strings.Repeat("Ruth Moss told him. ", 1_200), "names": names.String(),
		"descriptions": strings.Repeat("the envoy of the ministry, ", 1_200),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			read(t, body)
			if took := time.Since(start); took > 2*time.Minute {
				t.Errorf("took %v", took)
			}
		})
	}
}
