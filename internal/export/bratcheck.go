package export

import (
	"fmt"
	"strconv"
	"strings"
)

// checkStandoff reads a .ann file as other programs do, and holds each text-bound
// line against the text: the characters at its places, joined by blanks, are the
// words on the line.
func checkStandoff(body, ann string) error {
	letters := []rune(body)
	for number, line := range strings.Split(strings.TrimSuffix(ann, "\n"), "\n") {
		if !strings.HasPrefix(line, "T") {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != 3 {
			return fmt.Errorf("line %d of the .ann file has %d fields, not 3", number+1, len(fields))
		}
		_, places, _ := strings.Cut(fields[1], " ")
		var words []string
		for place := range strings.SplitSeq(places, ";") {
			first, last, _ := strings.Cut(place, " ")
			start, err := strconv.Atoi(first)
			if err != nil {
				return fmt.Errorf("line %d of the .ann file: %w", number+1, err)
			}
			end, err := strconv.Atoi(last)
			if err != nil {
				return fmt.Errorf("line %d of the .ann file: %w", number+1, err)
			}
			if start < 0 || end <= start || end > len(letters) {
				return fmt.Errorf("line %d of the .ann file points at characters %d to %d of %d", number+1, start, end, len(letters))
			}
			words = append(words, string(letters[start:end]))
		}
		if got := strings.Join(words, " "); got != fields[2] {
			return fmt.Errorf("line %d of the .ann file says %q where the text has %q", number+1, fields[2], got)
		}
	}
	return nil
}
