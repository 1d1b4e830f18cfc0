package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"rapporteur/internal/export"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/text"
)

type reviewCommand struct {
	database
	author
	Kind   string `enum:",position,statement,meeting,document" default:"" placeholder:"KIND" help:"position, statement, meeting or document."`
	Talks  string `placeholder:"ID" help:"One negotiation, as \"rapporteur talks\" lists it."`
	Limit  int    `default:"10" placeholder:"N" help:"At most so many entries (default: ${default})."`
	Format string `enum:"text,jsonl" default:"text" placeholder:"FORM" help:"text or jsonl (default: text)."`
	Ask    bool   `help:"Show one entry after the other and ask what you say of it."`
}

// Help shows how the command is used.
func (*reviewCommand) Help() string {
	return `What nobody has judged yet, the least certain first, with the words that it was read from.

Examples:

    rapporteur review
    rapporteur review --kind position --talks t0123456789ab --ask
    rapporteur confirm p0123456789ab
    rapporteur reject p9876543210fe`
}

// A reviewed entry is what a person judges.
type reviewed struct {
	store.Unjudged
	Says   string `json:"says"`
	Words  string `json:"words"`
	Outlet string `json:"outlet"`
	Date   string `json:"date"`
	From   string `json:"article"`
}

// Run lists what is to be judged, or asks for it entry by entry.
func (r *reviewCommand) Run(c *console) error {
	if r.Limit < 1 {
		return misuse{"--limit must be 1 or more"}
	}
	s, err := r.openOld(c.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	var kinds []string
	if r.Kind != "" {
		kinds = []string{r.Kind}
	}
	var list []reviewed
	for u, err := range s.Unjudged(c.ctx, store.Filter{Talks: r.Talks, Limit: r.Limit}, kinds...) {
		if err != nil {
			return err
		}
		entry, err := toReview(c.ctx, s, u)
		if err != nil {
			return err
		}
		list = append(list, entry)
	}
	if r.Ask {
		return c.askReview(s, r.name(), list)
	}
	for _, entry := range list {
		if r.Format == "jsonl" {
			if err := export.Line(c.stdout, entry); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintln(c.stdout, entry)
	}
	switch {
	case r.Format == "jsonl":
	case len(list) == 0:
		fmt.Fprintln(c.stderr, "nothing is left to judge")
	default:
		fmt.Fprintln(c.stderr, "rapporteur confirm ID, reject ID, correct ID field=value; --ask goes through them one by one")
	}
	return nil
}

// String writes an entry as three lines.
func (r reviewed) String() string {
	how := "not weighed"
	if r.Value > 0 {
		how = fmt.Sprintf("%.0f %% certain", 100*r.Value)
	}
	if r.Likely {
		how += ", likely"
	}
	return fmt.Sprintf("%s  %s, %s\n  %s\n  %s, %s: %s\n", r.ID, r.Kind, how, r.Says, r.Outlet, r.Date, r.Words)
}

// toReview takes an entry and the words that prove it from the record.
func toReview(ctx context.Context, s store.Reader, u store.Unjudged) (reviewed, error) {
	out := reviewed{Unjudged: u}
	f := store.Filter{ID: u.ID, Limit: 1}
	var evidence []record.Evidence
	var err error
	switch u.Kind {
	case store.PositionEntry:
		err = firstOf(s.Positions(ctx, f), func(p record.Position) { out.Says, evidence = positionSays(p), p.Evidence })
	case store.StatementEntry:
		err = firstOf(s.Statements(ctx, f), func(x record.Statement) { out.Says, evidence = statementSays(x), wholeOf(x) })
	case store.MeetingEntry:
		err = firstOf(s.Meetings(ctx, f), func(m record.Meeting) {
			out.Says = strings.Join([]string{m.Name, m.State, orDash(m.Date), orDash(m.Place), strings.Join(m.Participants, ", ")}, " · ")
			evidence = m.Evidence
		})
	case store.DocumentEntry:
		err = firstOf(s.Documents(ctx, f), func(d record.Document) {
			out.Says, evidence = strings.Join([]string{d.Name, d.Kind, "from " + orDash(d.By), d.State}, " · "), d.Evidence
		})
	}
	if err != nil || len(evidence) == 0 {
		return out, err
	}
	a, err := s.Article(ctx, evidence[0].Article)
	if err != nil {
		return out, err
	}
	out.From, out.Outlet, out.Date = a.ID, a.Outlet, orDash(a.Published)
	if span := evidence[0].Span; span.End <= len(a.Text) {
		out.Words = strings.Join(strings.Fields(span.In(a.Text)), " ")
	}
	return out, nil
}

func firstOf[T any](list iter.Seq2[T, error], take func(T)) error {
	for x, err := range list {
		if err == nil {
			take(x)
		}
		return err
	}
	return nil
}

func positionSays(p record.Position) string {
	stance := p.Stance
	if p.Denied {
		stance = "denied: " + stance
	}
	voice := "as told by " + p.AssertedBy
	switch {
	case p.AssertedBy == "article":
		voice = "as reported"
	case p.Own:
		voice = "own word, by " + p.AssertedBy
	}
	return fmt.Sprintf("%s %s: %s (%s)", p.Party, stance, p.Point.Label, voice)
}

func statementSays(s record.Statement) string {
	out := orDash(s.Speaker)
	if s.For != nil && *s.For != out {
		out += ", for " + *s.For
	}
	return out + ": " + strings.Join(s.Content, " … ")
}

// wholeOf is the stretch from a statement's first to its last word, speaker and
// cue included.
func wholeOf(s record.Statement) []record.Evidence {
	spans := slices.Clone(s.Pieces)
	for _, more := range []*text.Span{s.SourceSpan, s.CueSpan} {
		if more != nil {
			spans = append(spans, *more)
		}
	}
	if len(spans) == 0 {
		return s.Evidence
	}
	whole := spans[0]
	for _, span := range spans[1:] {
		whole = whole.Cover(span)
	}
	return []record.Evidence{{Article: s.Article, Span: whole}}
}

const asked = "[c]onfirm, [x] reject, [s]kip, [u]ndo the last, [q]uit: "

// askReview goes through entries one by one; each answer is a line.
func (c *console) askReview(s store.Store, author string, list []reviewed) error {
	answers := bufio.NewScanner(c.stdin)
	for i := 0; i < len(list); {
		fmt.Fprintf(c.stdout, "%s%s", list[i], asked)
		if !answers.Scan() {
			fmt.Fprintln(c.stdout)
			return answers.Err()
		}
		var err error
		switch strings.ToLower(strings.TrimSpace(answers.Text())) {
		case "c":
			err = c.judge(s, author, store.Confirm, list[i])
			i++
		case "x":
			err = c.judge(s, author, store.Reject, list[i])
			i++
		case "s", "":
			i++
		case "u":
			i = c.takeBack(s, author, list, i)
		case "q":
			return nil
		default:
			fmt.Fprintln(c.stdout, "one of c, x, s, u and q")
		}
		if err != nil {
			return err
		}
		fmt.Fprintln(c.stdout)
	}
	fmt.Fprintln(c.stdout, "nothing is left of these")
	return nil
}

func (c *console) judge(s store.Store, author, act string, entry reviewed) error {
	_, err := s.Decide(c.ctx, record.Decision{Author: author, Act: act, Target: entry.Kind, EntryID: entry.ID})
	if err == nil {
		fmt.Fprintf(c.stdout, "%s %s by %s\n", entry.ID, pastOf(act), author)
	}
	return err
}

// takeBack undoes the author's last decision and returns where the review goes
// on: at the entry that it was about, if that is among these.
func (c *console) takeBack(s store.Store, author string, list []reviewed, at int) int {
	taken, err := s.Undo(c.ctx, author)
	switch {
	case errors.Is(err, record.ErrNotFound):
		fmt.Fprintln(c.stdout, "there is no decision to take back")
		return at
	case err != nil:
		fmt.Fprintln(c.stdout, err)
		return at
	}
	fmt.Fprintf(c.stdout, "taken back: %s %s was %s\n", taken.Target, taken.EntryID, pastOf(taken.Act))
	if i := slices.IndexFunc(list, func(r reviewed) bool { return r.ID == taken.EntryID }); i >= 0 {
		return i
	}
	return at
}
