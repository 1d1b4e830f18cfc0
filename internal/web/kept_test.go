package web

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestManyWaitForOnePage(t *testing.T) {
	k := &keptPages{long: time.Hour}
	var built atomic.Int32
	build := func(context.Context) ([]byte, error) {
		built.Add(1)
		time.Sleep(10 * time.Millisecond)
		return []byte("page"), nil
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if body, err := k.page(t.Context(), "/", build); err != nil || string(body) != "page" {
				t.Errorf("page %q, %v", body, err)
			}
		})
	}
	all.Wait()
	if n := built.Load(); n != 1 {
		t.Errorf("built %d times", n)
	}
	k.forget()
	if _, err := k.page(t.Context(), "/", build); err != nil || built.Load() != 2 {
		t.Errorf("after a decision built %d times in all, %v", built.Load(), err)
	}
}

func TestWhatFailsIsNotKept(t *testing.T) {
	k := &keptPages{long: time.Hour}
	wrong := errors.New("broken")
	if _, err := k.page(t.Context(), "/", func(context.Context) ([]byte, error) { return nil, wrong }); !errors.Is(err, wrong) {
		t.Errorf("%v", err)
	}
	func() {
		defer func() { _ = recover() }()
		_, _ = k.page(t.Context(), "/", func(context.Context) ([]byte, error) { panic("crash") })
	}()
	if body, err := k.page(t.Context(), "/", func(context.Context) ([]byte, error) { return []byte("page"), nil }); err != nil || string(body) != "page" {
		t.Errorf("page %q, %v", body, err)
	}
}

func TestAPageGrowsOld(t *testing.T) {
	k := &keptPages{long: time.Nanosecond}
	n := 0
	for range 2 {
		if _, err := k.page(t.Context(), "/", func(context.Context) ([]byte, error) { n++; return nil, nil }); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Millisecond)
	}
	if n != 2 {
		t.Errorf("built %d times", n)
	}
}
