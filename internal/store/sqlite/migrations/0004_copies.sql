-- Schema 4: copies are found by another sketch of their words. What a migration
-- leaves to the program is a chore: done when the record is opened next, in one
-- transaction, and then taken off the list.

CREATE TABLE chores (
  name TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO chores(name) SELECT 'copies' WHERE EXISTS (SELECT 1 FROM copies);
