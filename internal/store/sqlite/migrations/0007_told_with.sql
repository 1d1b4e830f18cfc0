-- Schema 7: which statement of an article stands for another telling of the same.

ALTER TABLE statements ADD COLUMN told_with TEXT;
CREATE INDEX statements_by_telling ON statements(article, told_with) WHERE told_with IS NOT NULL;
