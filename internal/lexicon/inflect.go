package lexicon

import "strings"

// Inflections gives the dictionary forms that an English word may have, without
// knowing which of them are words: whoever looks them up in a table does.
type Inflections struct {
	irregular map[string]string
}

// NewInflections reads the table "irregular".
func NewInflections(lex *Lexicon) (*Inflections, error) {
	table, err := lex.Table("irregular")
	if err != nil {
		return nil, err
	}
	in := &Inflections{irregular: map[string]string{}}
	for _, row := range table.Rows {
		for _, column := range []string{"past", "participle"} {
			if word := row.Get(column); in.irregular[word] == "" {
				in.irregular[word] = row.Get("base")
			}
		}
	}
	return in, nil
}

// Bases returns the dictionary forms that a word in small letters may have, the
// word itself first: "stopped" gives "stopped", "stopp", "stoppe", "stop". Rules of
// Quirk et al. 1985, 3.5 to 3.10 and 5.80.
func (in *Inflections) Bases(word string) []string {
	out := []string{word}
	if b := in.irregular[word]; b != "" {
		out = append(out, b)
	}
	for _, ending := range []string{"ing", "ed", "es", "s"} {
		stem, ok := strings.CutSuffix(word, ending)
		if !ok || len(stem) < 2 || ending == "s" && strings.HasSuffix(stem, "s") {
			continue
		}
		out = append(out, stem)
		if ending != "s" {
			out = append(out, stem+"e")
		}
		if n := len(stem); (ending == "ing" || ending == "ed") && n > 2 && stem[n-1] == stem[n-2] {
			out = append(out, stem[:n-1])
		}
		if ending == "ed" || ending == "es" {
			if y, ok := strings.CutSuffix(stem, "i"); ok {
				out = append(out, y+"y")
			}
		}
	}
	return out
}
