package sqlite

// A trait is something that one telling says of a joined entry. Counting them
// lets a Put bring an entry up to date without looking at its other tellings.
type trait struct{ name, value string }

// count adds by (1 or -1) to the uses of the traits of an entry.
func (w *writer) count(kind int, entry int64, traits []trait, by int) error {
	for _, t := range traits {
		if t.value == "" {
			continue
		}
		if by > 0 {
			err := w.exec(`INSERT INTO traits(kind, entry, trait, value, uses) VALUES (?,?,?,?,1)
				ON CONFLICT DO UPDATE SET uses = uses + 1`, kind, entry, t.name, t.value)
			if err != nil {
				return err
			}
			continue
		}
		if err := w.exec("UPDATE traits SET uses = uses - 1 WHERE kind = ? AND entry = ? AND trait = ? AND value = ?", kind, entry, t.name, t.value); err != nil {
			return err
		}
		if err := w.exec("DELETE FROM traits WHERE kind = ? AND entry = ? AND trait = ? AND value = ? AND uses <= 0", kind, entry, t.name, t.value); err != nil {
			return err
		}
	}
	return nil
}

// best returns the value of a trait that most tellings use; of those the
// longest, or the shortest, then the first by alphabet. "" when there is none.
func (w *writer) best(kind int, entry int64, name string, shortest bool) (string, error) {
	order := "length(value) DESC"
	if shortest {
		order = "length(value)"
	}
	var value string
	_, err := w.one("SELECT value FROM traits WHERE kind = ? AND entry = ? AND trait = ? ORDER BY uses DESC, "+order+", value LIMIT 1",
		args(kind, entry, name), &value)
	return value, err
}
