package storetest

import "rapporteur/internal/record"

// Keys of the invented negotiation.
const (
	arvenia = "state:ARV"
	borland = "state:BOR"
	lund    = "person:ida lund"
	moss    = "person:karl moss"
	toll    = "state:ARV|state:BOR|toll"
)

// roundOne tells of a first round.
func roundOne() *record.Reading {
	return Article("one", "2024-04-03", "Harbour Post", "Round one",
		"Arvenia and Borland met in Halm on Wednesday, in talks on the toll.",
		"“The toll must go,” said Ida Lund, Arvenia’s envoy.",
		"Arvenia wants an end of the harbour toll. The talks are under way.").
		Actor(arvenia, "Arvenia", "state", "", "").Actor(borland, "Borland", "state", "", "").
		Actor(lund, "Ida Lund", "person", "Envoy", arvenia, "Lund").
		Talks(toll, "Arvenia · Borland: toll", "toll", "talks on the toll", arvenia, borland).
		Says(toll, lund, arvenia, "The toll must go,").
		Wants(toll, arvenia, "harbour toll", "an end of the harbour toll", "demands", "").
		Meets(toll, "talks on the toll", "2024-04-03", "Halm", "held", "met in Halm", arvenia, borland).
		Stands(toll, "under way", "article", "The talks are under way").Reading()
}

// roundTwo tells of the first round again, and of the next one as planned.
func roundTwo() *record.Reading {
	return Article("two", "2024-04-05T18:30:00+02:00", "Courier", "Borland answers",
		"After Wednesday's round in Halm, Borland and Arvenia will meet again on 10 April.",
		"Karl Moss, Borland’s minister, rejected an end of the harbour toll: “The toll stays,” he said.",
		"Borland’s draft memorandum is under review.").
		Actor(borland, "Borland", "state", "", "").Actor(arvenia, "Arvenia", "state", "", "").
		Actor(moss, "Karl Moss", "person", "Minister", borland, "Moss").
		Talks(toll, "Borland · Arvenia: toll", "toll", "meet again", arvenia, borland).
		Says(toll, moss, borland, "The toll stays,").
		Wants(toll, borland, "harbour toll", "an end of the harbour toll", "rejects", moss).
		Meets(toll, "round in Halm", "2024-04-03", "Halm", "held", "round in Halm", borland, arvenia).
		Meets(toll, "next meeting", "2024-04-10", "", "planned", "meet again on 10 April", borland, arvenia).
		Paper(toll, "draft", "draft memorandum", borland, "under review", "").Reading()
}

// noRound tells that the second round was put off, and what Lund became.
func noRound() *record.Reading {
	return Article("three", "2024-04-09", "Harbour Post", "Put off",
		"The meeting of 10 April between Arvenia and Borland is put off; the talks are deadlocked, Foreign Minister Ida Lund said.",
		"Arvenia rejected the draft memorandum. Arvenia will not accept the toll.").
		Actor(arvenia, "Arvenia", "state", "", "").Actor(borland, "Borland", "state", "", "").
		Actor(lund, "Ida Lund", "person", "Foreign Minister", arvenia).
		Talks(toll, "Arvenia · Borland: toll", "toll", "the talks", arvenia, borland).
		Says(toll, lund, arvenia, "the talks are deadlocked").
		Wants(toll, arvenia, "harbour toll", "the toll", "rejects", "").
		Meets(toll, "meeting", "2024-04-10", "", "postponed", "meeting of 10 April", arvenia, borland).
		Paper(toll, "draft", "draft memorandum", borland, "rejected", "2024-04-05").
		Stands(toll, "deadlocked", "Ida Lund", "the talks are deadlocked").Reading()
}

// elsewhere tells of another negotiation on the same days.
func elsewhere() *record.Reading {
	const key = "state:BOR|state:CES|fish"
	return Article("four", "2024-04-10", "Courier", "",
		"Borland and Cestria met in Ostra on Wednesday over fish. Cestria wants a quota. “We count fish,” said Karl Moss.").
		Actor(borland, "Borland", "state", "", "").Actor("state:CES", "Cestria", "state", "", "").Actor(moss, "Karl Moss", "person", "Minister", borland).
		Talks(key, "Borland · Cestria: fish", "fish", "over fish", borland, "state:CES").
		Says(key, moss, borland, "We count fish,").
		Wants(key, "state:CES", "quota", "a quota", "demands", "").
		Meets(key, "meeting over fish", "2024-04-10", "Ostra", "held", "met in Ostra", borland, "state:CES").Reading()
}

func thread() []*record.Reading {
	return []*record.Reading{roundOne(), roundTwo(), noRound(), elsewhere()}
}
