-- Paid services: attempts whose outcome is not known, agreed prices, videos, models of one's own.

-- What the user saw as the price of the whole job when it was put into the queue, in US dollars; null: nobody knew.
ALTER TABLE jobs ADD COLUMN agreed_usd REAL;
-- Each provider has its own room: many jobs that wait for a slow one must not hide those behind them. Empty: whoever can do it.
ALTER TABLE jobs ADD COLUMN provider TEXT GENERATED ALWAYS AS (coalesce(json_extract(request, '$.provider'), '')) VIRTUAL;
CREATE INDEX jobs_waiting_for ON jobs (provider, position) WHERE state = 'queued';

CREATE TABLE new_attempts (
  id TEXT PRIMARY KEY NOT NULL,
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  -- Which of the job's images this attempt makes.
  first_index INTEGER NOT NULL,
  image_count INTEGER NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  -- `unknown`: sent, and nobody knows what became of it; it may have been charged.
  state TEXT NOT NULL CHECK (state IN ('sending', 'pending', 'succeeded', 'failed', 'cancelled', 'unknown')),
  -- The fitted request, as it was sent.
  request TEXT NOT NULL,
  dropped TEXT NOT NULL,
  task TEXT,
  remote_id TEXT,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  error TEXT,
  cost_kind TEXT NOT NULL DEFAULT 'unknown' CHECK (cost_kind IN ('unknown', 'estimated', 'reported')),
  cost_usd REAL CHECK ((cost_kind = 'unknown') = (cost_usd IS NULL)),
  -- What it was expected to cost when it was sent, in US dollars.
  reserved_usd REAL,
  -- 1: the user has decided what is to become of an attempt whose outcome is unknown, or of pictures it did not make.
  answered INTEGER NOT NULL DEFAULT 0 CHECK (answered IN (0, 1)),
  UNIQUE (job_id, number)
) STRICT;
INSERT INTO new_attempts (id, job_id, number, first_index, image_count, provider, model, state, request, dropped, task, remote_id,
  started_at, ended_at, error, cost_kind, cost_usd)
  SELECT id, job_id, number, first_index, image_count, provider, model, state, request, dropped, task, remote_id,
    started_at, ended_at, error, cost_kind, cost_usd FROM attempts;
DROP TABLE attempts;
ALTER TABLE new_attempts RENAME TO attempts;
CREATE UNIQUE INDEX attempts_open ON attempts (job_id) WHERE state IN ('sending', 'pending');
CREATE INDEX attempts_by_remote_id ON attempts (provider, remote_id) WHERE remote_id IS NOT NULL;

CREATE TABLE new_images (
  -- Order of arrival; the gallery shows the highest first. Never used again after a deletion.
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  job_id TEXT REFERENCES jobs (id) ON DELETE SET NULL,
  attempt_id TEXT REFERENCES attempts (id) ON DELETE SET NULL,
  image_index INTEGER NOT NULL,
  hash TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  format TEXT NOT NULL CHECK (format IN ('png', 'jpg', 'webp', 'gif', 'avif', 'mp4', 'webm')),
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  project TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  seed INTEGER,
  prompt TEXT NOT NULL,
  request TEXT NOT NULL,
  dropped TEXT NOT NULL,
  remote_id TEXT,
  cost_kind TEXT NOT NULL CHECK (cost_kind IN ('unknown', 'estimated', 'reported')),
  cost_usd REAL CHECK ((cost_kind = 'unknown') = (cost_usd IS NULL)),
  generation_ms INTEGER,
  not_ai INTEGER NOT NULL CHECK (not_ai IN (0, 1)),
  trashed_at INTEGER,
  path TEXT NOT NULL UNIQUE,
  -- The prompt as the provider changed it.
  revised_prompt TEXT
) STRICT;
INSERT INTO new_images (sequence, id, job_id, attempt_id, image_index, hash, bytes, format, width, height, created_at, project,
  provider, model, seed, prompt, request, dropped, remote_id, cost_kind, cost_usd, generation_ms, not_ai, trashed_at, path)
  SELECT sequence, id, job_id, attempt_id, image_index, hash, bytes, format, width, height, created_at, project,
    provider, model, seed, prompt, request, dropped, remote_id, cost_kind, cost_usd, generation_ms, not_ai, trashed_at, path
  FROM images ORDER BY sequence;
-- The highest number that was ever used, so that none is used twice.
UPDATE sqlite_sequence SET seq = max(seq, (SELECT seq FROM sqlite_sequence WHERE name = 'images')) WHERE name = 'new_images';
INSERT INTO sqlite_sequence (name, seq) SELECT 'new_images', seq FROM sqlite_sequence
  WHERE name = 'images' AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'new_images');
DROP TABLE images;
ALTER TABLE new_images RENAME TO images;
CREATE UNIQUE INDEX images_of_job ON images (job_id, image_index) WHERE job_id IS NOT NULL;
CREATE INDEX images_by_project ON images (project, sequence) WHERE trashed_at IS NULL;
CREATE INDEX images_of_attempt ON images (attempt_id) WHERE attempt_id IS NOT NULL;
CREATE TRIGGER image_arrives AFTER INSERT ON images WHEN NEW.trashed_at IS NULL BEGIN
  INSERT INTO image_buckets (bucket, images) VALUES (NEW.sequence >> 8, 1)
    ON CONFLICT (bucket) DO UPDATE SET images = images + 1;
END;
CREATE TRIGGER image_is_trashed AFTER UPDATE OF trashed_at ON images
  WHEN OLD.trashed_at IS NULL AND NEW.trashed_at IS NOT NULL BEGIN
  UPDATE image_buckets SET images = images - 1 WHERE bucket = NEW.sequence >> 8;
END;
CREATE TRIGGER image_is_restored AFTER UPDATE OF trashed_at ON images
  WHEN OLD.trashed_at IS NOT NULL AND NEW.trashed_at IS NULL BEGIN
  INSERT INTO image_buckets (bucket, images) VALUES (NEW.sequence >> 8, 1)
    ON CONFLICT (bucket) DO UPDATE SET images = images + 1;
END;
CREATE TRIGGER image_is_deleted AFTER DELETE ON images WHEN OLD.trashed_at IS NULL BEGIN
  UPDATE image_buckets SET images = images - 1 WHERE bucket = OLD.sequence >> 8;
END;

-- Models of one's own: the work of making one, and what came of it.
CREATE TABLE trainings (
  id TEXT PRIMARY KEY NOT NULL,
  -- `unknown`: sent, and nobody knows what became of it; it may have been charged.
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'pending', 'succeeded', 'failed', 'cancelled', 'unknown')),
  provider TEXT NOT NULL,
  name TEXT NOT NULL,
  -- What it is trained with: names, words and the ids of pictures in `inputs`, as JSON.
  request TEXT NOT NULL,
  task TEXT,
  remote_id TEXT,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  error TEXT,
  cost_kind TEXT NOT NULL DEFAULT 'unknown' CHECK (cost_kind IN ('unknown', 'estimated', 'reported')),
  cost_usd REAL CHECK ((cost_kind = 'unknown') = (cost_usd IS NULL)),
  -- The model that came of it, as JSON.
  model TEXT
) STRICT;
CREATE INDEX trainings_open ON trainings (id) WHERE state IN ('queued', 'sending', 'pending');
CREATE INDEX trainings_done ON trainings (provider, id) WHERE state = 'succeeded';
