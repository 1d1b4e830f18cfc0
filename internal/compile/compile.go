// Package compile turns an annotated document into a reading: record entries with
// IDs and evidence.
//
// In: a document with all layers. Out: a record.Reading. What always holds: no
// entry without evidence; IDs come from what an entry says and where, so that
// reading the same article again with the same rules gives the same reading.
package compile

import (
	"fmt"

	"rapporteur/internal/document"
	"rapporteur/internal/record"
)

// Reading compiles what d holds. The reader names the versions of rules and
// weights that read it.
func Reading(d *document.Doc, reader string) (*record.Reading, error) {
	if d.Article == nil {
		return nil, fmt.Errorf("compile: a document without article: %w", record.ErrInvalid)
	}
	return &record.Reading{Article: record.Article{ID: d.Article.ID, Reader: reader}}, nil
}
