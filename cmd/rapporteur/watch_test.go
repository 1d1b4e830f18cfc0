package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// httpServe serves a folder to a script: "httpserve DIR" sets $URL. Files whose name
// ends in .tmpl are served without it, with URL in the place of that word.
func httpServe(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: httpserve DIR")
	}
	dir := ts.MkAbs(args[0])
	plain := http.FileServer(http.Dir(dir))
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		made, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(r.URL.Path)+".tmpl"))
		if err != nil {
			plain.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/xml")
		_, _ = w.Write([]byte(strings.ReplaceAll(string(made), "URL", server.URL)))
	}))
	ts.Defer(server.Close)
	ts.Setenv("URL", server.URL)
}
