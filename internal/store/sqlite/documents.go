package sqlite

import (
	"strconv"

	"rapporteur/internal/record"
)

func (w *writer) documentRow(key string) (int64, error) {
	var n int64
	if there, err := w.one("SELECT n FROM documents WHERE key = ?", args(key), &n); err != nil || there {
		return n, err
	}
	id := record.Digest("d", key)
	n, err := w.insert("INSERT INTO documents(key, id, kind, name, to_names, state, folded, confidence, likely) VALUES (?,?,'','','[]','','',0,0)", key, id)
	if err != nil {
		return 0, err
	}
	w.touched.documents[n] = true
	return n, w.pointInto("documents", "document", n, id)
}

func (w *writer) putDocuments(p *placing) error {
	for seq := range p.r.Documents {
		if err := w.putDocument(p, seq, &p.r.Documents[seq], false); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) putDocument(p *placing, seq int, d *record.DocumentSeen, kept bool) error {
	own, err := w.documentRow(d.Key)
	if err != nil {
		return err
	}
	joined, err := w.standing("documents", own)
	if err != nil {
		return err
	}
	seen, talks, _ := p.seat(d.Talks)
	n, err := w.insert(`INSERT INTO document_seen(id, article, seq, published, talks_seen, talks, key_document, document, kind, name, by_name, to_names,
		state, date, confidence, likely, kept) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		d.ID, p.article, seq, p.published, seen, talks, own, joined, d.Kind, d.Name, word(d.By), jsonText(listOf(d.To)),
		d.State, word(d.Date), d.Value, d.Likely, kept)
	if err != nil {
		return err
	}
	if err := w.putEvidence(p.article, kindDocument, n, d.Evidence); err != nil {
		return err
	}
	return w.countDocument(n, joined, 1)
}

// listOf returns list, or an empty one in place of nil.
func listOf(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// countDocument adds or takes away one telling of a document.
func (w *writer) countDocument(row, document int64, by int) error {
	w.touched.documents[document] = true
	if err := w.exec("UPDATE documents SET seen = seen + ? WHERE n = ?", by, document); err != nil {
		return err
	}
	var kind, name, by_, to, date string
	var talks int64
	if _, err := w.one("SELECT kind, name, ifnull(by_name,''), to_names, ifnull(date,''), ifnull(talks,0) FROM document_seen WHERE n = ?",
		args(row), &kind, &name, &by_, &to, &date, &talks); err != nil {
		return err
	}
	traits := []trait{{"kind", kind}, {"name", name}, {"by", by_}, {"date", date}}
	if talks != 0 {
		traits = append(traits, trait{"talks", strconv.FormatInt(talks, 10)})
	}
	var names []string
	if err := fromJSON(to, &names); err != nil {
		return err
	}
	for _, one := range names {
		traits = append(traits, trait{"to", one})
	}
	return w.count(kindDocument, document, traits, by)
}

func (w *writer) dropDocuments(article int64) error {
	type seen struct{ row, own, document int64 }
	var rows []seen
	err := w.each("SELECT n, key_document, document FROM document_seen WHERE article = ?", args(article), func(scan func(...any) error) error {
		var s seen
		err := scan(&s.row, &s.own, &s.document)
		rows = append(rows, s)
		return err
	})
	if err != nil {
		return err
	}
	for _, s := range rows {
		w.touched.documents[s.own] = true
		if err := w.countDocument(s.row, s.document, -1); err != nil {
			return err
		}
	}
	return w.exec("DELETE FROM document_seen WHERE article = ?", article)
}

// refreshDocuments brings the touched documents up to date: what most articles
// say, with the state of the latest.
func (w *writer) refreshDocuments() error {
	for _, n := range sorted(w.touched.documents) {
		var fix string
		there, err := w.one("SELECT ifnull(fix,'') FROM documents WHERE n = ?", args(n), &fix)
		if err != nil {
			return err
		}
		if !there {
			continue
		}
		d, talks, err := w.joinedDocument(n)
		if err != nil {
			return err
		}
		if err := fromJSON(fix, &d); err != nil {
			return err
		}
		folded := "\n" + fold(orEmpty(d.By)) + "\n"
		for _, one := range d.To {
			folded += fold(one) + "\n"
		}
		err = w.exec(`UPDATE documents SET talks = ?, kind = ?, name = ?, by_name = ?, to_names = ?, state = ?, date = ?, folded = ?, confidence = ?, likely = ? WHERE n = ?`,
			talks, d.Kind, d.Name, word(d.By), jsonText(listOf(d.To)), d.State, word(d.Date), folded, d.Value, d.Likely, n)
		if err != nil {
			return err
		}
		err = w.exec(`DELETE FROM documents WHERE n = ?1 AND seen = 0
			AND NOT EXISTS (SELECT 1 FROM documents o WHERE o.into_n = ?1)
			AND NOT EXISTS (SELECT 1 FROM document_seen s WHERE s.key_document = ?1)
			AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.target = 'document' AND d.entry = documents.id AND d.undone_at = '')
			AND NOT EXISTS (SELECT 1 FROM merges g WHERE g.target = 'document' AND g.to_id = documents.id)`, n)
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) joinedDocument(n int64) (record.Document, any, error) {
	var d record.Document
	var by, date, talks string
	for _, t := range []struct {
		trait string
		into  *string
	}{{"kind", &d.Kind}, {"name", &d.Name}, {"by", &by}, {"date", &date}} {
		var err error
		if *t.into, err = w.best(kindDocument, n, t.trait, false); err != nil {
			return d, nil, err
		}
	}
	d.By, d.Date = known(by), known(date)
	err := w.each("SELECT value FROM traits WHERE kind = 7 AND entry = ? AND trait = 'to' ORDER BY uses DESC, value", args(n), func(scan func(...any) error) error {
		var to string
		err := scan(&to)
		d.To = append(d.To, to)
		return err
	})
	if err != nil {
		return d, nil, err
	}
	_, err = w.one("SELECT state FROM document_seen WHERE document = ? AND state <> '' ORDER BY published DESC, state LIMIT 1", args(n), &d.State)
	if err != nil {
		return d, nil, err
	}
	_, err = w.one("SELECT ifnull((SELECT max(confidence) FROM document_seen WHERE document = ?1), 0), NOT EXISTS (SELECT 1 FROM document_seen WHERE document = ?1 AND likely = 0)", args(n), &d.Value, &d.Likely)
	if err != nil {
		return d, nil, err
	}
	there, err := w.one(`SELECT x.value FROM traits x JOIN talks t ON t.n = CAST(x.value AS INTEGER) WHERE x.kind = 7 AND x.entry = ? AND x.trait = 'talks'
		ORDER BY x.uses DESC, t.id LIMIT 1`, args(n), &talks)
	if err != nil || !there {
		return d, nil, err
	}
	row, err := strconv.ParseInt(talks, 10, 64)
	return d, row, err
}
