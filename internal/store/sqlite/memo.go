package sqlite

import (
	"os"
	"sync"
	"time"
)

// A memo keeps sums over many entries, which a desk asks for with every page, as
// long as nobody writes to the record.
type memo struct {
	mu      sync.Mutex
	answers map[string]*answer
}

type answer struct {
	mu    sync.Mutex // held while it is found out: others who ask the same wait
	at    moment
	until time.Time // may be given although another process has written
	value any
}

// A moment is a state of the record: how often this process wrote, and what its
// files were like, by which the writing of other processes is seen.
type moment struct {
	writes    int64
	log, file stamp
}

type stamp struct {
	size    int64
	changed time.Time
}

// mostAnswers bounds what is kept.
const mostAnswers = 256

// patience is how many times as long as it took to find out an answer is given while
// another process writes: a read writes all the time, and sums over a large record
// would be all that is done.
const patience = 10

func (db *DB) moment() moment {
	at := moment{writes: 1 + db.writes.Load()}
	for path, into := range map[string]*stamp{db.path: &at.file, db.path + "-wal": &at.log} {
		if info, err := os.Stat(path); err == nil {
			*into = stamp{info.Size(), info.ModTime()}
		}
	}
	return at
}

// recall returns the answer to a question, found out when it is not known or the
// record has changed since (see patience). Who gets it must not change it.
func recall[T any](db *DB, question string, find func() (T, error)) (T, error) {
	a := db.memo.answer(question)
	a.mu.Lock()
	defer a.mu.Unlock()
	now, begun := db.moment(), time.Now()
	if v, ok := a.value.(T); ok && (a.at == now || a.at.writes == now.writes && begun.Before(a.until)) {
		return v, nil
	}
	v, err := find()
	if err == nil {
		took := time.Since(begun)
		a.value, a.at, a.until = v, now, begun.Add((1+patience)*took)
	}
	return v, err
}

func (m *memo) answer(question string) *answer {
	m.mu.Lock()
	defer m.mu.Unlock()
	a := m.answers[question]
	if a == nil {
		if len(m.answers) >= mostAnswers {
			clear(m.answers)
		}
		a = &answer{}
		m.answers[question] = a
	}
	return a
}
