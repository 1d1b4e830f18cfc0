package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"rapporteur/internal/harvest/fetch"
	"rapporteur/internal/harvest/watch"
)

// network holds the flags of commands that ask servers.
type network struct {
	AllowHost []string      `placeholder:"HOST" help:"A host that may have a private address, by the name that stands in the URL. Others are asked at public addresses alone."`
	Contact   string        `env:"RAPPORTEUR_CONTACT" placeholder:"MAIL|URL" help:"How a site's owner can reach you; it stands in the User-Agent."`
	Timeout   time.Duration `default:"60s" placeholder:"TIME" help:"How long one answer may take (default: ${default})."`
	Delay     time.Duration `default:"2s" placeholder:"TIME" help:"Pause between two requests to one host (default: ${default})."`
}

// fetcher builds the way to the network; hosts are those that were in trouble.
func (n network) fetcher(hosts []fetch.Host) (*fetch.Fetcher, error) {
	if n.Timeout <= 0 {
		return nil, misuse{"--timeout must be more than 0"}
	}
	delay := n.Delay
	if delay == 0 {
		delay = -1 // none
	}
	f, err := fetch.New(fetch.Options{Version: version(), Contact: n.Contact, Timeout: n.Timeout, Delay: delay, Hosts: hosts})
	if err != nil {
		return nil, misuse{err.Error()}
	}
	return f, nil
}

// watcher builds a watcher over a record, whose hosts in trouble stay so unless
// they are forgiven.
func (n network) watcher(ctx context.Context, s watch.Store, forgive bool, o watch.Options) (*watch.Watcher, error) {
	var hosts []fetch.Host
	if !forgive {
		var err error
		if hosts, err = watch.Troubles(ctx, s); err != nil {
			return nil, err
		}
	}
	f, err := n.fetcher(hosts)
	if err != nil {
		return nil, err
	}
	o.Allow = n.AllowHost
	return watch.New(s, f, o), nil
}

// addressesOf divides what a user names into paths and addresses.
func addressesOf(named []string) (paths, addresses []string, err error) {
	for _, name := range named {
		if watch.IsAddress(name) {
			addresses = append(addresses, name)
		} else {
			paths = append(paths, name)
		}
	}
	if slices.Contains(paths, "") {
		return nil, nil, errors.New("a path is empty")
	}
	return paths, addresses, nil
}

// shortTime writes a time of the store for people, in their own zone.
func shortTime(rfc3339 string) string {
	t, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		return rfc3339
	}
	return t.Local().Format("2006-01-02 15:04")
}

// in says how long there is until a time: "in 25 min".
func in(rfc3339 string, now time.Time) string {
	t, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		return "never"
	}
	switch d := t.Sub(now); {
	case d <= 0:
		return "now"
	case d < time.Minute:
		return fmt.Sprintf("in %d s", int(d.Seconds()+0.5))
	case d < 2*time.Hour:
		return fmt.Sprintf("in %d min", int(d.Minutes()+0.5))
	case d < 48*time.Hour:
		return fmt.Sprintf("in %d h", int(d.Hours()+0.5))
	default:
		return fmt.Sprintf("in %d days", int(d.Hours()/24+0.5))
	}
}
