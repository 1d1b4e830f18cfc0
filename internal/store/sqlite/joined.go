package sqlite

import (
	"context"
	"iter"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/text"
)

// tellingsOf is an SQL expression: what articles tell of a joined entry, as JSON
// rows [row, published, state, article, start, end, stage, rule, version], one
// for each piece of evidence. from gives the tellings s.
func tellingsOf(kind, from string) string {
	return `(SELECT json_group_array(json_array(s.n, s.published, s.state, x.id, e.start, e.end, k.stage, k.rule, k.version)
		ORDER BY s.published, x.id, s.seq, e.seq) FROM ` + from + ` JOIN articles x ON x.n = s.article
		JOIN evidence e ON e.article = s.article AND e.kind = ` + kind + ` AND e.entry = s.n JOIN makers k ON k.n = e.maker)`
}

// A tellingRow is what tellingsOf gives.
type tellingRow struct {
	row                       int64
	published, state, article string
	proof                     record.Evidence
}

func scanTellings(rows string) ([]tellingRow, error) {
	var read [][9]any
	if err := fromJSON(rows, &read); err != nil {
		return nil, err
	}
	out := make([]tellingRow, len(read))
	for i, r := range read {
		out[i] = tellingRow{row: int64(number(r[0])), published: words(r[1]), state: words(r[2]), article: words(r[3]), proof: record.Evidence{
			Article: words(r[3]), Span: text.Span{Start: number(r[4]), End: number(r[5])}, Stage: words(r[6]), Rule: words(r[7]), Version: words(r[8]),
		}}
	}
	return out, nil
}

// number and words read a value of a JSON row, zero when it is of another kind.
func number(v any) int {
	f, _ := v.(float64)
	return int(f)
}

func words(v any) string {
	s, _ := v.(string)
	return s
}

// gathered returns the articles, in the order of the tellings, each once, and all
// evidence.
func gathered(rows []tellingRow) (articles []string, proofs []record.Evidence) {
	seen := map[string]bool{}
	for _, r := range rows {
		if !seen[r.article] {
			seen[r.article] = true
			articles = append(articles, r.article)
		}
		proofs = append(proofs, r.proof)
	}
	return articles, proofs
}

var meetingQuery = `SELECT m.id, t.id, m.name, m.date, m.until, m.place, m.format, m.state, m.confidence, m.likely, m.decision,
	(SELECT json_group_array(coalesce(nullif(r.name, ''), j.value ->> 1) ORDER BY j.key) FROM json_each(m.parties) j
		LEFT JOIN actors a ON a.n = j.value ->> 0 LEFT JOIN actors r ON r.n = a.root), ` +
	tellingsOf("6", "meetings g JOIN meeting_seen s ON g.root = m.n AND s.meeting = g.n") + `
	FROM meetings m LEFT JOIN talks t ON t.n = m.talks`

func scanMeeting(scan func(...any) error) (record.Meeting, error) {
	var m record.Meeting
	var parties, tellings string
	err := scan(&m.ID, &m.Talks, &m.Name, &m.Date, &m.Until, &m.Place, &m.Format, &m.State, &m.Value, &m.Likely, &m.Decision, &parties, &tellings)
	if err != nil {
		return m, err
	}
	if err := fromJSON(parties, &m.Participants); err != nil {
		return m, err
	}
	rows, err := scanTellings(tellings)
	if err != nil {
		return m, err
	}
	m.Articles, m.Evidence = gathered(rows)
	for i, r := range rows {
		if i == 0 || rows[i-1].row != r.row {
			m.History = append(m.History, record.Step{Date: known(r.published), State: r.state, Article: r.article, Evidence: r.proof})
		}
	}
	return m, nil
}

// Meetings lists meetings by day, then ID.
func (db *DB) Meetings(ctx context.Context, f store.Filter) iter.Seq2[record.Meeting, error] {
	return list(ctx, db, "meetings", func() (*query, error) {
		q := &query{from: meetingQuery, order: "m.date" + newest(f) + ", m.id"}
		q.and("m.root = m.n")
		if f.ID != "" {
			q.and("m.id = ?", f.ID)
		}
		q.tellingIn("m.n IN (SELECT g.root FROM meeting_seen s JOIN meetings g ON g.n = s.meeting JOIN articles a ON a.n = s.article WHERE ", f)
		q.joinedEntry("m", f)
		q.words("m.name || ' ' || ifnull(m.place, '')", f.Search)
		if f.Party != "" {
			rows, err := db.actorsNamed(ctx, f.Party)
			if err != nil {
				return nil, err
			}
			q.and("EXISTS (SELECT 1 FROM json_each(m.parties) j WHERE j.value ->> 0 IN (SELECT value FROM json_each(?)) OR j.value ->> 1 = ? COLLATE NOCASE)", orList(rows), f.Party)
		}
		q.page(f)
		return q, nil
	}, scanMeeting)
}

// joinedEntry narrows meetings or documents x by what both have.
func (q *query) joinedEntry(x string, f store.Filter) {
	q.talksIs(x+".talks", f)
	if f.State != "" {
		q.and(x+".state = ?", f.State)
	}
	q.days(x+".date", f)
	q.judged(x, f)
}

// tellingIn narrows to entries of which some article tells: the condition opens
// a subquery over tellings s and articles a.
func (q *query) tellingIn(condition string, f store.Filter) {
	if f.Article != "" {
		q.and(condition+"a.id = ?)", f.Article)
	}
	if f.Outlet != "" {
		q.and(condition+"a.folded = ?)", fold(f.Outlet))
	}
}

var documentQuery = `SELECT d.id, t.id, d.kind, d.name, d.by_name, d.to_names, d.state, d.date, d.confidence, d.likely, d.decision, ` +
	tellingsOf("7", "(SELECT 1) one JOIN document_seen s ON s.document = d.n") + `
	FROM documents d LEFT JOIN talks t ON t.n = d.talks`

func scanDocument(scan func(...any) error) (record.Document, error) {
	var d record.Document
	var to, tellings string
	err := scan(&d.ID, &d.Talks, &d.Kind, &d.Name, &d.By, &to, &d.State, &d.Date, &d.Value, &d.Likely, &d.Decision, &tellings)
	if err != nil {
		return d, err
	}
	if err := fromJSON(to, &d.To); err != nil {
		return d, err
	}
	rows, err := scanTellings(tellings)
	d.Articles, d.Evidence = gathered(rows)
	return d, err
}

// Documents lists documents by day, then ID.
func (db *DB) Documents(ctx context.Context, f store.Filter) iter.Seq2[record.Document, error] {
	return list(ctx, db, "documents", func() (*query, error) {
		q := &query{from: documentQuery, order: "d.date" + newest(f) + ", d.id"}
		q.and("d.into_n IS NULL AND d.seen > 0")
		if f.ID != "" {
			q.and("d.id = ?", f.ID)
		}
		q.tellingIn("d.n IN (SELECT s.document FROM document_seen s JOIN articles a ON a.n = s.article WHERE ", f)
		q.joinedEntry("d", f)
		q.words("d.name || ' ' || d.kind", f.Search)
		if f.Party != "" {
			rows, err := db.actorsNamed(ctx, f.Party)
			if err != nil {
				return nil, err
			}
			q.and(`(instr(d.folded, char(10) || ? || char(10)) > 0 OR EXISTS (SELECT 1 FROM actor_names x
				WHERE x.actor IN (SELECT value FROM json_each(?)) AND instr(d.folded, char(10) || x.folded || char(10)) > 0))`, fold(f.Party), orList(rows))
		}
		q.page(f)
		return q, nil
	}, scanDocument)
}
