package tag

import "strings"

// lemma returns the dictionary form of a word, in lower case: from the table of
// lemmas, else by the regular endings of English.
func (s *Stage) lemma(form string, l label) string {
	w := strings.ToLower(strings.ReplaceAll(form, "’", "'"))
	if lemma, ok := s.lemmas[[2]string{w, l.xpos}]; ok {
		return lemma
	}
	switch l.xpos {
	case "NNS", "VBZ":
		return singular(w)
	case "VBD", "VBN":
		if strings.HasSuffix(w, "ied") && len(w) > 4 {
			return w[:len(w)-3] + "y"
		}
		return s.bareVerb(w, "ed")
	case "VBG":
		return s.bareVerb(w, "ing")
	}
	return w
}

func singular(w string) string {
	if strings.HasSuffix(w, "ies") && len(w) > 4 {
		return w[:len(w)-3] + "y"
	}
	for _, end := range []string{"sses", "shes", "ches", "xes", "zzes"} {
		if strings.HasSuffix(w, end) {
			return w[:len(w)-2]
		}
	}
	if strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") {
		return w[:len(w)-1]
	}
	return w
}

// bareVerb takes the ending off a verb: a known verb first ("stating" → "state"),
// then by spelling ("planned" → "plan").
func (s *Stage) bareVerb(w, end string) string {
	stem := strings.TrimSuffix(w, end)
	if stem == w || !strings.ContainsAny(stem, "aeiouy") {
		return w
	}
	single := stem
	if n := len(stem); n > 2 && stem[n-1] == stem[n-2] {
		single = stem[:n-1]
	}
	for _, candidate := range []string{stem + "e", stem, single} {
		if s.verbs[candidate] {
			return candidate
		}
	}
	if single != stem && !strings.ContainsAny(stem[len(stem)-1:], "lsfz") {
		return single
	}
	if strings.ContainsAny(stem[len(stem)-1:], "vscgzu") && !strings.HasSuffix(stem, "ss") {
		return stem + "e"
	}
	for _, tail := range []string{"at", "iz", "ir", "ur", "ut", "id", "as", "is", "os", "bl", "pl", "tl", "dl", "gl", "kl"} {
		if strings.HasSuffix(stem, tail) {
			return stem + "e"
		}
	}
	return stem
}
