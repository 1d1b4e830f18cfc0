package store

import (
	"context"

	"rapporteur/internal/record"
)

// A Batcher stores several readings at a time, which costs less than one by one.
type Batcher interface {
	// PutAll stores readings in their order, each as Put does, in one transaction:
	// all of them or none. The record is the same as after as many calls of Put.
	PutAll(ctx context.Context, list []*record.Reading) ([]Put, error)
}
