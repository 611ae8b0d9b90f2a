-- What is true of the library as a whole: its id, whether the queue is paused.
CREATE TABLE library_facts (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE jobs (
  -- UUID v7: ids sort by time of creation.
  id TEXT PRIMARY KEY NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled', 'needs_attention')),
  request TEXT NOT NULL,
  -- Lower runs first.
  position REAL NOT NULL,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  error TEXT,
  -- Written before the provider is told, so that a crash in between does not bring a cancelled job back.
  cancel_requested INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1)),
  -- Cleared jobs have left the queue drawer; their history stays.
  cleared INTEGER NOT NULL DEFAULT 0 CHECK (cleared IN (0, 1))
) STRICT;
CREATE INDEX jobs_waiting ON jobs (position) WHERE state = 'queued';
CREATE INDEX jobs_running ON jobs (position) WHERE state = 'running';
CREATE INDEX jobs_shown ON jobs (id) WHERE cleared = 0 AND state IN ('succeeded', 'failed', 'cancelled', 'needs_attention');
CREATE INDEX jobs_failed ON jobs (id) WHERE cleared = 0 AND state IN ('failed', 'needs_attention');
CREATE INDEX jobs_by_state ON jobs (state, id);

CREATE TABLE attempts (
  id TEXT PRIMARY KEY NOT NULL,
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  -- Which of the job's images this attempt makes.
  first_index INTEGER NOT NULL,
  image_count INTEGER NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('sending', 'pending', 'succeeded', 'failed', 'cancelled')),
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
  UNIQUE (job_id, number)
) STRICT;
CREATE UNIQUE INDEX attempts_open ON attempts (job_id) WHERE state IN ('sending', 'pending');

CREATE TABLE images (
  -- Order of arrival; the gallery shows the highest first. Never used again after a deletion.
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  job_id TEXT REFERENCES jobs (id) ON DELETE SET NULL,
  attempt_id TEXT REFERENCES attempts (id) ON DELETE SET NULL,
  image_index INTEGER NOT NULL,
  hash TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  format TEXT NOT NULL CHECK (format IN ('png', 'jpg', 'webp', 'gif', 'avif')),
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
  path TEXT NOT NULL UNIQUE
) STRICT;
-- One file and one row per result, whatever is repeated after a crash.
CREATE UNIQUE INDEX images_of_job ON images (job_id, image_index) WHERE job_id IS NOT NULL;
CREATE INDEX images_by_project ON images (project, sequence) WHERE trashed_at IS NULL;
CREATE INDEX images_of_attempt ON images (attempt_id) WHERE attempt_id IS NOT NULL;

-- The shape of the gallery: how many images each run of 256 sequence numbers holds, kept by triggers so that nobody counts.
CREATE TABLE image_buckets (
  bucket INTEGER PRIMARY KEY NOT NULL,
  images INTEGER NOT NULL CHECK (images >= 0)
) STRICT;
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

-- Files that still have to go where their row says they are. Written with the row, removed after the move, finished at start.
CREATE TABLE file_moves (
  image_id TEXT PRIMARY KEY NOT NULL REFERENCES images (id) ON DELETE CASCADE,
  from_path TEXT NOT NULL,
  to_path TEXT NOT NULL
) STRICT;
