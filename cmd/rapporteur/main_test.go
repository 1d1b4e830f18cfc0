package main

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"rapporteur/sample"
)

// asProgram makes the test binary behave as the program itself.
const asProgram = "RAPPORTEUR_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	testscript.Main(m, map[string]func(){"rapporteur": main})
}

// TestScripts runs the command line as a user does, see testdata/script.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"httpserve": httpServe},
		Setup: func(e *testscript.Env) error {
			e.Setenv("RAPPORTEUR_AUTHOR", "A. Reader")
			return os.CopyFS(filepath.Join(e.WorkDir, "sample"), sample.Files)
		},
	})
}

// quiet returns a console whose words go into the buffers.
func quiet(t *testing.T) (c *console, stdout, stderr *bytes.Buffer) {
	t.Helper()
	stdout, stderr = &bytes.Buffer{}, &bytes.Buffer{}
	c = &console{ctx: t.Context(), stdin: bytes.NewReader(nil), stdout: stdout, stderr: stderr, log: slog.New(slog.DiscardHandler)}
	return c, stdout, stderr
}
