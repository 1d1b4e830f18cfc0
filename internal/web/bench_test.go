package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"rapporteur/internal/record"
)

// BenchmarkNegotiation writes the page of a negotiation with 2,000 positions of
// ten parties on 60 points: 15 of them stand in the table at first.
func BenchmarkNegotiation(b *testing.B) {
	f := newFake(&testing.T{})
	stances := []string{"demands", "rejects", "accepts", "open"}
	r := f.readings["x1"]
	for i := range 2000 {
		p := r.Positions[0]
		p.ID, p.Party, p.Stance = fmt.Sprint("q", i), fmt.Sprint("Party ", i%10), stances[i%len(stances)]
		p.PartyID, p.Point = p.Party, record.Point{ID: fmt.Sprint("pt", i%60), Label: fmt.Sprint("Point ", i%60)}
		r.Positions = append(r.Positions, p)
	}
	h, err := New(f, Options{Loopback: true})
	if err != nil {
		b.Fatal(err)
	}
	var size int
	for b.Loop() {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://localhost/talks/t1", nil))
		size = w.Body.Len()
	}
	b.ReportMetric(float64(size), "bytes/page")
}
