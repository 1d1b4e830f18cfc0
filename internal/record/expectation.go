package record

// An Expectation is something that was said to come, as one article tells it: who is
// to do what by when, and who says so.
type Expectation struct {
	ID         string     `json:"id"`
	Talks      *string    `json:"talks"`
	Who        *string    `json:"who"` // the side that is to do it, null where the words do not tell
	WhoID      *string    `json:"who_id"`
	What       string     `json:"what"`            // verbatim: "provide written answers"
	By         *string    `json:"by"`              // day, or first day of an interval
	Until      *string    `json:"until,omitempty"` // last day of an interval
	State      string     `json:"state"`           // "open", "due" (the day has passed and nothing answered), "answered"
	Answer     *Answer    `json:"answer,omitempty"`
	AssertedBy string     `json:"asserted_by"` // an actor's name, or "article"
	Statement  *string    `json:"statement"`
	Date       *string    `json:"date"` // day of publication
	Article    string     `json:"article"`
	Outlet     string     `json:"article_outlet"`
	Evidence   []Evidence `json:"evidence"` // the first is the sentence
	Confidence

	Kind  string   `json:"-"` // class of the act
	Words []string `json:"-"` // stems of What, by which an answer is known
	Done  bool     `json:"-"` // it was told as done: it may answer an earlier one, and is no entry of lists
}

// An Answer is the act that an expectation came to, as an article tells it.
type Answer struct {
	What     string   `json:"what"`
	Date     *string  `json:"date"`
	Article  string   `json:"article"`
	Evidence Evidence `json:"evidence"`
}

// The states of an expectation.
const (
	ExpectationOpen     = "open"
	ExpectationDue      = "due"
	ExpectationAnswered = "answered"
)
