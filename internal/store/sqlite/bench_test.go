package sqlite_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"rapporteur/internal/record"
	"rapporteur/internal/store"
	"rapporteur/internal/store/sqlite"
	"rapporteur/internal/store/storetest"
)

// archive makes a record of n articles of some 15 statements, about 20 a day.
func archive(b *testing.B, n int) (*sqlite.DB, string) {
	b.Helper()
	path := filepath.Join(b.TempDir(), "archive.db")
	db, err := sqlite.Open(context.Background(), path, sqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	for seed := 0; seed < n; seed += 1000 { // the seed marks a thousand
		for _, r := range storetest.Generate(uint64(seed), min(n, 1000), max(1, n/perDay), 14) {
			if _, err := db.Put(context.Background(), r); err != nil {
				b.Fatal(err)
			}
		}
	}
	return db, path
}

// percentile reports the 95th percentile of times, as milliseconds.
func percentile(b *testing.B, times []time.Duration) {
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)*95/100].Microseconds())/1000, "p95-ms")
}

func BenchmarkArchive(b *testing.B) {
	for _, n := range []int{1000, 8000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			if n > 1000 && testing.Short() {
				b.Skip("a large archive takes minutes")
			}
			db, path := archive(b, n)
			b.Run("Put", func(b *testing.B) { benchmarkPut(b, db, n) })
			b.Run("Reread", func(b *testing.B) { benchmarkReread(b, db) })
			for _, words := range []string{"protocol", `"long careful"`, "witness -clause", "Lund"} {
				b.Run("Search/"+words, func(b *testing.B) {
					benchmarkList(b, func() int {
						return count(b, db, store.Filter{Search: words, Limit: 50, Newest: true})
					})
				})
			}
			largest := record.Talks{}
			for t, err := range db.Talks(context.Background(), store.Filter{}) {
				if err != nil {
					b.Fatal(err)
				}
				if len(t.Articles) > len(largest.Articles) {
					largest = t
				}
			}
			b.Run("Positions", func(b *testing.B) {
				benchmarkList(b, func() int {
					n := 0
					for _, err := range db.Positions(context.Background(), store.Filter{Talks: largest.ID}) {
						if err != nil {
							b.Fatal(err)
						}
						n++
					}
					return n
				})
			})
			if info, err := os.Stat(path); err == nil {
				b.Logf("%d articles: %d bytes each", n, info.Size()/int64(n))
			}
		})
	}
}

// BenchmarkFamousDay puts articles that all tell of meetings of one day: the cost
// must not grow with how many told of it before.
func BenchmarkFamousDay(b *testing.B) {
	for _, n := range []int{500, 4000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			db := open(b)
			defer db.Close()
			for _, r := range storetest.Generate(1, n, 1, 3) {
				if _, err := db.Put(context.Background(), r); err != nil {
					b.Fatal(err)
				}
			}
			benchmarkPut(b, db, perDay)
		})
	}
}

// perDay is how many articles an archive has a day; one of as many is of one day.
const perDay = 20

func benchmarkPut(b *testing.B, db *sqlite.DB, n int) {
	readings := storetest.Generate(uint64(b.N)<<20, b.N, n/perDay, 14)
	b.ResetTimer()
	for _, r := range readings {
		if _, err := db.Put(context.Background(), r); err != nil {
			b.Fatal(err)
		}
	}
}

func benchmarkReread(b *testing.B, db *sqlite.DB) {
	readings := storetest.Generate(0, 200, 50, 14)
	b.ResetTimer()
	for i := range b.N {
		if _, err := db.Put(context.Background(), readings[i%len(readings)]); err != nil {
			b.Fatal(err)
		}
	}
}

func benchmarkList(b *testing.B, list func() int) {
	times := make([]time.Duration, 0, b.N)
	rows := 0
	for b.Loop() {
		start := time.Now()
		rows = list()
		times = append(times, time.Since(start))
	}
	b.ReportMetric(float64(rows), "rows")
	percentile(b, times)
}

func count(b *testing.B, db *sqlite.DB, f store.Filter) int {
	n := 0
	for _, err := range db.Statements(context.Background(), f) {
		if err != nil {
			b.Fatal(err)
		}
		n++
	}
	return n
}
