package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"rapporteur/internal/extract"
	"rapporteur/internal/harvest/files"
	"rapporteur/internal/ingest"
	"rapporteur/internal/store"
	"rapporteur/internal/web"
	"rapporteur/sample"
)

type serveCommand struct {
	database
	author
	Listen string   `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Address of the desk (default: ${default})."`
	Host   []string `placeholder:"NAME" help:"Further host names to answer, when others reach the desk by name."`
}

// Help shows how the command is used.
func (*serveCommand) Help() string {
	return `The desk asks nobody who he is: whoever can reach its address reads the record and decides in it.

Examples:

    rapporteur serve
    rapporteur serve --db talks.db --listen 127.0.0.1:9000`
}

// Run serves the desk until it is told to stop.
func (s *serveCommand) Run(c *console) error {
	record, err := s.openOld(c.ctx)
	if err != nil {
		return err
	}
	defer record.Close()
	listener, err := net.Listen("tcp", s.Listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("%s is in use by another program: choose another port with --listen %s", s.Listen, nextPort(s.Listen))
	}
	if err != nil {
		return fmt.Errorf("listen on %s: %w", s.Listen, err)
	}
	if !isLoopback(listener.Addr()) {
		fmt.Fprintf(c.stderr, "warning: %s is not a loopback address: everybody who can reach it reads and changes the record\n", s.Listen)
	}
	return c.desk(record, listener, s.Host, s.author)
}

func nextPort(address string) string {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "127.0.0.1:8081"
	}
	var n int
	if _, err := fmt.Sscan(port, &n); err != nil || n < 1 || n >= 65535 {
		return net.JoinHostPort(host, "8081")
	}
	return net.JoinHostPort(host, fmt.Sprint(n+1))
}

func isLoopback(address net.Addr) bool {
	tcp, ok := address.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// pagesKept is how old a page of the desk may be while articles are read.
const pagesKept = time.Second

// desk serves the desk on the listener until the console's context ends, and
// then lets requests under way come to their end.
func (c *console) desk(s store.Store, listener net.Listener, hosts []string, a author) error {
	handler, err := web.New(s, web.Options{
		Loopback: isLoopback(listener.Addr()), Hosts: hosts, Version: version(), Author: a.name(), Log: c.log, Keep: pagesKept,
	})
	if err != nil {
		return err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	fmt.Fprintf(c.stderr, "the desk is at http://%s (Ctrl-C stops it)\n", shownAddress(listener.Addr()))
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("desk: %w", err)
	case <-c.ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.ctx), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		return fmt.Errorf("desk: stopped before all requests were answered: %w", err)
	}
	return nil
}

// shownAddress writes an address that a browser on this machine can open.
func shownAddress(address net.Addr) string {
	tcp, ok := address.(*net.TCPAddr)
	if ok && tcp.IP.IsUnspecified() {
		return fmt.Sprintf("127.0.0.1:%d", tcp.Port)
	}
	return address.String()
}

type demoCommand struct {
	author
	Listen string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Address of the desk (default: ${default}; another port when it is busy)."`
	Keep   string `placeholder:"FILE" help:"Keep the record in this file instead of a temporary folder."`
}

// Help shows how the command is used.
func (*demoCommand) Help() string {
	return `The sample is an invented negotiation, as four invented outlets told it.

Examples:

    rapporteur demo
    rapporteur demo --listen 127.0.0.1:9000`
}

// Run reads the sample and serves its desk.
func (d *demoCommand) Run(c *console) error {
	folder, err := os.MkdirTemp("", "rapporteur-demo-")
	if err != nil {
		return fmt.Errorf("temporary folder: %w", err)
	}
	defer os.RemoveAll(folder)
	db := database{DB: filepath.Join(folder, "demo.db")}
	if d.Keep != "" {
		db.DB = d.Keep
	}
	s, err := db.open(c.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := c.readSample(s, folder); err != nil {
		return err
	}
	listener, err := listenNear(d.Listen)
	if err != nil {
		return err
	}
	return c.desk(s, listener, nil, d.author)
}

// readSample writes the sample's files into the folder, as a user has them, and
// reads them.
func (c *console) readSample(s store.Store, folder string) error {
	pages := filepath.Join(folder, "sample")
	if err := os.CopyFS(pages, sample.Files); err != nil {
		return fmt.Errorf("sample: %w", err)
	}
	in, err := c.reader(extract.Options{})
	if err != nil {
		return err
	}
	begun := time.Now()
	h := files.New(files.Options{})
	report, err := in.Read(c.ctx, s, h.Pages(c.ctx, []string{pages}, c.stdin), ingest.ReadOptions{})
	if errors.Is(err, context.Canceled) {
		return errors.New("stopped")
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(c.stderr, "sample read: "+closing(report, 0, 0, time.Since(begun)))
	return nil
}

// listenNear listens at the address, or at another port of its host when that
// one is busy.
func listenNear(address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	for tries := 0; errors.Is(err, syscall.EADDRINUSE) && tries < 10; tries++ {
		address = nextPort(address)
		listener, err = net.Listen("tcp", address)
	}
	if errors.Is(err, syscall.EADDRINUSE) {
		host, _, _ := net.SplitHostPort(address)
		listener, err = net.Listen("tcp", net.JoinHostPort(host, "0"))
	}
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", address, err)
	}
	return listener, nil
}
