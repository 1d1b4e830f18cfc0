package contradiction

import (
	"slices"

	"rapporteur/internal/lexicon"
	"rapporteur/internal/record"
)

// blames pairs statements in which two sides blame each other for the same (CAMEO
// manual, 112: accuse): each names the other, and what they charge is told in the
// same words. "Orsa says that Veyra broke the truce; Veyra says that Orsa broke it".
func (s *scene) blames() []record.Contradiction {
	var out []record.Contradiction
	seen := map[[2]string]bool{}
	for i := len(s.said) - 1; i >= 0; i-- {
		b := s.said[i]
		if !s.isCharge(b) {
			continue
		}
		for j := i - 1; j >= 0; j-- {
			a := s.said[j]
			if apart(a.Published, b.Published) > blameDays {
				break
			}
			sides := [2]string{min(a.party(), b.party()), max(a.party(), b.party())}
			if seen[sides] || sides[0] == sides[1] || !s.isCharge(a) || a.Article == b.Article && inside(a, b) || !s.blamesBoth(a, b) {
				continue
			}
			seen[sides] = true
			out = append(out, s.pair("blame", record.Blame, shared(a, b), a, b))
		}
	}
	return out
}

// isCharge reports whether a side that is known says that somebody did wrong.
func (s *scene) isCharge(a *said) bool {
	return a.ForID != nil && len(a.not) == 0 && s.has("charge", a.words)
}

// blamesBoth reports whether each of two charges is about the other side, in words of
// one matter; who is meant may stand in the same speaker's words beside it.
func (s *scene) blamesBoth(a, b *said) bool {
	return s.about(a, b.party()) && s.about(b, a.party()) && alike(a.matter, b.matter, 3, 0.4) && s.sameCharge(a, b)
}

// sameCharge reports whether a word of charge is in both.
func (s *scene) sameCharge(a, b *said) bool {
	at, end := s.find("charge", a.words)
	if at < 0 {
		return false
	}
	for ; at < len(a.words); at++ {
		for _, phrase := range s.phrases["charge"] {
			if startsWith(a.words[at:], phrase) && slices.ContainsFunc(b.words, func(w word) bool { return w.stem == phrase[0] }) {
				return true
			}
		}
	}
	return end < 0
}

// about reports whether the statement, or another of the same speaker that shares its
// sentence, names the party.
func (s *scene) about(a *said, party string) bool {
	if slices.Contains(a.named, party) {
		return true
	}
	for _, o := range s.said {
		if o.Article == a.Article && o != a && deref(o.Speaker) == deref(a.Speaker) && len(o.Evidence) > 0 && len(a.Evidence) > 0 &&
			o.Evidence[0].Span.Overlaps(a.Evidence[0].Span) && slices.Contains(o.named, party) {
			return true
		}
	}
	return false
}

// consents pairs what one side says another has agreed to with what that other itself
// says is still missing, in one article or within days (FactBank: certainty): "Orsa says that Veyra
// agreed to lift the toll, while Veyra says it needs guarantees for such a deal".
func (s *scene) consents() []record.Contradiction {
	var out []record.Contradiction
	for _, claim := range s.said {
		at, end := s.find("consent", claim.words)
		if at < 0 || claim.ForID == nil || len(claim.not) > 0 || s.has("open", claim.words[:end]) || at > 0 && claim.words[at-1].form == "to" {
			continue
		}
		sides := s.namedIn(claim.words[max(0, at-8):at])
		for _, own := range s.said {
			if own.ForID == nil || *own.ForID == *claim.ForID || !slices.Contains(sides, *own.ForID) || own == claim || own.Article == claim.Article && inside(own, claim) {
				continue
			}
			if !s.has("lacking", own.words) || apart(own.Published, claim.Published) > factDays || deref(own.Published) < deref(claim.Published) || !s.ofOneDeal(claim, own) {
				continue
			}
			c := s.pair("consent", record.AgainstClaim, shared(claim, claim), own, claim)
			c.Party = own.For
			out = append(out, c)
			break
		}
	}
	return out
}

// near is how many bytes after a claim a word may point back at it.
const near = 300

// ofOneDeal reports whether the own word is about what was claimed: by its words, or
// by pointing back at it in the same sentence.
func (s *scene) ofOneDeal(claim, own *said) bool {
	if len(common(claim.matter, own.matter)) >= 2 {
		return true
	}
	if own.Article != claim.Article || own.start() < claim.start() || own.start()-claim.start() > near {
		return false
	}
	for i, w := range own.words[:max(0, len(own.words)-1)] {
		if lexicon.OneOf(w.form, "such the this that any") && lexicon.OneOf(own.words[i+1].stem, "deal agreement accord arrangement pact") {
			return true
		}
		if w.form == "such" && i+2 < len(own.words) && lexicon.OneOf(own.words[i+2].stem, "deal agreement accord arrangement pact") {
			return true
		}
	}
	return false
}
