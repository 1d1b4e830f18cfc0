package extract

import (
	"strconv"
	"strings"
	"time"

	"rapporteur/internal/extract/pagedate"
	"rapporteur/internal/lexicon"
)

// tables are the word lists of data/pages, ready for use.
type tables struct {
	exact     map[string]string // line → kind of furniture
	prefixes  []phrase
	suffixes  []phrase
	infixes   []phrase
	languages map[string]string // name in lower case → code
	agencies  map[string]bool
	dates     *pagedate.Reader
	orders    map[string]pagedate.Order // of day and month, by kind and name of a territory, language or domain
	signs     []sign
}

// A phrase begins or ends lines of one kind.
type phrase struct{ words, kind string }

// The kinds of furniture.
const (
	button  = "button"
	section = "section"
	stamp   = "stamp"
	byline  = "byline"
	caption = "caption"
	notice  = "notice" // what a feed or a letter says of itself
)

func readTables(lex *lexicon.Lexicon) (*tables, error) {
	t := &tables{exact: map[string]string{}, languages: map[string]string{}, agencies: map[string]bool{}, orders: map[string]pagedate.Order{}}
	months, weekdays := map[string]time.Month{}, map[string]bool{}
	for name, take := range map[string]func(lexicon.Row) error{
		"pages/furniture": t.furniture,
		"pages/shapes":    t.sign,
		"pages/languages": func(r lexicon.Row) error {
			t.languages[strings.ToLower(r.Get("name"))] = r.Get("code")
			return nil
		},
		"pages/agencies": func(r lexicon.Row) error {
			t.agencies[r.Get("name")] = true
			return nil
		},
		"pages/dateorder": func(r lexicon.Row) error {
			order, known := map[string]pagedate.Order{"day": pagedate.DayFirst, "month": pagedate.MonthFirst}[r.Get("order")]
			if !known {
				return r.Errorf("order %q: want day or month", r.Get("order"))
			}
			t.orders[r.Get("kind")+" "+r.Get("name")] = order
			return nil
		},
		"pages/weekdays": func(r lexicon.Row) error {
			weekdays[r.Get("word")] = true
			return nil
		},
		"pages/months": func(r lexicon.Row) error {
			n, err := strconv.Atoi(r.Get("month"))
			if err != nil || n < 1 || n > 12 {
				return r.Errorf("month %q: want 1 to 12", r.Get("month"))
			}
			months[r.Get("word")] = time.Month(n)
			return nil
		},
	} {
		table, err := lex.Table(name)
		if err != nil {
			return nil, err
		}
		for _, row := range table.Rows {
			if err := take(row); err != nil {
				return nil, err
			}
		}
	}
	t.dates = pagedate.New(months, weekdays)
	return t, nil
}

func (t *tables) furniture(r lexicon.Row) error {
	kind, words := r.Get("kind"), r.Get("words")
	switch kind {
	case button, section, stamp, byline, caption, notice:
	default:
		return r.Errorf("kind %q of furniture is not known", kind)
	}
	switch r.Get("match") {
	case "exact":
		t.exact[words] = kind
	case "prefix":
		t.prefixes = append(t.prefixes, phrase{words, kind})
	case "suffix":
		t.suffixes = append(t.suffixes, phrase{words, kind})
	case "infix":
		t.infixes = append(t.infixes, phrase{words, kind})
	default:
		return r.Errorf("match %q: want exact, prefix, suffix or infix", r.Get("match"))
	}
	return nil
}
