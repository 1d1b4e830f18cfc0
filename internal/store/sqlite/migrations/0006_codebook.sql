-- Schema 6: the user's codebook, which is the last standing decision on it.

ALTER TABLE points ADD COLUMN coded TEXT NOT NULL DEFAULT ''; -- name in the codebook, where the point is one of its
CREATE INDEX decisions_on_codebook ON decisions(id) WHERE target = 'codebook';
