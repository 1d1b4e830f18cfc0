-- Schema 1: the record. docs/formats/database.md explains each table.
-- Days are ISO days, "" when not known; spans count bytes of the article's text.

CREATE TABLE stories (
  n  INTEGER PRIMARY KEY,
  id TEXT NOT NULL
) STRICT;

-- A copy is one wording of a text; articles with equal words share it.
CREATE TABLE copies (
  n      INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE, -- of its words
  bands  BLOB,                 -- of its MinHash, 8 bytes each; NULL for a text too short to have near copies
  story  INTEGER NOT NULL REFERENCES stories(n)
) STRICT;
CREATE INDEX copies_by_story ON copies(story);

-- Two copies of one story, found by bands of their MinHash, both ways round.
CREATE TABLE copy_links (
  a INTEGER NOT NULL REFERENCES copies(n),
  b INTEGER NOT NULL REFERENCES copies(n),
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE TABLE copy_bands (
  band INTEGER NOT NULL,
  copy INTEGER NOT NULL REFERENCES copies(n),
  PRIMARY KEY (band, copy)
) STRICT, WITHOUT ROWID;

CREATE TABLE articles (
  n            INTEGER PRIMARY KEY,
  id           TEXT NOT NULL UNIQUE,
  version      INTEGER NOT NULL,
  digest       TEXT NOT NULL,
  title        TEXT NOT NULL,
  outlet       TEXT NOT NULL,
  folded       TEXT NOT NULL, -- the outlet, for filters
  published    TEXT NOT NULL,
  published_at TEXT,
  instant      INTEGER, -- seconds since 1970: published_at, else the begin of the day in UTC
  url          TEXT,
  language     TEXT NOT NULL,
  state        TEXT NOT NULL,
  reader       TEXT NOT NULL,
  source       TEXT NOT NULL,
  line         INTEGER NOT NULL,
  author       TEXT NOT NULL,
  section      TEXT NOT NULL,
  topics       TEXT, -- JSON
  dateline     TEXT NOT NULL,
  meta         TEXT, -- JSON
  words        INTEGER NOT NULL,
  copy         INTEGER NOT NULL REFERENCES copies(n)
) STRICT;
CREATE INDEX articles_by_day ON articles(published, id);
CREATE INDEX articles_by_copy ON articles(copy);
CREATE INDEX articles_by_outlet ON articles(folded, outlet, published);

CREATE TABLE texts (
  article    INTEGER PRIMARY KEY REFERENCES articles(n),
  text       ANY NOT NULL,     -- TEXT, or BLOB: zlib of it
  size       INTEGER NOT NULL, -- bytes of the text
  body_start INTEGER NOT NULL,
  body_end   INTEGER NOT NULL,
  paragraphs BLOB,
  map        BLOB -- first byte 0: varints follow, 1: zlib of varints
) STRICT;

CREATE TABLE article_versions (
  article    INTEGER NOT NULL REFERENCES articles(n),
  version    INTEGER NOT NULL,
  head       TEXT NOT NULL, -- JSON of the article without its text
  text       ANY NOT NULL, -- as in texts
  body_start INTEGER NOT NULL,
  body_end   INTEGER NOT NULL,
  paragraphs BLOB,
  map        BLOB,
  PRIMARY KEY (article, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE makers (
  n       INTEGER PRIMARY KEY,
  stage   TEXT NOT NULL,
  rule    TEXT NOT NULL,
  version TEXT NOT NULL,
  UNIQUE (stage, rule, version)
) STRICT;

-- kind: 1 statement, 2 position, 3 move, 4 actor, 5 talks, 6 meeting, 7 document,
-- 8 status; entry is the row of that kind that the article gave.
CREATE TABLE evidence (
  article INTEGER NOT NULL REFERENCES articles(n),
  kind    INTEGER NOT NULL,
  entry   INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  start   INTEGER NOT NULL,
  end     INTEGER NOT NULL,
  maker   INTEGER NOT NULL REFERENCES makers(n),
  PRIMARY KEY (article, kind, entry, seq)
) STRICT, WITHOUT ROWID;

-- What articles say of an entry that is joined over them, and how many say so.
-- kind as in evidence, 9 point.
CREATE TABLE traits (
  kind  INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  trait TEXT NOT NULL,
  value TEXT NOT NULL,
  uses  INTEGER NOT NULL,
  PRIMARY KEY (kind, entry, trait, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE actors (
  n        INTEGER PRIMARY KEY,
  key      TEXT NOT NULL UNIQUE,
  id       TEXT NOT NULL UNIQUE,
  root     INTEGER REFERENCES actors(n), -- the actor that a person merged it into; itself otherwise
  name     TEXT NOT NULL,
  kind     TEXT NOT NULL,
  seen     INTEGER NOT NULL DEFAULT 0,   -- how many tellings there are of this very key
  shown    INTEGER NOT NULL DEFAULT 0,   -- it is its own root and somebody tells of it
  given    TEXT NOT NULL DEFAULT '',     -- name that a person gave
  decision TEXT NOT NULL DEFAULT '',
  fix      TEXT                          -- JSON of what persons corrected
) STRICT;
CREATE INDEX actors_by_root ON actors(root);
CREATE INDEX actors_by_name ON actors(name, id) WHERE shown;

-- Names and aliases as filters look them up: lower case, without accents.
CREATE TABLE actor_names (
  folded TEXT NOT NULL,
  actor  INTEGER NOT NULL REFERENCES actors(n),
  uses   INTEGER NOT NULL,
  PRIMARY KEY (folded, actor)
) STRICT, WITHOUT ROWID;

CREATE TABLE actor_seen (
  n         INTEGER PRIMARY KEY,
  article   INTEGER NOT NULL REFERENCES articles(n),
  seq       INTEGER NOT NULL,
  published TEXT NOT NULL,
  actor     INTEGER NOT NULL REFERENCES actors(n),
  name      TEXT NOT NULL,
  kind      TEXT NOT NULL,
  role      TEXT NOT NULL,
  party     INTEGER REFERENCES actors(n), -- what it belongs to
  aliases   TEXT, -- JSON
  mentions  BLOB
) STRICT;
CREATE UNIQUE INDEX actor_seen_by_article ON actor_seen(article, seq);
CREATE INDEX actor_seen_by_actor ON actor_seen(actor, published);
CREATE INDEX actor_seen_by_party ON actor_seen(party) WHERE party IS NOT NULL;
CREATE INDEX actor_seen_by_role ON actor_seen(actor, role, party, published) WHERE role <> '';

CREATE TABLE talks (
  n       INTEGER PRIMARY KEY,
  key     TEXT NOT NULL UNIQUE,
  id      TEXT NOT NULL UNIQUE,
  into_n  INTEGER REFERENCES talks(n), -- the talks that a person merged it into
  name    TEXT NOT NULL,
  subject TEXT NOT NULL,
  given   TEXT NOT NULL DEFAULT '', -- name that a person gave
  defined INTEGER NOT NULL DEFAULT 0,
  seen    INTEGER NOT NULL DEFAULT 0,
  decision TEXT NOT NULL DEFAULT '',
  fix     TEXT
) STRICT;

CREATE INDEX talks_by_into ON talks(into_n) WHERE into_n IS NOT NULL;

CREATE TABLE talks_seen (
  n          INTEGER PRIMARY KEY,
  article    INTEGER NOT NULL REFERENCES articles(n),
  seq        INTEGER NOT NULL,
  published  TEXT NOT NULL,
  key_talks  INTEGER REFERENCES talks(n), -- by its own key; null where a person alone puts the article there
  talks      INTEGER NOT NULL REFERENCES talks(n), -- after decisions
  name       TEXT NOT NULL,
  subject    TEXT NOT NULL,
  confidence REAL NOT NULL,
  likely     INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX talks_seen_by_article ON talks_seen(article, seq);
CREATE INDEX talks_seen_by_talks ON talks_seen(talks, published);
CREATE INDEX talks_seen_by_key ON talks_seen(key_talks);

CREATE TABLE talks_parties (
  talks_seen INTEGER NOT NULL REFERENCES talks_seen(n),
  seq        INTEGER NOT NULL,
  actor      INTEGER NOT NULL REFERENCES actors(n),
  mediator   INTEGER NOT NULL,
  PRIMARY KEY (talks_seen, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX talks_parties_by_actor ON talks_parties(actor);

-- Parties, words and days by which a person defined talks, as JSON.
CREATE TABLE talks_rules (
  decision INTEGER PRIMARY KEY,
  talks    INTEGER NOT NULL REFERENCES talks(n),
  rule     TEXT NOT NULL
) STRICT;

-- Articles that a person moved from one negotiation to another.
CREATE TABLE talks_splits (
  article_id TEXT NOT NULL,
  source     INTEGER NOT NULL REFERENCES talks(n),
  target     INTEGER NOT NULL REFERENCES talks(n),
  decision   INTEGER NOT NULL,
  PRIMARY KEY (article_id, source, decision)
) STRICT, WITHOUT ROWID;

CREATE TABLE statements (
  n            INTEGER PRIMARY KEY,
  id           TEXT NOT NULL,
  article      INTEGER NOT NULL REFERENCES articles(n),
  seq          INTEGER NOT NULL,
  published    TEXT NOT NULL,
  talks_seen   INTEGER REFERENCES talks_seen(n),
  talks        INTEGER REFERENCES talks(n),
  kind         TEXT NOT NULL,
  form         TEXT NOT NULL,
  speaker      INTEGER REFERENCES actors(n),
  speaker_name TEXT,
  party        INTEGER REFERENCES actors(n),
  party_name   TEXT,
  addressee    TEXT,
  venue        TEXT,
  said_on      TEXT,
  said_until   TEXT,
  source       TEXT,
  source_span  TEXT,
  cue          TEXT,
  cue_span     TEXT,
  content      TEXT NOT NULL, -- pieces, one after the other, each followed by a line feed
  pieces       TEXT NOT NULL, -- JSON spans
  edits        TEXT,          -- JSON
  confidence   REAL NOT NULL,
  likely       INTEGER NOT NULL,
  decision     TEXT NOT NULL DEFAULT '',
  base         TEXT, -- JSON as read, where a person corrected it
  kept         INTEGER NOT NULL DEFAULT 0, -- stands by a decision alone: the newest reading does not give it
  month        TEXT AS ('m' || replace(substr(published, 1, 7), '-', '')) VIRTUAL -- a word of the full-text index, to search month by month
) STRICT;
CREATE UNIQUE INDEX statements_by_article ON statements(article, seq);
CREATE INDEX statements_by_id ON statements(id);
CREATE INDEX statements_by_day ON statements(published, n);
CREATE INDEX statements_by_talks ON statements(talks, published) WHERE talks IS NOT NULL;
CREATE INDEX statements_by_talks_seen ON statements(talks_seen) WHERE talks_seen IS NOT NULL;
CREATE INDEX statements_by_speaker ON statements(speaker, published) WHERE speaker IS NOT NULL;
CREATE INDEX statements_by_party ON statements(party, published) WHERE party IS NOT NULL;

CREATE VIRTUAL TABLE statement_words USING fts5(
  content, source, speaker_name, month,
  content='statements', content_rowid='n', tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER statements_inserted AFTER INSERT ON statements BEGIN
  INSERT INTO statement_words(rowid, content, source, speaker_name, month) VALUES (new.n, new.content, new.source, new.speaker_name, new.month);
END;
CREATE TRIGGER statements_deleted AFTER DELETE ON statements BEGIN
  INSERT INTO statement_words(statement_words, rowid, content, source, speaker_name, month) VALUES ('delete', old.n, old.content, old.source, old.speaker_name, old.month);
END;
CREATE TRIGGER statements_changed AFTER UPDATE OF content, source, speaker_name ON statements BEGIN
  INSERT INTO statement_words(statement_words, rowid, content, source, speaker_name, month) VALUES ('delete', old.n, old.content, old.source, old.speaker_name, old.month);
  INSERT INTO statement_words(rowid, content, source, speaker_name, month) VALUES (new.n, new.content, new.source, new.speaker_name, new.month);
END;

CREATE TABLE points (
  n      INTEGER PRIMARY KEY,
  id     TEXT NOT NULL UNIQUE,
  talks  INTEGER REFERENCES talks(n),
  key    TEXT NOT NULL,
  into_n INTEGER REFERENCES points(n), -- the point that a person merged it into
  label  TEXT NOT NULL,
  folded TEXT NOT NULL,
  given  TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX points_by_talks ON points(talks) WHERE talks IS NOT NULL;
CREATE INDEX points_by_into ON points(into_n) WHERE into_n IS NOT NULL;
CREATE UNIQUE INDEX points_by_key ON points(ifnull(talks, 0), key);

CREATE TABLE positions (
  n          INTEGER PRIMARY KEY,
  id         TEXT NOT NULL,
  article    INTEGER NOT NULL REFERENCES articles(n),
  seq        INTEGER NOT NULL,
  published  TEXT NOT NULL,
  talks_seen INTEGER REFERENCES talks_seen(n),
  talks      INTEGER REFERENCES talks(n),
  party      INTEGER NOT NULL REFERENCES actors(n),
  party_name TEXT NOT NULL,
  point      INTEGER NOT NULL REFERENCES points(n), -- after decisions
  point_key  TEXT NOT NULL,
  label      TEXT NOT NULL,
  mention    TEXT NOT NULL,
  stance     TEXT NOT NULL,
  own        INTEGER NOT NULL,
  asserter   INTEGER REFERENCES actors(n),
  asserted_by TEXT NOT NULL,
  denied     INTEGER NOT NULL,
  statement  TEXT, -- ID of a statement of the same article
  confidence REAL NOT NULL,
  likely     INTEGER NOT NULL,
  decision   TEXT NOT NULL DEFAULT '',
  base       TEXT,
  kept       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX positions_by_article ON positions(article, seq);
CREATE INDEX positions_by_id ON positions(id);
CREATE INDEX positions_by_day ON positions(published, n);
CREATE INDEX positions_by_talks ON positions(talks, published) WHERE talks IS NOT NULL;
CREATE INDEX positions_by_talks_seen ON positions(talks_seen) WHERE talks_seen IS NOT NULL;
CREATE INDEX positions_by_point ON positions(point);
CREATE INDEX positions_by_asserter ON positions(asserter) WHERE asserter IS NOT NULL;
CREATE INDEX positions_by_party ON positions(party, published);

CREATE TABLE moves (
  n          INTEGER PRIMARY KEY,
  id         TEXT NOT NULL,
  article    INTEGER NOT NULL REFERENCES articles(n),
  seq        INTEGER NOT NULL,
  published  TEXT NOT NULL,
  talks_seen INTEGER REFERENCES talks_seen(n),
  talks      INTEGER REFERENCES talks(n),
  kind       TEXT NOT NULL,
  actor      INTEGER REFERENCES actors(n),
  actor_name TEXT NOT NULL,
  recipient  TEXT,
  mode       TEXT NOT NULL,
  predicate  TEXT NOT NULL,
  point      TEXT NOT NULL,
  statement  TEXT,
  plover     TEXT NOT NULL,
  cameo      TEXT NOT NULL,
  goldstein  REAL NOT NULL,
  confidence REAL NOT NULL,
  likely     INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX moves_by_article ON moves(article, seq);
CREATE INDEX moves_by_id ON moves(id);
CREATE INDEX moves_by_day ON moves(published, n);
CREATE INDEX moves_by_talks ON moves(talks, published) WHERE talks IS NOT NULL;
CREATE INDEX moves_by_talks_seen ON moves(talks_seen) WHERE talks_seen IS NOT NULL;
CREATE INDEX moves_by_actor ON moves(actor, published) WHERE actor IS NOT NULL;

CREATE TABLE meetings (
  n          INTEGER PRIMARY KEY,
  id         TEXT NOT NULL, -- that of its first telling
  root       INTEGER REFERENCES meetings(n), -- the meeting that a person merged it into; itself otherwise
  block      TEXT NOT NULL,
  talks      INTEGER REFERENCES talks(n),
  name       TEXT NOT NULL,
  date       TEXT,
  until      TEXT,
  place      TEXT,
  format     TEXT NOT NULL,
  state      TEXT NOT NULL,
  parties    TEXT NOT NULL, -- JSON list of [row of actors or null, name as read]
  confidence REAL NOT NULL,
  likely     INTEGER NOT NULL,
  seen       INTEGER NOT NULL DEFAULT 0, -- how many tellings there are
  decision   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX meetings_by_id ON meetings(id);
CREATE INDEX meetings_by_root ON meetings(root);
CREATE INDEX meetings_by_block ON meetings(block);
CREATE INDEX meetings_by_day ON meetings(date, id);
CREATE INDEX meetings_by_talks ON meetings(talks, date) WHERE talks IS NOT NULL;

CREATE TABLE meeting_seen (
  n          INTEGER PRIMARY KEY,
  id         TEXT NOT NULL,
  article    INTEGER NOT NULL REFERENCES articles(n),
  seq        INTEGER NOT NULL,
  published  TEXT NOT NULL,
  talks_seen INTEGER REFERENCES talks_seen(n),
  talks      INTEGER REFERENCES talks(n),
  meeting    INTEGER REFERENCES meetings(n),
  block      TEXT NOT NULL, -- only tellings of one block can be one meeting
  shape      INTEGER, -- hash of all by which tellings are joined; NULL for one that joins with none
  name       TEXT NOT NULL,
  date       TEXT,
  until      TEXT,
  place      TEXT,
  format     TEXT NOT NULL,
  state      TEXT NOT NULL,
  confidence REAL NOT NULL,
  likely     INTEGER NOT NULL,
  kept       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE meeting_parties (
  meeting_seen INTEGER NOT NULL REFERENCES meeting_seen(n),
  seq          INTEGER NOT NULL,
  actor        INTEGER REFERENCES actors(n),
  name         TEXT NOT NULL,
  PRIMARY KEY (meeting_seen, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_parties_by_actor ON meeting_parties(actor) WHERE actor IS NOT NULL;
CREATE UNIQUE INDEX meeting_seen_by_article ON meeting_seen(article, seq);
CREATE INDEX meeting_seen_by_talks ON meeting_seen(talks) WHERE talks IS NOT NULL;
CREATE INDEX meeting_seen_by_id ON meeting_seen(id);
CREATE INDEX meeting_seen_by_block ON meeting_seen(block, shape);
CREATE INDEX meeting_seen_by_meeting ON meeting_seen(meeting, published, id);
CREATE INDEX meeting_seen_by_confidence ON meeting_seen(meeting, confidence);
CREATE INDEX meeting_seen_by_talks_seen ON meeting_seen(talks_seen) WHERE talks_seen IS NOT NULL;

CREATE TABLE documents (
  n          INTEGER PRIMARY KEY,
  key        TEXT NOT NULL UNIQUE,
  id         TEXT NOT NULL UNIQUE,
  into_n     INTEGER REFERENCES documents(n),
  talks      INTEGER REFERENCES talks(n),
  kind       TEXT NOT NULL,
  name       TEXT NOT NULL,
  by_name    TEXT,
  to_names   TEXT NOT NULL, -- JSON
  state      TEXT NOT NULL,
  date       TEXT,
  folded     TEXT NOT NULL, -- by_name and to_names for filters, each between line feeds
  confidence REAL NOT NULL,
  likely     INTEGER NOT NULL,
  seen       INTEGER NOT NULL DEFAULT 0,
  decision   TEXT NOT NULL DEFAULT '',
  fix        TEXT
) STRICT;
CREATE INDEX documents_by_talks ON documents(talks, date) WHERE talks IS NOT NULL;
CREATE INDEX documents_by_into ON documents(into_n) WHERE into_n IS NOT NULL;
CREATE INDEX documents_by_day ON documents(date, id);

CREATE TABLE document_seen (
  n            INTEGER PRIMARY KEY,
  id           TEXT NOT NULL,
  article      INTEGER NOT NULL REFERENCES articles(n),
  seq          INTEGER NOT NULL,
  published    TEXT NOT NULL,
  talks_seen   INTEGER REFERENCES talks_seen(n),
  talks        INTEGER REFERENCES talks(n),
  key_document INTEGER NOT NULL REFERENCES documents(n),
  document     INTEGER NOT NULL REFERENCES documents(n), -- after decisions
  kind         TEXT NOT NULL,
  name         TEXT NOT NULL,
  by_name      TEXT,
  to_names     TEXT NOT NULL,
  state        TEXT NOT NULL,
  date         TEXT,
  confidence   REAL NOT NULL,
  likely       INTEGER NOT NULL,
  kept         INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX document_seen_by_article ON document_seen(article, seq);
CREATE INDEX document_seen_by_document ON document_seen(document, published);
CREATE INDEX document_seen_by_talks ON document_seen(talks) WHERE talks IS NOT NULL;
CREATE INDEX document_seen_by_confidence ON document_seen(document, confidence);
CREATE INDEX document_seen_sure ON document_seen(document) WHERE likely = 0;
CREATE INDEX document_seen_by_key ON document_seen(key_document);
CREATE INDEX document_seen_by_talks_seen ON document_seen(talks_seen) WHERE talks_seen IS NOT NULL;

CREATE TABLE status_seen (
  n          INTEGER PRIMARY KEY,
  article    INTEGER NOT NULL REFERENCES articles(n),
  seq        INTEGER NOT NULL,
  published  TEXT NOT NULL,
  talks_seen INTEGER NOT NULL REFERENCES talks_seen(n),
  talks      INTEGER NOT NULL REFERENCES talks(n),
  state      TEXT NOT NULL,
  by_name    TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX status_seen_by_article ON status_seen(article, seq);
CREATE INDEX status_seen_by_talks ON status_seen(talks, published);
CREATE INDEX status_seen_by_talks_seen ON status_seen(talks_seen);

CREATE TABLE abstentions (
  article INTEGER NOT NULL REFERENCES articles(n),
  seq     INTEGER NOT NULL,
  stage   TEXT NOT NULL,
  entry   TEXT NOT NULL,
  why     TEXT NOT NULL,
  PRIMARY KEY (article, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE refusals (
  n      INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  line   INTEGER NOT NULL,
  reason TEXT NOT NULL,
  kind   TEXT NOT NULL,
  bytes  INTEGER NOT NULL,
  at     TEXT NOT NULL,
  UNIQUE (source, line, reason)
) STRICT;

CREATE TABLE decisions (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  at        TEXT NOT NULL,
  author    TEXT NOT NULL,
  act       TEXT NOT NULL,
  target    TEXT NOT NULL,
  entry     TEXT NOT NULL,
  article   TEXT NOT NULL, -- ID of the article whose entry it is, '' for joined entries
  before    TEXT NOT NULL,
  after     TEXT NOT NULL,
  undone_at TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX decisions_by_entry ON decisions(target, entry);
-- What persons merged: an entry's ID leads to that of the entry it is part of.
CREATE TABLE merges (
  target   TEXT NOT NULL, -- kind of entry
  from_id  TEXT NOT NULL,
  to_id    TEXT NOT NULL,
  decision INTEGER NOT NULL,
  PRIMARY KEY (target, from_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX merges_by_target ON merges(target, to_id);
CREATE INDEX decisions_by_article ON decisions(article) WHERE article <> '';
