package document

import (
	"rapporteur/internal/calendar"
	"rapporteur/internal/text"
)

// An Expectation is something that was said to come: who is to do what by when. With
// Done it is such a thing told as done, which may answer an earlier one.
type Expectation struct {
	Who        ActorID       // who is to do it, as a side; NoActor where the words do not tell
	What       text.Span     // "provide written answers"
	Kind       string        // class of the act: "give", "decide", "act", "begin"
	By         calendar.When // when; of a Done one the day on which it was done, if told
	Done       bool
	AssertedBy ActorID // who says so; NoActor: the article itself
	Statement  StatementID
	Evidence   text.Span // the sentence
	Made       Made
	Sure       Confidence
}
