//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

type options struct {
	binary   string
	kills    int
	articles int
	seed     uint64
	tell     func(format string, args ...any)
}

// A rack is a folder with articles to read and the export of their record.
type rack struct {
	options
	folder string
	whole  string        // export of the record of an undisturbed read
	size   int64         // of that record
	took   time.Duration // by that read
	start  time.Duration // until its first article is stored, about
	rng    *rand.Rand
}

func run(o options) error {
	folder, err := os.MkdirTemp("", "rapporteur-torture-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	if err := os.Chmod(folder, 0o755); err != nil { // another user reads there
		return err
	}
	if o.binary, err = placed(o.binary, filepath.Join(folder, "rapporteur")); err != nil {
		return err
	}
	r := &rack{options: o, folder: folder, rng: rand.New(rand.NewPCG(o.seed, 0))}
	from, err := writeItems(filepath.Join(folder, "items.jsonl"), o.articles)
	if err != nil {
		return err
	}
	if err := r.undisturbed(); err != nil {
		return fmt.Errorf("undisturbed read: %w", err)
	}
	o.tell("%d articles from %s, read in %.1f s without disturbance; export of %d bytes", o.articles, from, r.took.Seconds(), len(r.whole))
	for _, ordeal := range []struct {
		name string
		run  func() (string, error)
	}{{"killed", r.killed}, {"file limit", r.limited}, {"full disk", r.full}, {"read-only record", r.readOnly}, {"two reads at once", r.two}} {
		words, err := ordeal.run()
		if err != nil {
			return fmt.Errorf("%s: %w", ordeal.name, err)
		}
		o.tell("%s: %s", ordeal.name, words)
	}
	return nil
}

// placed copies the program to where every user may run it.
func placed(binary, to string) (string, error) {
	b, err := os.ReadFile(binary)
	if err != nil {
		return "", err
	}
	return to, os.WriteFile(to, b, 0o755)
}

// undisturbed reads the articles to have something to compare with.
func (r *rack) undisturbed() error {
	if err := os.WriteFile(r.path("one.jsonl"), []byte(`{"id":"one","title":"No news","text":"Nothing happened."}`), 0o644); err != nil {
		return err
	}
	begun := time.Now()
	if err := r.program("read", "--db", "one.db", "one.jsonl").Run(); err != nil {
		return err
	}
	r.start = time.Since(begun)
	begun = time.Now()
	if err := r.read("whole.db").Run(); err != nil {
		return err
	}
	r.took = time.Since(begun)
	var err error
	if r.whole, err = r.export("whole.db"); err != nil {
		return err
	}
	info, err := os.Stat(r.path("whole.db"))
	if err == nil {
		r.size = info.Size()
	}
	return err
}

func (r *rack) path(name string) string { return filepath.Join(r.folder, name) }

// program is one call of rapporteur in the folder.
func (r *rack) program(args ...string) *exec.Cmd {
	command := exec.CommandContext(context.Background(), r.binary, args...)
	command.Dir = r.folder
	return command
}

func (r *rack) read(db string) *exec.Cmd { return r.program("read", "--db", db, "items.jsonl") }

func (r *rack) export(db string) (string, error) {
	out, err := r.program("export", "--format", "record", "--db", db).Output()
	if err != nil {
		return "", fmt.Errorf("export of %s: %w", db, err)
	}
	return string(out), nil
}

// unharmed proves that a record is in order.
func (r *rack) unharmed(db string) error {
	if out, err := r.program("check", "--db", db).CombinedOutput(); err != nil {
		return fmt.Errorf("check of %s: %w: %s", db, err, out)
	}
	return nil
}

// completed reads on, undisturbed, and proves that the record is the whole one.
func (r *rack) completed(db string) error {
	if out, err := r.read(db).CombinedOutput(); err != nil {
		return fmt.Errorf("reading on: %w: %s", err, out)
	}
	return r.equal(db)
}

func (r *rack) equal(db string) error {
	if err := r.unharmed(db); err != nil {
		return err
	}
	got, err := r.export(db)
	if err != nil {
		return err
	}
	if got != r.whole {
		return fmt.Errorf("the export of %s differs: %s", db, difference(r.whole, got))
	}
	return nil
}

// difference returns the first lines that differ.
func difference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d is\n%s\nnot\n%s", i+1, b[i], a[i])
		}
	}
	return fmt.Sprintf("%d lines, not %d", len(b), len(a))
}

// killed kills reads at random moments, each going on where the last one was
// killed, until there were enough kills; every record that comes to its end is
// compared.
func (r *rack) killed() (string, error) {
	kills, records, early := 0, 0, 0
	for kills < r.kills {
		db := fmt.Sprintf("killed-%d.db", records)
		for {
			command := r.read(db)
			if err := command.Start(); err != nil {
				return "", err
			}
			life := r.life()
			timer := time.AfterFunc(life, func() { _ = command.Process.Signal(syscall.SIGKILL) })
			err := command.Wait()
			timer.Stop()
			if err == nil {
				break
			}
			if command.ProcessState.Exited() {
				return "", fmt.Errorf("the read after %d kills ended by itself: %w", kills, err)
			}
			if _, err := os.Stat(r.path(db)); err != nil {
				early++
			} else if kills%10 == 0 {
				if err := r.unharmed(db); err != nil {
					return "", err
				}
			}
			if kills++; kills >= r.kills {
				break
			}
		}
		if err := r.completed(db); err != nil {
			return "", fmt.Errorf("after %d kills: %w", kills, err)
		}
		records++
	}
	return fmt.Sprintf("%d kills (%d before there was a file), %d records, all equal", kills, early, records), nil
}

