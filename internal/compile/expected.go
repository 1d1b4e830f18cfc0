package compile

import (
	"rapporteur/internal/document"
	"rapporteur/internal/record"
	"rapporteur/internal/text"
)

// addExpectations gives what was said to come, and acts told as done by a side of
// some talks, which alone can answer one. The same words read twice are one entry.
func (c *compiler) addExpectations(r *record.Reading) error {
	given := map[string]bool{}
	for i := range c.d.Expectations {
		e := &c.d.Expectations[i]
		talks := c.talksOf(e.Evidence.Start, e.Who, e.AssertedBy)
		if talks == nil && e.Done {
			continue
		}
		ev, err := c.evidence("expectation "+entry("e", i), e.Made, e.Evidence, e.What)
		if err != nil {
			return err
		}
		out := record.Expectation{
			ID: record.Digest("e", c.article, e.What.String(), e.By.ISO()), Talks: talks, Who: c.name(e.Who), What: c.d.In(e.What), By: day(e.By.First.String()),
			State: record.ExpectationOpen, AssertedBy: c.asserter(e.AssertedBy), Statement: c.statement(e.Statement), Date: c.published, Article: c.article,
			Outlet: c.d.Article.Outlet, Evidence: ev, Confidence: confidence(e.Sure), Kind: e.Kind, Words: c.stemsAt(e.What), Done: e.Done,
		}
		if e.By.Last != e.By.First {
			out.Until = day(e.By.Last.String())
		}
		if e.Who != document.NoActor {
			key := c.key(e.Who)
			out.WhoID = &key
		}
		if !given[out.ID] {
			given[out.ID] = true
			r.Expectations = append(r.Expectations, out)
		}
	}
	return nil
}

// stemsAt returns the stems of the nouns and adjectives at s: what an act is about,
// without the verb, for "provide answers" is answered by "sent its answers".
func (c *compiler) stemsAt(s text.Span) []string {
	var words string
	in := c.d.TokensIn(s)
	for t := in.First; t < in.End; t++ {
		switch c.d.Tokens[t].UPOS {
		case document.NOUN, document.PROPN, document.ADJ, document.NUM:
			words += " " + c.d.Form(t)
		}
	}
	return contentStems(words)
}
