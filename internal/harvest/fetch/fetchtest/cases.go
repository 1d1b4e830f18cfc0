package fetchtest

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"rapporteur/internal/article"
)

// Good is the page that cases send which behave.
const Good = `<!DOCTYPE html><html lang="en"><head><title>Orsa and Tolmark meet</title><meta property="og:site_name" content="Harbour Post">
<meta property="article:published_time" content="2024-05-14T09:00:00Z"></head><body><article><h1>Orsa and Tolmark meet</h1>
<p>The delegations of Orsa and Tolmark met in Halm on Tuesday to talk about the toll on the river.</p>
<p>"We will not pay the toll," said Ines Haldorn, the chief negotiator of Tolmark, after the meeting.</p></article></body></html>`

type serve = func(s *Server, w io.Writer, r *http.Request)

// answers always gives the same whole answer.
func answers(status, header, body string) serve {
	return func(_ *Server, w io.Writer, _ *http.Request) { page(w, status, header, body) }
}

// writes sends bytes as they are and closes the connection.
func writes(raw string) serve {
	return func(_ *Server, w io.Writer, _ *http.Request) { _, _ = io.WriteString(w, raw) }
}

// repeats begins with raw and then sends piece again and again, with a pause
// after each, until the other side has enough.
func repeats(raw, piece string, pause time.Duration) serve {
	return func(s *Server, w io.Writer, _ *http.Request) {
		_, err := io.WriteString(w, raw)
		for err == nil && (pause == 0 || s.wait(pause)) {
			_, err = io.WriteString(w, piece)
		}
	}
}

func redirects(to string) serve { return answers("302 Found", "Location: "+to+"\r\n", "") }

// rules serves a robots.txt beside a good page.
func rules(robots serve) serve {
	return func(s *Server, w io.Writer, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			robots(s, w, r)
			return
		}
		page(w, "200 OK", "", Good)
	}
}

const ok = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"

// Cases are all ways to misbehave that the server knows, and some good ones.
func Cases() []Case {
	return append(append(bodies(), statuses()...), append(redirections(), connections()...)...)
}

