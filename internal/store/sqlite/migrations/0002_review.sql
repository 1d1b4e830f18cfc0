-- Schema 2: what nobody judged, in the order in which a review goes through it.

CREATE INDEX statements_to_review ON statements(likely DESC, confidence, id) WHERE decision = '';
CREATE INDEX positions_to_review ON positions(likely DESC, confidence, id) WHERE decision = '';
CREATE INDEX meetings_to_review ON meetings(likely DESC, confidence, id) WHERE decision = '';
CREATE INDEX documents_to_review ON documents(likely DESC, confidence, id) WHERE decision = '';
