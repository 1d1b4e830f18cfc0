-- Schema 3: what is looked at for new articles, and the bytes of small refusals.
-- Times are RFC 3339 in UTC, '' for never.

CREATE TABLE sources (
  n             INTEGER PRIMARY KEY,
  address       TEXT NOT NULL UNIQUE,
  kind          TEXT NOT NULL,
  name          TEXT NOT NULL,
  outlet        TEXT NOT NULL,
  every         INTEGER NOT NULL, -- seconds, 0: as the program sees fit
  allow         TEXT,             -- JSON: hosts that may have private addresses
  via           TEXT NOT NULL,
  added         TEXT NOT NULL,
  last_try      TEXT NOT NULL,
  last_success  TEXT NOT NULL,
  next_try      TEXT NOT NULL,
  failures      INTEGER NOT NULL,
  reason        TEXT NOT NULL,
  reason_kind   TEXT NOT NULL,
  etag          TEXT NOT NULL,
  last_modified TEXT NOT NULL
) STRICT;

CREATE TABLE source_items (
  n             INTEGER PRIMARY KEY,
  source        INTEGER NOT NULL REFERENCES sources(n),
  key           TEXT NOT NULL,
  url           TEXT NOT NULL,
  host          TEXT NOT NULL,
  mark          TEXT NOT NULL,
  state         TEXT NOT NULL,
  tries         INTEGER NOT NULL,
  next          TEXT NOT NULL, -- '' for no more
  seen          TEXT NOT NULL,
  reason        TEXT NOT NULL,
  reason_kind   TEXT NOT NULL,
  etag          TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  told          BLOB,
  UNIQUE (source, key)
) STRICT;
CREATE INDEX source_items_due ON source_items(next) WHERE next <> '';
CREATE INDEX source_items_by_key ON source_items(key);
CREATE INDEX source_items_by_url ON source_items(url);

CREATE TABLE host_troubles (
  name     TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  until    TEXT NOT NULL,
  kind     TEXT NOT NULL,
  reason   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE refusals ADD COLUMN content BLOB;
CREATE INDEX refusals_by_kind ON refusals(kind);
