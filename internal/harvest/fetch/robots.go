package fetch

import (
	"bytes"
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/temoto/robotstxt"

	"rapporteur/internal/article"
)

// Limits of robots.txt: RFC 9309 lets a reader stop after 500 KiB (section 2.5)
// and keep an answer for a day, or less where its Cache-Control says so (2.4). One
// that cannot be had any more goes on to hold, and is asked for again each hour,
// until it is a month old (2.3.1.4).
const (
	maxRobots   = 500 << 10
	robotsTime  = 24 * time.Hour
	leastRobots = 10 * time.Minute // whatever Cache-Control says: one answer serves several pages
	robotsAgain = time.Hour
	oldRobots   = 30 * 24 * time.Hour
)

// A robotsCache holds what sites ask of programs.
type robotsCache struct {
	mu    sync.Mutex
	sites map[string]*site
}

// A site is the robots.txt of one scheme, host and port.
type site struct {
	turn  chan struct{} // who has it may look at the rest
	rules *robotstxt.RobotsData
	got   time.Time
	until time.Time // asked for again after this
}

func (c *robotsCache) site(u *url.URL) *site {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := u.Scheme + "://" + u.Host
	s := c.sites[key]
	if s == nil {
		s = &site{turn: newTurn()}
		c.sites[key] = s
	}
	return s
}

// obey refuses what the robots.txt of an address's site does not want read.
func (f *Fetcher) obey(ctx context.Context, r Request, u *url.URL) error {
	s := f.robots.site(u)
	select {
	case <-s.turn:
		defer func() { s.turn <- struct{}{} }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := f.renew(ctx, r, u, s); err != nil {
		return err
	}
	group := s.rules.FindGroup(Token)
	f.slowDown(u, group.CrawlDelay)
	if path := u.RequestURI(); path != "/robots.txt" && !s.rules.TestAgent(path, Token) {
		return article.Refuse(article.Denied, "its robots.txt does not want it read by programs")
	}
	return nil
}

// renew asks for the robots.txt of a site when what is held is too old.
func (f *Fetcher) renew(ctx context.Context, r Request, u *url.URL, s *site) error {
	now := f.options.Now()
	if s.rules != nil && !now.Before(s.got) && now.Before(s.until) {
		return nil
	}
	rules, lifetime, err := f.rulesOf(ctx, r, u)
	now = f.options.Now()
	var refused *Refused
	switch {
	case err == nil:
		s.rules, s.got, s.until = rules, now, now.Add(lifetime)
	case ctx.Err() == nil && s.rules != nil && errors.As(err, &refused) && !refused.Rests && refused.Refusal.Kind.Temporary() && now.Sub(s.got) < oldRobots:
		s.until = now.Add(robotsAgain)
	default:
		return err
	}
	return nil
}

// slowDown keeps the pause that a site asks for.
func (f *Fetcher) slowDown(u *url.URL, delay time.Duration) {
	h := f.host(u)
	f.mu.Lock()
	defer f.mu.Unlock()
	h.delay = min(max(0, delay), maxDelay)
}

// rulesOf fetches a robots.txt and says how long it holds. None, or one that we may
// not see, allows all; one that cannot be had now refuses all until it can (RFC
// 9309, 2.3.1).
func (f *Fetcher) rulesOf(ctx context.Context, r Request, u *url.URL) (*robotstxt.RobotsData, time.Duration, error) {
	address := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	res, err := f.follow(ctx, Request{URL: address.String(), Allow: r.Allow, robots: true}, false)
	var refused *Refused
	switch {
	case err == nil:
		return parseRobots(res.Body), res.lifetime, nil
	case ctx.Err() != nil:
		return nil, 0, ctx.Err()
	case !errors.As(err, &refused):
		refused = &Refused{Refusal: f.explain(err)}
	}
	refusal := *refused.Refusal
	switch {
	case refused.Rests:
		return nil, 0, err
	case refusal.Kind == article.Forbidden:
		return nil, 0, err
	case refusal.Kind == article.Unreachable:
		return nil, 0, err
	case refusal.Kind.Temporary():
		refusal.Reason = "its robots.txt cannot be had: " + refusal.Reason
		refusal.Content, refusal.Bytes = nil, 0
		return nil, 0, &Refused{Refusal: &refusal, After: refused.After}
	}
	return parseRobots(nil), robotsTime, nil
}

// lifetimeOf reads from a Cache-Control how long a robots.txt may be kept (RFC 9111,
// section 5.2.2).
func lifetimeOf(control string) time.Duration {
	for directive := range strings.SplitSeq(strings.ToLower(control), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch name {
		case "no-cache", "no-store":
			return leastRobots
		case "max-age":
			if seconds, err := strconv.ParseInt(strings.Trim(value, `"`), 10, 32); err == nil {
				return min(max(time.Duration(seconds)*time.Second, leastRobots), robotsTime)
			}
		}
	}
	return robotsTime
}

// parseRobots reads rules as far as they can be read.
func parseRobots(raw []byte) *robotstxt.RobotsData {
	if len(raw) >= maxRobots {
		raw = raw[:bytes.LastIndexByte(raw, '\n')+1]
	}
	if rules, err := robotstxt.FromBytes(raw); err == nil {
		return rules
	}
	// One line that the reader stumbles over, mostly a Crawl-delay that is no
	// number, must not cost the others.
	var kept [][]byte
	for line := range bytes.Lines(raw) {
		if !bytes.Contains(bytes.ToLower(line), []byte("delay")) {
			kept = append(kept, line)
		}
	}
	if rules, err := robotstxt.FromBytes(bytes.Join(kept, nil)); err == nil {
		return rules
	}
	rules, _ := robotstxt.FromBytes(nil)
	return rules
}
