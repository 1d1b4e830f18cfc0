package article

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"
)

// Identify sets and returns the article's ID: the one that its line carries, else
// a digest of its URL, else of the name that its feed gives it, else of outlet, day
// and text. A URL is compared without
// fragment, user and the parameters that only count visits.
func (a *Article) Identify() string {
	switch key := PlainURL(a.URL); {
	case a.Origin.GivenID != "":
		a.ID = a.Origin.GivenID
	case key != "":
		a.ID = digest("url", key)
	case a.GUID != "":
		a.ID = digest("guid", a.Outlet, a.GUID)
	default:
		a.ID = digest("text", a.Outlet, a.Published.String(), a.Text)
	}
	return a.ID
}

// digest returns 16 hex digits for the parts in their order.
func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:8])
}

// visitParameters begin the names of URL parameters that tell where a reader came
// from, not what the page is.
var visitParameters = [...]string{"utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "cmpid", "ocid"}

// PlainURL returns the form in which addresses of pages are compared; "" for what
// is no address of a page.
func PlainURL(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	query := u.Query()
	for name := range query {
		for _, begin := range visitParameters {
			if strings.HasPrefix(strings.ToLower(name), begin) {
				query.Del(name)
			}
		}
	}
	path := strings.TrimRight(u.EscapedPath(), "/")
	plain := strings.ToLower(u.Host) + path
	if len(query) > 0 {
		plain += "?" + query.Encode()
	}
	return plain
}
