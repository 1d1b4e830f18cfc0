package watch

import (
	"time"

	"rapporteur/internal/harvest/fetch"
)

// How often things are looked at.
const (
	DefaultEvery = 30 * time.Minute
	FolderEvery  = 10 * time.Second
	longestPause = 30 * 24 * time.Hour // between two looks at a source that fails
	firstRetry   = time.Hour           // of a page
	lastRetry    = 7 * 24 * time.Hour
	maxTries     = 6 // of a page
)

// afterSuccess is when a source is looked at again: after its time, a tenth more or
// less, so that sources added together drift apart.
func afterSuccess(now time.Time, every time.Duration, address string) time.Time {
	return now.Add(fetch.Grown(every, every, 0, address))
}

// afterFailure is when a source that failed is looked at again: each time after
// twice as long, up to a month, and not before the server wants it.
func afterFailure(now time.Time, every time.Duration, failures int, address string, asked time.Time) time.Time {
	next := now.Add(fetch.Grown(every, max(longestPause, every), failures-1, address))
	if asked.After(next) {
		return asked
	}
	return next
}

// retry is when a page that could not be had is asked for again; zero for never.
func retry(now time.Time, tries int, key string, asked time.Time) time.Time {
	if tries >= maxTries {
		return time.Time{}
	}
	next := now.Add(fetch.Grown(firstRetry, lastRetry, (tries-1)*2, key))
	if asked.After(next) {
		return asked
	}
	return next
}
