-- The prompt studio: what became of each prompt, every prompt that was sent, prompts that were kept.

-- What came of wildcards, choices and variables: JSON, one text for each image of the job; null: there were none.
ALTER TABLE jobs ADD COLUMN resolved TEXT;
-- The stages of the prompt as JSON; null: it was sent as it was typed.
ALTER TABLE attempts ADD COLUMN stages TEXT;
ALTER TABLE images ADD COLUMN stages TEXT;

-- Every prompt that was ever sent. A prompt that comes again right after itself is the same row.
CREATE TABLE prompts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- Of what was typed, the negative prompt included: the same words are found by it.
  hash TEXT NOT NULL,
  typed TEXT NOT NULL,
  negative TEXT NOT NULL,
  -- What was sent, where that is something else.
  sent TEXT NOT NULL,
  -- Styles, enhancers, variables and the like, as JSON.
  options TEXT NOT NULL,
  used_at INTEGER NOT NULL,
  uses INTEGER NOT NULL DEFAULT 1,
  -- 0: the same words were sent later once more.
  is_latest INTEGER NOT NULL DEFAULT 1 CHECK (is_latest IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX prompts_latest ON prompts (hash) WHERE is_latest = 1;
CREATE INDEX prompts_listed ON prompts (id) WHERE is_latest = 1;
CREATE INDEX prompts_same ON prompts (hash, id);
CREATE VIRTUAL TABLE prompts_fts USING fts5 (
  typed, sent, content = 'prompts', content_rowid = 'id', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER prompt_arrives AFTER INSERT ON prompts BEGIN
  INSERT INTO prompts_fts (rowid, typed, sent) VALUES (NEW.id, NEW.typed, NEW.sent);
END;
CREATE TRIGGER prompt_is_forgotten AFTER DELETE ON prompts BEGIN
  INSERT INTO prompts_fts (prompts_fts, rowid, typed, sent) VALUES ('delete', OLD.id, OLD.typed, OLD.sent);
END;
ALTER TABLE attempts ADD COLUMN prompt_id INTEGER REFERENCES prompts (id) ON DELETE SET NULL;
CREATE INDEX attempts_of_prompt ON attempts (prompt_id) WHERE prompt_id IS NOT NULL;

-- Prompts that were kept, in folders; the newest version is the one that is used.
CREATE TABLE saved_prompts (
  id TEXT PRIMARY KEY NOT NULL,
  -- Names with slashes between them; empty: in none.
  folder TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  -- Removed ones stay, so that Undo brings them back.
  removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX saved_prompts_by_name ON saved_prompts (folder, name) WHERE removed_at IS NULL;
CREATE TABLE saved_prompt_versions (
  saved_id TEXT NOT NULL REFERENCES saved_prompts (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  prompt TEXT NOT NULL,
  negative TEXT NOT NULL,
  -- Styles, enhancers, variables and the like, as JSON.
  options TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (saved_id, number)
) STRICT, WITHOUT ROWID;
