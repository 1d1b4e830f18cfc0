package store

import "context"

// A Checker proves a record.
type Checker interface {
	// Check looks for everything that must never be wrong, one part of the record
	// after the other, and tells of each as soon as it is done. It looks at the
	// record as it was when it began, whatever is written meanwhile. Its error says
	// that it could not look, not that something is wrong.
	Check(ctx context.Context, tell func(Checked)) error
}

// Checked is what a check of one part found.
type Checked struct {
	Part   string   `json:"part"`
	Seen   int      `json:"seen"` // how many things were looked at
	Faults []string `json:"faults"`
	More   int      `json:"more"` // faults beyond those
}

// Wrong reports whether the part has faults.
func (c Checked) Wrong() bool { return len(c.Faults) > 0 }

// mostFaults is how many faults of a part are written out.
const mostFaults = 10

// Add notes a fault.
func (c *Checked) Add(fault string) {
	if len(c.Faults) < mostFaults {
		c.Faults = append(c.Faults, fault)
		return
	}
	c.More++
}
