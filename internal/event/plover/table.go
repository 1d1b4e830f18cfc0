package plover

import (
	"slices"
	"strings"

	"rapporteur/internal/codebook"
	"rapporteur/internal/lexicon"
)

// act tells what a predicate does to what it governs.
type act string

// The acts. All but the first look at what the predicate governs.
const (
	does     act = "do"       // the predicate is the event
	asks     act = "ask"      // "urged a withdrawal": a request
	intends  act = "intend"   // "agreed to withdraw": an intention
	refuses  act = "refuse"   // "refused to withdraw": a rejection
	threaten act = "threaten" // "threatened to attack"
	stops    act = "stop"     // "ended the aid", "ended the siege"
	resumes  act = "resume"   // "resumed the talks"
	light    act = "light"    // "held talks": the noun is the event
	tries    act = "try"      // "began to withdraw"
	says     act = "say"      // "said it would withdraw"
	passes   act = "pass"     // "ordered a withdrawal": the noun is the event, where it is one
)

var acts = []act{does, asks, intends, refuses, threaten, stops, resumes, light, tries, says, passes}

// A sense is one row's meaning of a word.
type sense struct {
	act   act
	cameo codebook.CAMEO
	with  []string // words that must stand by it
}

func (c *Coder) loadActs(lex *lexicon.Lexicon) error {
	table, err := lex.Table("codebook/acts")
	if err != nil {
		return err
	}
	c.acts = map[string][]sense{}
	for _, row := range table.Rows {
		s := sense{act: act(row.Get("act"))}
		if !slices.Contains(acts, s.act) {
			return row.Errorf("%q is no act", s.act)
		}
		if code := row.Get("cameo"); code != "" {
			if s.cameo, err = codebook.ParseCAMEO(code); err != nil {
				return row.Errorf("%v", err)
			}
		}
		for _, words := range row.List("words") {
			w := strings.Fields(words)
			one := s
			one.with = w[1:]
			k := row.Get("pos") + " " + w[0]
			c.acts[k] = append(c.acts[k], one)
		}
	}
	return nil
}

// loadPlain reads the code that a verb has whatever stands around it, for verbs
// that the table of acts lacks. Material cooperation (06) is left out: the code stands
// there for verbs that need an object to mean it ("build", "produce").
func (c *Coder) loadPlain(lex *lexicon.Lexicon) error {
	table, err := lex.Table("codebook/verbs")
	if err != nil {
		return err
	}
	c.plain = map[string]codebook.CAMEO{}
	for _, row := range table.Rows {
		code, err := codebook.ParseCAMEO(row.Get("cameo"))
		if err != nil {
			return row.Errorf("%v", err)
		}
		if code.Root() != "06" {
			c.plain[row.Get("verb")] = code
		}
	}
	return nil
}

// codes turns CAMEO codes into PLOVER's roots and weights.
type codes struct {
	roots   map[codebook.CAMEO]codebook.PLOVER
	weights map[codebook.CAMEO]codebook.Goldstein
}

func (c *Coder) loadCodes(lex *lexicon.Lexicon) error {
	c.codebook = &codes{roots: map[codebook.CAMEO]codebook.PLOVER{}, weights: map[codebook.CAMEO]codebook.Goldstein{}}
	roots, err := lex.Table("codebook/conversion")
	if err != nil {
		return err
	}
	for _, row := range roots.Rows {
		code, err := codebook.ParseCAMEO(row.Get("cameo"))
		if err != nil {
			return row.Errorf("%v", err)
		}
		root, err := codebook.ParsePLOVER(row.Get("plover"))
		if err != nil {
			return row.Errorf("%v", err)
		}
		c.codebook.roots[code] = root
	}
	weights, err := lex.Table("codebook/cameo")
	if err != nil {
		return err
	}
	for _, row := range weights.Rows {
		w, err := codebook.ParseGoldstein(row.Get("goldstein"))
		if err != nil {
			return row.Errorf("%v", err)
		}
		c.codebook.weights[codebook.CAMEO(row.Get("code"))] = w
	}
	return nil
}

// root returns the PLOVER root of a code, of the longest part of it that has one.
func (c *codes) root(code codebook.CAMEO) codebook.PLOVER {
	for n := len(code); n >= 2; n-- {
		if r := c.roots[code[:n]]; r != "" {
			return r
		}
	}
	return ""
}

// code returns all that the codebooks say of a CAMEO code.
func (c *codes) code(code codebook.CAMEO) (codebook.Code, bool) {
	out := codebook.Code{PLOVER: c.root(code), CAMEO: code}
	for n := len(code); n >= 2; n-- {
		if w, ok := c.weights[code[:n]]; ok {
			out.Goldstein = w
			break
		}
	}
	return out, out.PLOVER != ""
}
