// Command confidence proposes positions for people's records, for learn.py, which
// learns from them how likely each is right and writes data/position_model.tsv.
//
// In: the records of ../shared/gold/train, with --measure those of ../shared/gold/dev
// too. Out: a line of JSON a record on standard output: the stretches of words that
// may be positions and their possible holders, each with its features, the vectors of
// the tokens, and which of people's positions each pair is. What always holds: the
// same records give the same lines.
package main

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"math"
	"os"
	"strings"

	"rapporteur/data"
	"rapporteur/internal/document"
	"rapporteur/internal/lexicon"
	"rapporteur/internal/position"
	"rapporteur/internal/text"
	"rapporteur/internal/weights"
	"rapporteur/tools/gold"
)

// A line is one record as learn.py reads it.
type line struct {
	ID        string     `json:"id"`
	Folder    string     `json:"folder"`
	Weights   string     `json:"weights"` // digest of the engine's weights
	Gold      []want     `json:"gold"`
	Stretches []words    `json:"stretches"`
	Pairs     []proposal `json:"pairs"`
	Vectors   string     `json:"vectors"` // float32, little-endian, in base64
}

// want is one of people's positions.
type want struct {
	Stance string `json:"stance"`
	Own    bool   `json:"own"`
}

// words are a stretch: bytes, and tokens as first, end, head and governor.
type words struct {
	Span     [2]int   `json:"span"`
	Tokens   [4]int   `json:"tokens"`
	Features []string `json:"features"`
}

// A proposal is a pair with the people's positions that it is, whatever the stance.
type proposal struct {
	Stretch  int      `json:"stretch"`
	Holder   int      `json:"holder"`
	Sides    []int    `json:"sides"` // the parties that the holder stands for
	Features []string `json:"features"`
	Right    []hit    `json:"right"`
}

// A hit is one of people's positions with how much of the words is the same; Here
// tells that they stand in the same place, not only that the same words do.
type hit struct {
	Gold int     `json:"gold"`
	Same float64 `json:"same"`
	Here bool    `json:"here"`
}

func main() {
	measure := flag.Bool("measure", false, "propose for the records of gold/dev too, which nothing learns from")
	flag.Parse()
	folders := []string{"train"}
	if *measure {
		folders = append(folders, "dev")
	}
	out := bufio.NewWriter(os.Stdout)
	if err := propose(json.NewEncoder(out), folders); err != nil {
		log.Fatal(err)
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}

func propose(out *json.Encoder, folders []string) error {
	lex, err := lexicon.Open(data.Files)
	if err != nil {
		return err
	}
	stages, err := gold.NewStages(lex)
	if err != nil {
		return err
	}
	file, err := weights.Embedded()
	if err != nil {
		return err
	}
	s, err := position.New(lex)
	if err != nil {
		return err
	}
	for _, folder := range folders {
		records, err := gold.Load(gold.Folder(folder))
		if err != nil {
			return err
		}
		for i := range records {
			l, err := read(stages, s, &records[i])
			if err != nil {
				return fmt.Errorf("propose for %s: %w", records[i].ID, err)
			}
			l.Folder, l.Weights = folder, file.Digest
			if err := out.Encode(l); err != nil {
				return err
			}
		}
	}
	return nil
}

func read(stages *gold.Stages, s *position.Stage, r *gold.Record) (*line, error) {
	d, err := stages.Document(r, false)
	if err != nil {
		return nil, err
	}
	stretches, pairs, err := s.Propose(context.Background(), d)
	if err != nil {
		return nil, err
	}
	l := &line{ID: r.ID, Vectors: packed(d.Vectors)}
	for _, g := range r.Positions {
		l.Gold = append(l.Gold, want{g.Stance, g.Own})
	}
	same := make([][]hit, len(stretches))
	places := placed(r)
	for i := range stretches {
		st := &stretches[i]
		first, end, head := st.Tokens()
		l.Stretches = append(l.Stretches, words{
			Span: [2]int{st.Words.Start, st.Words.End}, Tokens: [4]int{first, end, head, int(d.Tokens[head].Head)}, Features: written(st.Features),
		})
		same[i] = hits(d.In(st.Words), st.Words, r, places)
	}
	for i := range pairs {
		p := proposal{Stretch: pairs[i].Stretch, Holder: int(pairs[i].Holder), Sides: sides(d, pairs[i].Holder), Features: written(pairs[i].Features), Right: []hit{}}
		for _, h := range same[pairs[i].Stretch] {
			if gold.SameName(r.Positions[h.Gold].Holder, d.Actors[pairs[i].Holder].Name) {
				p.Right = append(p.Right, h)
			}
		}
		l.Pairs = append(l.Pairs, p)
	}
	return l, nil
}

// hits returns the people's positions, not those that deny, whose words are mostly the
// same.
func hits(in string, at text.Span, r *gold.Record, places []text.Span) []hit {
	var out []hit
	for k, g := range r.Positions {
		same := max(gold.TokenF1(g.Mention, in), gold.TokenF1(g.Point, in))
		if same >= 0.5 && !g.Denied {
			out = append(out, hit{k, math.Round(1000*same) / 1000, places[k].Overlaps(at)})
		}
	}
	return out
}

// placed finds the mention of each of people's positions within its evidence.
func placed(r *gold.Record) []text.Span {
	var out []text.Span
	for _, g := range r.Positions {
		from := max(0, strings.Index(r.Text, g.Evidence))
		at := strings.Index(r.Text[from:], g.Mention)
		if at < 0 {
			from, at = 0, strings.Index(r.Text, g.Mention)
		}
		if at < 0 {
			out = append(out, text.Span{})
			continue
		}
		out = append(out, text.Span{Start: from + at, End: from + at + len(g.Mention)})
	}
	return out
}

func sides(d *document.Doc, a document.ActorID) []int {
	out := []int{}
	for _, p := range d.Parties(a) {
		out = append(out, int(p))
	}
	return out
}

func written(features []position.Feature) []string {
	out := make([]string, len(features))
	for i, f := range features {
		out[i] = f.String()
	}
	return out
}

func packed(vectors []float32) string {
	raw := make([]byte, 4*len(vectors))
	for i, v := range vectors {
		binary.LittleEndian.PutUint32(raw[4*i:], math.Float32bits(v))
	}
	return base64.StdEncoding.EncodeToString(raw)
}
