package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"

	"rapporteur/internal/article"
)

// explain makes a refusal of what went wrong on the way. Its words hold nothing
// that differs from one try to the next (ports, times), so that the same trouble
// is stored once.
func (f *Fetcher) explain(err error) *article.Refusal {
	var refusal *article.Refusal
	if errors.As(err, &refusal) {
		return refusal
	}
	if isTimeout(err) {
		return article.Refuse(article.Timeout, fmt.Sprintf("no whole answer within %v", f.options.Timeout))
	}
	if reason := tlsReason(err); reason != "" {
		return article.Refuse(article.Unreachable, "no safe connection: "+reason)
	}
	var dns *net.DNSError
	text := err.Error()
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return article.Refuse(article.Unreachable, "there is no such host")
	case errors.As(err, &dns):
		return article.Refuse(article.Unreachable, "its host's name could not be looked up")
	case errors.Is(err, syscall.ECONNREFUSED):
		return article.Refuse(article.Unreachable, "its host takes no connection")
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return article.Refuse(article.Unreachable, "there is no way to its host")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), strings.Contains(text, "server closed idle"):
		return article.Refuse(article.Unreachable, "the connection ended before the answer did")
	case strings.Contains(text, "server response headers exceeded"), strings.Contains(text, "too many 1xx"):
		return article.Refuse(article.TooLarge, fmt.Sprintf("its header is larger than %d KB", maxHeader>>10))
	}
	return article.Refuse(article.Invalid, "no HTTP: "+without(text))
}

func isTimeout(err error) bool {
	var dns *net.DNSError
	if errors.As(err, &dns) && dns.IsTimeout {
		return true
	}
	var slow net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) || errors.As(err, &slow) && slow.Timeout()
}

// tlsReason tells what is wrong with a certificate or a handshake.
func tlsReason(err error) string {
	var header tls.RecordHeaderError
	var alert tls.AlertError
	var certificate *tls.CertificateVerificationError
	var name x509.HostnameError
	var unknown x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &header), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return "it does not speak TLS"
	case errors.As(err, &name):
		return "its certificate is another host's"
	case errors.As(err, &unknown):
		return "nobody known vouches for its certificate"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "its certificate is out of date"
	case errors.As(err, &invalid), errors.As(err, &certificate):
		return "its certificate is not valid"
	case errors.As(err, &alert), strings.Contains(err.Error(), "tls: "):
		return "the handshake failed"
	}
	return ""
}

// without takes the addresses of both ends off what the system says.
func without(text string) string {
	if i := strings.LastIndex(text, "net/http: "); i >= 0 {
		text = text[i+len("net/http: "):]
	}
	const most = 120
	text = strings.ToValidUTF8(text, "?")
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}
