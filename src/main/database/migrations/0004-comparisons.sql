-- Blind comparisons: the same request to several models, and what the user said about their pictures.

CREATE TABLE comparisons (
  -- UUID v7: ids sort by time of creation.
  id TEXT PRIMARY KEY NOT NULL,
  created_at INTEGER NOT NULL,
  -- How far an open one is, its jobs say.
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'cancelled')),
  ended_at INTEGER CHECK ((state = 'open') = (ended_at IS NULL)),
  -- As every model got it, without provider and model.
  request TEXT NOT NULL,
  kind TEXT NOT NULL,
  max_usd REAL,
  -- Every pair of labels once, as JSON, in the order in which they are asked about: dealt by chance when it began.
  pairs TEXT NOT NULL
) STRICT;
CREATE INDEX comparisons_open ON comparisons (id) WHERE state = 'open';

CREATE TABLE comparison_entries (
  comparison_id TEXT NOT NULL REFERENCES comparisons (id) ON DELETE CASCADE,
  -- A, B, …, dealt by chance.
  label TEXT NOT NULL,
  -- No reference: a comparison outlives the history of jobs.
  job_id TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  model_name TEXT NOT NULL,
  -- Elo points for this kind of prompt, known once the comparison has ended.
  points_before REAL,
  points_after REAL,
  PRIMARY KEY (comparison_id, label)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX comparison_of_job ON comparison_entries (job_id);

CREATE TABLE comparison_votes (
  comparison_id TEXT NOT NULL REFERENCES comparisons (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  first TEXT NOT NULL,
  second TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('first', 'second', 'tie', 'bothBad')),
  at INTEGER NOT NULL,
  PRIMARY KEY (comparison_id, number),
  UNIQUE (comparison_id, first, second)
) STRICT, WITHOUT ROWID;

-- Elo points of each model in the eyes of this user, by kind of prompt and for `all`.
CREATE TABLE model_scores (
  kind TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  points REAL NOT NULL,
  votes INTEGER NOT NULL,
  PRIMARY KEY (kind, provider, model)
) STRICT, WITHOUT ROWID;
