package lexicon

import "rapporteur/internal/codebook"

// MoveCodes returns the PLOVER and CAMEO code of each kind of move, from the table
// "codebook/moves".
func MoveCodes(lex *Lexicon) (map[string]codebook.Code, error) {
	table, err := lex.Table("codebook/moves")
	if err != nil {
		return nil, err
	}
	out := map[string]codebook.Code{}
	for _, row := range table.Rows {
		code, err := codebook.ParseCode(row.Get("plover"), row.Get("cameo"), row.Get("goldstein"))
		if err != nil {
			return nil, row.Errorf("%v", err)
		}
		out[row.Get("move")] = code
	}
	return out, nil
}
