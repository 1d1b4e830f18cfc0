package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"rapporteur/internal/article"
	"rapporteur/internal/record"
	"rapporteur/internal/store"
)

// A Record is what the desk asks and, by the decisions of persons alone, changes;
// beside them a person can ask for a source to be tried again.
type Record interface {
	store.Reader
	Decide(ctx context.Context, d record.Decision) (record.Decision, error)
	Undo(ctx context.Context, author string) (record.Decision, error)
	RetrySources(ctx context.Context, address string, kind article.Kind) (int, error)
}

const (
	mostForm     = 64 << 10 // bytes of a form
	mostName     = 80       // characters of an author's name
	authorCookie = "author"
	authorKept   = 400 * 24 * time.Hour
)

// act carries out a form and leads back to the page that it names, so that loading
// that page again does nothing twice.
func (d *desk) act(do func(w http.ResponseWriter, r *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, stop := context.WithTimeout(r.Context(), d.patience)
		defer stop()
		r = r.WithContext(ctx)
		r.Body = http.MaxBytesReader(w, r.Body, mostForm)
		err := r.ParseForm()
		if err != nil {
			err = fmt.Errorf("web: form of %s: %w: %w", r.URL.Path, err, record.ErrInvalid)
		} else {
			err = do(w, r)
			d.kept.forget()
		}
		if err != nil {
			d.fail(w, r, codeOf(err), err)
			return
		}
		back := r.PostForm.Get("back")
		if back == "" {
			back = pageBefore(r) + r.PostForm.Get("anchor")
		}
		http.Redirect(w, r, localPath(back), http.StatusSeeOther)
	}
}

// pageBefore is the page of the desk on which a form was filled in, as the browser
// tells it: a form in a panel does not know what stands around the panel.
func pageBefore(r *http.Request) string {
	u, err := url.Parse(r.Header.Get("Referer"))
	if err != nil || !strings.EqualFold(u.Host, r.Host) {
		return ""
	}
	return address(u.Path, u.Query())
}

// localPath returns an address of the desk itself, whatever a form says.
func localPath(back string) string {
	u, err := url.Parse(back)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") || strings.Contains(back, `\`) {
		return "/review"
	}
	return u.String()
}

// decide takes one decision.
func (d *desk) decide(_ http.ResponseWriter, r *http.Request) error {
	ctx, form := r.Context(), r.PostForm
	x := record.Decision{Author: d.author(r), Act: form.Get("act"), Target: form.Get("target"), EntryID: form.Get("entry")}
	var after any
	switch x.Act {
	case store.Confirm, store.Reject:
	case store.Correct:
		changed, err := d.changes(ctx, x.Target, x.EntryID, form)
		if err != nil {
			return err
		}
		if len(changed) == 0 {
			return nil
		}
		after = changed
	case store.Join:
		if form.Get("into") == "" {
			return nil
		}
		x.EntryID, after = form.Get("into"), store.Merge{IDs: []string{form.Get("entry")}}
	case store.Divide:
		name := strings.TrimSpace(form.Get("name"))
		if name == "" || len(form["article"]) == 0 {
			return nil
		}
		after = store.Split{Articles: form["article"], Name: name}
	case store.Rename:
		name := strings.TrimSpace(form.Get("name"))
		if name == "" {
			return nil
		}
		after = store.Name{Name: name}
	default:
		return fmt.Errorf("web: decision %q: %w", x.Act, record.ErrInvalid)
	}
	if after != nil {
		b, err := json.Marshal(after)
		if err != nil {
			return fmt.Errorf("web: decision on %s: %w", x.EntryID, err)
		}
		x.After = string(b)
	}
	if _, err := d.store.Decide(ctx, x); err != nil {
		return fmt.Errorf("web: %s %s %s: %w", x.Act, x.Target, x.EntryID, err)
	}
	return nil
}

// changes returns the fields that a form gives other values than the entry has.
func (d *desk) changes(ctx context.Context, kind, id string, form url.Values) (map[string]any, error) {
	e, err := d.entry(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	was, err := e.values()
	if err != nil {
		return nil, err
	}
	out := map[string]any{}
	for _, f := range store.Fields(kind) {
		given, there := form["field."+f.Name]
		if !there || strings.TrimSpace(given[0]) == was[f.Name] {
			continue
		}
		if out[f.Name], err = f.Value(given[0]); err != nil {
			return nil, fmt.Errorf("web: correction of %s: %w", id, err)
		}
	}
	return out, nil
}

// undo takes the author's last decision back; where there is none any more,
// nothing needs to be done.
func (d *desk) undo(_ http.ResponseWriter, r *http.Request) error {
	if _, err := d.store.Undo(r.Context(), d.author(r)); err != nil && !errors.Is(err, record.ErrNotFound) {
		return fmt.Errorf("web: undo: %w", err)
	}
	return nil
}

// author returns who decides in this browser: the name that a person set, else
// that with which the desk was started.
func (d *desk) author(r *http.Request) string {
	if c, err := r.Cookie(authorCookie); err == nil {
		if name, err := url.QueryUnescape(c.Value); err == nil && cleanName(name) != "" {
			return cleanName(name)
		}
	}
	return d.decider
}

// setAuthor keeps a name in this browser; no name takes it away.
func (d *desk) setAuthor(w http.ResponseWriter, r *http.Request) error {
	c := &http.Cookie{Name: authorCookie, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, MaxAge: int(authorKept.Seconds())}
	if c.Value = url.QueryEscape(cleanName(r.PostForm.Get("author"))); c.Value == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
	return nil
}

// cleanName leaves out what no name holds.
func cleanName(name string) string {
	name = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(name, ""), func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }), " ")
	if letters := []rune(name); len(letters) > mostName {
		name = strings.TrimSpace(string(letters[:mostName]))
	}
	return name
}