// bodies are cases whose answer begins well.
func bodies() []Case {
	zeros := make([]byte, 4*MaxBytes)
	return []Case{
		{Name: "good", serve: answers("200 OK", "", Good)},
		{Name: "packed", serve: answers("200 OK", "Content-Encoding: gzip\r\n", Packed([]byte(Good)))},
		{Name: "cookies", serve: answers("200 OK", "Set-Cookie: id=7\r\n", Good)},
		{Name: "drip-header", Kind: article.Timeout, Reason: "no whole answer", serve: repeats("HTTP/1.1 200 OK\r\n", "X-A: b\r\n", 50*time.Millisecond)},
		{Name: "drip-body", Kind: article.Timeout, Reason: "no whole answer", serve: repeats(ok+"\r\n", "x", 50*time.Millisecond)},
		{Name: "half-body", Kind: article.Timeout, Reason: "no whole answer", serve: repeats(ok+"Content-Length: 500\r\n\r\n<p>", "", 10*time.Second)},
		{Name: "endless", Kind: article.TooLarge, Reason: "larger than", serve: repeats(ok+"\r\n", strings.Repeat("endless ", 4096), 0)},
		{Name: "endless-chunks", Kind: article.TooLarge, Reason: "larger than", serve: repeats(ok+"Transfer-Encoding: chunked\r\n\r\n", "1000\r\n"+strings.Repeat("x", 4096)+"\r\n", 0)},
		{Name: "boasts", Kind: article.TooLarge, Reason: "larger than", serve: writes(ok + "Content-Length: 99999999999\r\n\r\n<p>")},
		{Name: "bomb", Kind: article.TooLarge, Reason: "unpacked", serve: answers("200 OK", "Content-Encoding: gzip\r\n", Packed(zeros))},
		{Name: "bomb-in-bomb", Kind: article.TooLarge, Reason: "unpacked", serve: answers("200 OK", "Content-Encoding: gzip\r\n", Packed([]byte(Packed(zeros))))},
		{Name: "not-gzip", Kind: article.Invalid, Reason: "broken gzip", serve: answers("200 OK", "Content-Encoding: gzip\r\n", Good)},
		{Name: "cut-gzip", Kind: article.Invalid, Reason: "broken gzip", serve: answers("200 OK", "Content-Encoding: gzip\r\n", Packed([]byte(Good))[:200])},
		{Name: "wrong-sum", Kind: article.Invalid, Reason: "broken gzip", serve: answers("200 OK", "Content-Encoding: gzip\r\n", spoilt())},
		{Name: "brotli", Kind: article.Unsupported, Reason: "not asked for", serve: answers("200 OK", "Content-Encoding: br\r\n", Good)},
		{Name: "too-short", Kind: article.Unreachable, Reason: "cut short", serve: writes(ok + "Content-Length: 5000\r\n\r\n" + Good)},
		{Name: "too-long", serve: writes(fmt.Sprintf("%sContent-Length: %d\r\n\r\n%s<p>Beyond the end.", ok, len(Good), Good))},
		{Name: "cut-chunks", Kind: article.Unreachable, Reason: "cut short", serve: writes(ok + "Transfer-Encoding: chunked\r\n\r\n10\r\n<p>Sixteen bytes\r\n")},
		{Name: "wrong-chunks", Kind: article.Invalid, Reason: "no HTTP", serve: writes(ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\n<p>\r\n")},
		{Name: "empty", Kind: article.Invalid, Reason: "empty", serve: answers("200 OK", "", "")},
		{Name: "blank", Kind: article.Invalid, Reason: "empty", serve: answers("200 OK", "", " \r\n\t\n")},
		{Name: "picture", Kind: article.Unsupported, Reason: "a picture", serve: writes("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG")},
	}
}

// spoilt is gzip with a wrong checksum.
func spoilt() string {
	raw := []byte(Packed([]byte(Good)))
	raw[len(raw)-8] ^= 1
	return string(raw)
}

// statuses are cases whose status says no.
func statuses() []Case {
	return []Case{
		{Name: "unasked-304", Kind: article.Invalid, Reason: "304", serve: writes("HTTP/1.1 304 Not Modified\r\n\r\n")},
		{Name: "no-content", Kind: article.Invalid, Reason: "no content", serve: writes("HTTP/1.1 204 No Content\r\n\r\n")},
		{Name: "partial", Kind: article.Invalid, Reason: "a part", serve: answers("206 Partial Content", "Content-Range: bytes 0-3/900\r\n", "<p>a")},
		{Name: "unauthorized", Kind: article.Denied, Reason: "401", serve: answers("401 Unauthorized", "WWW-Authenticate: Basic realm=x\r\n", "who are you?")},
		{Name: "forbidden", Kind: article.Denied, Reason: "403", serve: answers("403 Forbidden", "", "go away")},
		{Name: "missing", Kind: article.Gone, Reason: "404", serve: answers("404 Not Found", "", "not here")},
		{Name: "gone", Kind: article.Gone, Reason: "410", serve: answers("410 Gone", "", "")},
		{Name: "endless-404", Kind: article.Gone, Reason: "404", serve: repeats("HTTP/1.1 404 Not Found\r\n\r\n", strings.Repeat("no ", 4096), 0)},
		{Name: "later", Kind: article.Busy, Reason: "429", serve: answers("429 Too Many Requests", "Retry-After: 120\r\n", "later")},
		{Name: "never", Kind: article.Busy, Reason: "503", serve: answers("503 Service Unavailable", "Retry-After: 99999999999999\r\n", "later")},
		{Name: "broken", Kind: article.Busy, Reason: "500", serve: answers("500 Internal Server Error", "", "oh")},
		{Name: "strange-status", Kind: article.Invalid, Reason: "999", serve: answers("999 What", "", "oh")},
	}
}

// redirections are cases that send one elsewhere.
func redirections() []Case {
	return []Case{
		{Name: "loop", Kind: article.Invalid, Reason: "circle", serve: redirects("/page")},
		{Name: "chain", Kind: article.Invalid, Reason: "more than 5 redirects", serve: func(_ *Server, w io.Writer, r *http.Request) {
			page(w, "301 Moved Permanently", "Location: "+r.URL.Path+"x\r\n", "")
		}},
		{Name: "to-private", Kind: article.Forbidden, Reason: "private", serve: redirects("http://10.0.0.7/")},
		{Name: "to-metadata", Kind: article.Forbidden, Reason: "metadata", serve: redirects("http://169.254.169.254/latest/meta-data/")},
		{Name: "to-inside", Kind: article.Forbidden, Reason: "this machine itself", serve: redirects("http://inside.test:8080/")},
		{Name: "to-octal", Kind: article.Unreachable, Reason: "no such host", serve: redirects("http://0177.0.0.1/")},
		{Name: "to-mapped", Kind: article.Forbidden, Reason: "this machine itself", serve: redirects("http://[::ffff:127.0.0.1]/")},
		{Name: "to-file", Kind: article.Forbidden, Reason: "only http and https", serve: redirects("file:///etc/passwd")},
		{Name: "to-script", Kind: article.Invalid, Reason: "no address", serve: redirects("javascript:alert(1)")},
		{Name: "to-password", Kind: article.Forbidden, Reason: "name or password", serve: redirects("http://me:secret@good.test/")},
		{Name: "to-mail", Kind: article.Forbidden, Reason: "no port of web pages", serve: redirects("http://127.0.0.1:25/")},
		{Name: "to-nowhere", Kind: article.Unreachable, Reason: "no such host", serve: redirects("http://nowhere.test/")},
		{Name: "to-nothing", Kind: article.Invalid, Reason: "without saying where", serve: writes("HTTP/1.1 302 Found\r\n\r\n")},
		{Name: "robots-no", Kind: article.Denied, Reason: "robots.txt", serve: rules(answers("200 OK", "", "User-agent: *\nDisallow: /\n"))},
		{Name: "robots-trouble", Kind: article.Busy, Reason: "robots.txt cannot be had", serve: rules(answers("500 Internal Server Error", "", ""))},
		{Name: "robots-drip", Kind: article.Timeout, Reason: "robots.txt cannot be had", serve: rules(repeats(ok+"\r\n", "#", 50*time.Millisecond))},
		{Name: "robots-huge", serve: rules(repeats(ok+"\r\n", "Disallow: /never # "+strings.Repeat("x", 16<<10)+"\n", 0))},
		{Name: "robots-broken", serve: rules(answers("200 OK", "", "\xff\xfe<html>\nUser-agent: *\nCrawl-delay: soon\nDisallow: /other\n"))},
		{Name: "robots-loop", serve: rules(redirects("/robots.txt"))},
	}
}

// connections are cases that do not get as far as a status.
func connections() []Case {
	return []Case{
		{Name: "silent", Kind: article.Timeout, Reason: "no whole answer", serve: repeats("", "", 10*time.Second)},
		{Name: "hangs-up", Kind: article.Unreachable, Reason: "connection ended", serve: writes("")},
		{Name: "resets", Kind: article.Unreachable, Reason: "connection ended", serve: func(_ *Server, w io.Writer, _ *http.Request) {
			if conn, ok := w.(*net.TCPConn); ok {
				_ = conn.SetLinger(0)
			}
		}},
		{Name: "garbage", Kind: article.Invalid, Reason: "no HTTP", serve: writes("SSH-2.0-OpenSSH_9.9\r\n\r\n")},
		{Name: "two-lengths", Kind: article.Invalid, Reason: "no HTTP", serve: writes(ok + "Content-Length: 5\r\nContent-Length: 7\r\n\r\n<p>abcd")},
		{Name: "header-flood", Kind: article.TooLarge, Reason: "header", serve: func(_ *Server, w io.Writer, _ *http.Request) {
			fmt.Fprint(w, ok)
			for i := range 20000 {
				if _, err := fmt.Fprintf(w, "X-Flood-%d: %032d\r\n", i, i); err != nil {
					return
				}
			}
			fmt.Fprint(w, "\r\n"+Good)
		}},
		{Name: "long-header", Kind: article.TooLarge, Reason: "header", serve: repeats("HTTP/1.1 200 OK\r\nX-Long: ", strings.Repeat("x", 4096), 0)},
		{Name: "hints", Kind: article.TooLarge, Reason: "header", serve: repeats("", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 0)},
		{Name: "tls-closed", TLS: true, Kind: article.Unreachable, Reason: "connection ended"},
		{Name: "tls-silent", TLS: true, Kind: article.Timeout, Reason: "no whole answer"},
		{Name: "tls-plain", TLS: true, Kind: article.Unreachable, Reason: "does not speak TLS"},
		{Name: "tls-garbage", TLS: true, Kind: article.Unreachable, Reason: "handshake failed"},
	}
}
