package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"net/http"
	"path"
	"time"
)

//go:embed assets
var assetFiles embed.FS

// assets are the style sheet, scripts and pictures of the desk. Their addresses
// carry a digest, so that a browser may keep them until they change.
type assets struct {
	files  map[string][]byte
	digest map[string]string
}

func openAssets() (*assets, error) {
	entries, err := assetFiles.ReadDir("assets")
	if err != nil {
		return nil, fmt.Errorf("web: assets: %w", err)
	}
	a := &assets{files: map[string][]byte{}, digest: map[string]string{}}
	for _, e := range entries {
		content, err := assetFiles.ReadFile("assets/" + e.Name())
		if err != nil {
			return nil, fmt.Errorf("web: asset %s: %w", e.Name(), err)
		}
		sum := sha256.Sum256(content)
		a.files[e.Name()], a.digest[e.Name()] = content, hex.EncodeToString(sum[:4])
	}
	return a, nil
}

// url returns the address of an asset with its digest.
func (a *assets) url(name string) string { return "/assets/" + name + "?v=" + a.digest[name] }

var assetTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

func (a *assets) serve(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	kind, known := assetTypes[path.Ext(name)]
	content, there := a.files[name]
	if !known || !there {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", kind)
	if r.URL.Query().Get("v") == a.digest[name] {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
}
