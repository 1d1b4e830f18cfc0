-- Schema 5: what was said to come, and acts told as done, which may answer it.

CREATE TABLE expectations (
  n           INTEGER PRIMARY KEY,
  id          TEXT NOT NULL,
  article     INTEGER NOT NULL REFERENCES articles(n),
  seq         INTEGER NOT NULL,
  published   TEXT NOT NULL,
  talks_seen  INTEGER REFERENCES talks_seen(n),
  talks       INTEGER REFERENCES talks(n),
  done        INTEGER NOT NULL, -- told as done: an answer, not an expectation
  kind        TEXT NOT NULL,
  who         INTEGER REFERENCES actors(n),
  who_name    TEXT,
  what        TEXT NOT NULL,
  words       TEXT NOT NULL,    -- JSON: stems of what
  first       TEXT NOT NULL,    -- day, or first and last day
  last        TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  statement   TEXT,
  confidence  REAL NOT NULL,
  likely      INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX expectations_by_article ON expectations(article, seq);
CREATE INDEX expectations_by_day ON expectations(last, id) WHERE done = 0;
CREATE INDEX expectations_by_act ON expectations(talks, kind, published) WHERE done = 1;
CREATE INDEX expectations_by_talks_seen ON expectations(talks_seen) WHERE talks_seen IS NOT NULL;
CREATE INDEX expectations_by_who ON expectations(who) WHERE who IS NOT NULL;