// life returns how long a read may live: one in five dies while it starts.
func (r *rack) life() time.Duration {
	reading := max(r.took-r.start, time.Second)
	if r.rng.IntN(5) == 0 {
		return time.Duration(r.rng.Int64N(int64(r.start)))
	}
	return r.start + time.Duration(r.rng.Int64N(int64(reading/4)))
}

// limited lets the files of a read grow to a part of what they need: writing
// then fails as on a full disk.
func (r *rack) limited() (string, error) {
	const block = 512 // of ulimit in a POSIX shell
	reasons := map[string]bool{}
	limits := []int64{50, 5, 90}
	for i, percent := range limits[:min(len(limits), 1+r.kills/10)] {
		db := fmt.Sprintf("limited-%d.db", i)
		limit := max(r.size*percent/100/block, 256)
		command := exec.Command("sh", "-c", fmt.Sprintf("ulimit -f %d && exec \"$0\" read --db %s items.jsonl", limit, db), r.binary)
		command.Dir = r.folder
		reason, err := r.failed(command)
		if err != nil {
			return "", fmt.Errorf("%d %%: %w", percent, err)
		}
		reasons[reason] = true
		if err := r.unharmed(db); err != nil {
			return "", err
		}
		if err := r.completed(db); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("each read says why it stopped and goes on later: %s", strings.Join(sorted(reasons), "; ")), nil
}

// failed runs a command that must end with exit code 1 and one line that says why.
func (r *rack) failed(command *exec.Cmd) (string, error) {
	var words bytes.Buffer
	command.Stderr = &words
	err := command.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		return "", fmt.Errorf("it ended with %v: %s", err, &words)
	}
	lines := strings.Split(strings.TrimSpace(words.String()), "\n")
	if len(lines) != 1 {
		return "", fmt.Errorf("it said %q", words.String())
	}
	_, reason, _ := strings.Cut(lines[0], ".db: ")
	if i := strings.LastIndex(reason, ": "); i >= 0 && strings.HasPrefix(reason, "put article") {
		_, reason, _ = strings.Cut(reason, ": ")
	}
	return reason, nil
}

// full reads onto a disk in memory that is too small, and then makes it larger.
func (r *rack) full() (string, error) {
	disk := r.path("disk")
	if err := os.Mkdir(disk, 0o755); err != nil {
		return "", err
	}
	if os.Geteuid() != 0 || exec.Command("mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=%d", r.size/2), "tmpfs", disk).Run() != nil {
		return "left out: only root may mount a small disk", nil
	}
	defer func() { _ = exec.Command("umount", disk).Run() }()
	reason, err := r.failed(r.read("disk/full.db"))
	if err != nil {
		return "", err
	}
	const log = 64 << 20 // it may grow to 32 MB before its pages are carried into the record
	if err := exec.Command("mount", "-o", fmt.Sprintf("remount,size=%d", 8*r.size+log), disk).Run(); err != nil {
		return "", err
	}
	if err := r.completed("disk/full.db"); err != nil {
		return "", err
	}
	return reason + "; with room again the read goes on", nil
}

// readOnly lets a user read into a record that it may not write.
func (r *rack) readOnly() (string, error) {
	folder := r.path("kept")
	if err := os.Mkdir(folder, 0o755); err != nil {
		return "", err
	}
	b, err := os.ReadFile(r.path("whole.db"))
	if err != nil {
		return "", err
	}
	db := filepath.Join(folder, "kept.db")
	if err := os.WriteFile(db, b, 0o444); err != nil {
		return "", err
	}
	if err := os.Chmod(folder, 0o555); err != nil {
		return "", err
	}
	nobody := func(c *exec.Cmd) *exec.Cmd {
		if os.Geteuid() == 0 { // whom no mode of a file stops
			c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		}
		return c
	}
	reason, err := r.failed(nobody(r.program("read", "--db", "kept/kept.db", "one.jsonl")))
	if err != nil {
		return "", err
	}
	out, err := nobody(r.program("export", "--format", "record", "--db", "kept/kept.db")).Output()
	if err != nil || string(out) != r.whole {
		return "", fmt.Errorf("it cannot be asked: %v, %d bytes", err, len(out))
	}
	if after, err := os.ReadFile(db); err != nil || !bytes.Equal(after, b) {
		return "", fmt.Errorf("its file has changed: %v", err)
	}
	return reason + "; it can still be asked", nil
}

// two lets two reads of the same articles write to one record at once.
func (r *rack) two() (string, error) {
	one, other := r.read("two.db"), r.read("two.db")
	var words [2]bytes.Buffer
	one.Stderr, other.Stderr = &words[0], &words[1]
	if err := errors.Join(one.Start(), other.Start()); err != nil {
		return "", err
	}
	outcome := "both came to their end"
	for i, c := range []*exec.Cmd{one, other} {
		if err := c.Wait(); err != nil {
			if !strings.Contains(words[i].String(), "another process") {
				return "", fmt.Errorf("%w: %s", err, &words[i])
			}
			outcome = "one waited and said why it stopped"
		}
	}
	if err := r.completed("two.db"); err != nil {
		return "", err
	}
	return outcome + "; the record is the same", nil
}
