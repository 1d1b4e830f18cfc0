package markup

import "strings"

// The classes of elements come from the rendering section of the HTML standard.
var (
	isVoid   = set("area base br col embed hr img input link meta param source track wbr")
	isSilent = set("script style iframe textarea title noframes noembed xmp plaintext") // their content is one token of text
	isBlock  = set("address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form " +
		"h1 h2 h3 h4 h5 h6 header hgroup html li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul legend optgroup option button")
	closesParagraph = set("address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form " +
		"h1 h2 h3 h4 h5 h6 header hgroup main menu nav ol p pre section table ul li dd dt")
	closesItself = set("li dd dt tr td th option")
	places       = map[string]Place{
		"article": InArticle, "main": InArticle, "header": InHeader, "nav": InAside, "aside": InAside, "footer": InAside, "menu": InAside,
		"dialog": InAside, "figure": InCaption, "figcaption": InCaption, "button": InButton, "label": InButton, "option": InButton, "time": InTime, "a": InLink,
		"noscript": notShown, "template": notShown, "svg": notShown, "object": notShown, "select": notShown, "canvas": notShown, "audio": notShown,
		"video": notShown, "math": notShown,
	}
)

// notShown is the place of what browsers show in another form or not at all.
const notShown = InHidden | InSilent

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, word := range strings.Fields(words) {
		m[word] = true
	}
	return m
}
