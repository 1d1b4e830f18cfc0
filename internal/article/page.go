package article

// A Page is what a harvester hands on: the bytes of one article before anybody
// looked inside, or the refusal of a source that could not be read.
type Page struct {
	Path    string // as the user named it, or path inside the walked folder; "-" is standard input
	Line    int    // from 1 for lines of JSON Lines, else 0
	Type    Type
	Bytes   []byte // decompressed
	Sidecar []byte // the NAME.meta.json beside it, nil when there is none
	Refusal *Refusal
}

// Type is the format of a page.
type Type string

// The formats that this version reads.
const (
	Plain       Type = "txt" // also .md
	HTML        Type = "html"
	JSONLine    Type = "jsonl"
	UnknownType Type = ""
)
