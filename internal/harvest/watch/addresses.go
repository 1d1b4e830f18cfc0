package watch

import (
	"context"
	"iter"
	"strings"

	"rapporteur/internal/article"
	"rapporteur/internal/harvest/fetch"
	"rapporteur/internal/harvest/files"
)

// IsAddress tells an address from a path.
func IsAddress(s string) bool {
	scheme, rest, found := strings.Cut(s, "://")
	return found && rest != "" && scheme != "" && strings.Trim(strings.ToLower(scheme), "abcdefghijklmnopqrstuvwxyz0123456789+.-") == ""
}

// Addresses fetches what a user names, and yields the pages or refusals of each.
func Addresses(ctx context.Context, f Fetcher, allow, addresses []string) iter.Seq[article.Page] {
	return func(yield func(article.Page) bool) {
		seen := map[string]bool{}
		for _, address := range addresses {
			if ctx.Err() != nil {
				return
			}
			if seen[address] {
				continue
			}
			seen[address] = true
			for p := range fetched(ctx, f, allow, address) {
				if !yield(p) {
					return
				}
			}
		}
	}
}

func fetched(ctx context.Context, f Fetcher, allow []string, address string) iter.Seq[article.Page] {
	res, err := f.Fetch(ctx, fetch.Request{URL: address, Allow: allow})
	if ctx.Err() != nil {
		return func(func(article.Page) bool) {}
	}
	if err != nil {
		refusal := *refusedBy(err).Refusal
		refusal.Source = address
		return func(yield func(article.Page) bool) { yield(article.Page{Path: address, Refusal: &refusal}) }
	}
	page := article.Page{Path: address, Bytes: res.Body, Charset: res.Charset, Listed: &article.Told{URL: res.URL}}
	return files.New(files.Options{}).Fetched(ctx, page, res.Type)
}
