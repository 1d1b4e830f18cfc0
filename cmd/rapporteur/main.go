// Command rapporteur reads the news about a negotiation and keeps its record.
//
// In: flags and paths. Out: lists, annotations and the desk; standard error tells
// progress, refusals and faults. What always holds: exit code 0 means done, 1
// failed, 2 wrong usage, 3 done with some articles refused, each of which is
// listed with its reason.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

// Exit codes.
const (
	done    = 0
	failed  = 1
	misused = 2
	refused = 3
)

// errRefused ends a command whose refusals were listed already.
var errRefused = errors.New("some articles were refused")

// A misuse is a command line that cannot be carried out as it is.
type misuse struct{ words string }

func (m misuse) Error() string { return m.words }

// A console is what a command talks to.
type console struct {
	ctx      context.Context
	stdin    io.Reader
	stdout   io.Writer
	stderr   io.Writer
	log      *slog.Logger
	terminal bool // standard error is a terminal
	width    int  // of standard output when it is a terminal, else 0
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go func() {
		<-ctx.Done()
		stop() // a second Ctrl-C ends the process at once
	}()
	c := &console{ctx: ctx, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr}
	c.log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	c.terminal, c.width = terminals()
	code := run(c, os.Args[1:])
	stop()
	os.Exit(code)
}

// run carries out one command line and returns its exit code.
func run(c *console, args []string) int {
	var line commands
	parser, err := kong.New(&line,
		kong.Name("rapporteur"), kong.Description(about), kong.Writers(c.stdout, c.stderr), kong.Help(help),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: 100}),
		kong.ExplicitGroups(groups), kong.Bind(c), kong.Vars{"db": "rapporteur.db"},
	)
	if err != nil {
		fmt.Fprintln(c.stderr, "rapporteur:", err)
		return failed
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if errors.Is(err, errHelped) {
		return done
	}
	if err != nil {
		return c.misused(err)
	}
	return c.code(command.Run())
}

// misused tells what was wrong with a command line and where help is.
func (c *console) misused(err error) int {
	hint := "rapporteur --help"
	var wrong *kong.ParseError
	if errors.As(err, &wrong) && wrong.Context != nil && wrong.Context.Command() != "" {
		name, _, _ := strings.Cut(wrong.Context.Command(), " <")
		hint = "rapporteur " + name + " --help"
	}
	fmt.Fprintf(c.stderr, "rapporteur: %v\nSee: %s\n", err, hint)
	return misused
}

func (c *console) code(err error) int {
	var wrong misuse
	switch {
	case err == nil:
		return done
	case errors.Is(err, errRefused):
		return refused
	case errors.As(err, &wrong):
		return c.misused(err)
	case errors.Is(err, syscall.EPIPE):
		return done
	case errors.Is(err, fs.ErrPermission):
		fmt.Fprintf(c.stderr, "rapporteur: %v (may this user write there?)\n", err)
		return failed
	}
	fmt.Fprintln(c.stderr, "rapporteur:", err)
	return failed
}
