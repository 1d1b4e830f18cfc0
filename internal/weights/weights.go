// Package weights reads the file of trained parameters.
//
// In: the bytes of a weights file (docs/formats/weights.md). Out: its header and
// tensors by name. What always holds: tensors point into the bytes as given, which
// nobody may change; a file of another version, a broken or a cut one is an error
// that says so; float32 tensors are little-endian.
package weights

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"unsafe"
)

// Version is the version of the format that this program reads.
const Version = 1

const (
	magic     = "rapwts\r\n"
	prefix    = len(magic) + 8 // magic, version, length of the header
	alignment = 64
)

// ErrVersion means that the file is of another version than this program reads.
var ErrVersion = errors.New("weights of another version")

// A File holds the trained parameters.
type File struct {
	Header
	data    []byte
	tensors map[string]tensor
}

// A Header says what is in a file and how it was made.
type Header struct {
	MadeFrom   string            `json:"made_from"`
	Sets       []string          `json:"sets"`
	Digest     string            `json:"digest"` // SHA-256 of the data, hex
	Encoder    EncoderSize       `json:"encoder"`
	Vocabulary Vocabulary        `json:"vocabulary"`
	Tasks      map[string]Task   `json:"tasks"`
	Quantised  map[string]string `json:"quantisation"`
}

// An EncoderSize gives the measures of the encoder.
type EncoderSize struct {
	Layers int     `json:"layers"`
	Hidden int     `json:"hidden"`
	Heads  int     `json:"heads"`
	Inner  int     `json:"inner"`
	Places int     `json:"places"`
	Shapes int     `json:"shapes"`
	Eps    float32 `json:"eps"`
	Window int     `json:"window"` // pieces of a window in training
}

// A Vocabulary gives the ids of the marks between pieces.
type Vocabulary struct {
	Tensor string `json:"tensor"`
	Count  int    `json:"count"`
	Pad    int32  `json:"pad"`
	Unk    int32  `json:"unk"`
	Cls    int32  `json:"cls"`
	Sep    int32  `json:"sep"`
}

// A Task is one head: its labels in the order of its outputs, and how to decode.
type Task struct {
	Labels  []string `json:"labels"`
	Decode  string   `json:"decode"` // "", "bio", "crf"
	Arc     int      `json:"arc"`
	Rel     int      `json:"rel"`
	Kinds   []string `json:"kinds"`
	Numbers []string `json:"numbers"`
}

type tensor struct {
	Name   string `json:"name"`
	Type   string `json:"type"` // i8, f32, bytes
	Shape  []int  `json:"shape"`
	Offset int    `json:"offset"`
	Bytes  int    `json:"bytes"`
}

// Open reads the header and checks that every tensor lies inside the file.
func Open(file []byte) (*File, error) {
	if len(file) < prefix || !bytes.HasPrefix(file, []byte(magic)) {
		return nil, errors.New("weights: not a weights file")
	}
	version := binary.LittleEndian.Uint32(file[len(magic):])
	if version != Version {
		return nil, fmt.Errorf("weights: version %d, this program reads %d: %w", version, Version, ErrVersion)
	}
	length := int(binary.LittleEndian.Uint32(file[len(magic)+4:]))
	start := prefix + length
	start += (alignment - start%alignment) % alignment
	if length < 0 || start > len(file) {
		return nil, errors.New("weights: the header is cut off")
	}
	f := &File{data: file[start:], tensors: map[string]tensor{}}
	var list struct {
		Header
		Tensors []tensor `json:"tensors"`
	}
	if err := json.Unmarshal(file[prefix:prefix+length], &list); err != nil {
		return nil, fmt.Errorf("weights: header: %w", err)
	}
	f.Header = list.Header
	if sum := sha256.Sum256(f.data); hex.EncodeToString(sum[:]) != f.Digest {
		return nil, errors.New("weights: the data is not what the header's digest says: a broken or a cut file")
	}
	for _, t := range list.Tensors {
		if t.Offset < 0 || t.Bytes < 0 || t.Offset > len(f.data)-t.Bytes || t.elements()*t.width() != t.Bytes {
			return nil, fmt.Errorf("weights: tensor %s is cut off or of a wrong size", t.Name)
		}
		f.tensors[t.Name] = t
	}
	return f, nil
}

func (t tensor) elements() int {
	n := 1
	for _, d := range t.Shape {
		n *= max(d, 0)
	}
	return n
}

func (t tensor) width() int {
	if t.Type == "f32" {
		return 4
	}
	return 1
}

// Has reports whether the file holds a tensor.
func (f *File) Has(name string) bool { _, ok := f.tensors[name]; return ok }

// Shape returns the dimensions of a tensor, nil when there is none.
func (f *File) Shape(name string) []int { return f.tensors[name].Shape }

// Floats returns a float32 tensor.
func (f *File) Floats(name string) ([]float32, error) {
	raw, err := f.raw(name, "f32")
	if err != nil {
		return nil, err
	}
	out := make([]float32, len(raw)/4)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
	}
	return out, nil
}

// Int8s returns an int8 tensor; it is the file's own memory.
func (f *File) Int8s(name string) ([]int8, error) {
	raw, err := f.raw(name, "i8")
	if err != nil {
		return nil, err
	}
	return unsafe.Slice((*int8)(unsafe.Pointer(unsafe.SliceData(raw))), len(raw)), nil
}

// Words returns the vocabulary: the piece of each id.
func (f *File) Words() ([]string, error) {
	raw, err := f.raw(f.Vocabulary.Tensor, "bytes")
	if err != nil {
		return nil, err
	}
	words := strings.Split(string(raw), "\n")
	if len(words) != f.Vocabulary.Count {
		return nil, fmt.Errorf("weights: vocabulary of %d pieces, not %d", len(words), f.Vocabulary.Count)
	}
	return words, nil
}

func (f *File) raw(name, kind string) ([]byte, error) {
	t, ok := f.tensors[name]
	if !ok || t.Type != kind {
		return nil, fmt.Errorf("weights: no tensor %q of type %s", name, kind)
	}
	return f.data[t.Offset : t.Offset+t.Bytes], nil
}
