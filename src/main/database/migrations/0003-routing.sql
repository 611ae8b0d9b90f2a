-- Routing: why each attempt went where it went, which providers are left alone, and what was made and spent, by the hour.

-- Why it went to this provider, as JSON; null: an older Easel did not note it.
ALTER TABLE attempts ADD COLUMN route TEXT;
-- The hour that the attempt is counted in below, once it has ended.
ALTER TABLE attempts ADD COLUMN usage_hour INTEGER;
CREATE INDEX attempts_by_start ON attempts (started_at);
CREATE INDEX trainings_by_start ON trainings (started_at);
CREATE INDEX attempts_by_provider ON attempts (provider, started_at);

-- Providers that are left alone for a while, so that a restart does not forget it.
CREATE TABLE standings (
  provider TEXT PRIMARY KEY NOT NULL,
  -- The circuit breaker, as JSON.
  breaker TEXT NOT NULL,
  paused_until INTEGER
) STRICT;

-- Attempts that have ended, by the hour in which they began.
CREATE TABLE usage (
  -- Milliseconds since 1970 at the beginning of an hour of this computer's clock.
  hour INTEGER NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  project TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  succeeded INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  -- Took over from another provider that had failed at the job.
  fallbacks INTEGER NOT NULL DEFAULT 0,
  -- Made, and of those how many are not in the trash.
  images INTEGER NOT NULL DEFAULT 0,
  kept INTEGER NOT NULL DEFAULT 0,
  -- US dollars. `held`: what costs that nobody knows had been expected to be; it counts against the caps.
  reported_usd REAL NOT NULL DEFAULT 0,
  estimated_usd REAL NOT NULL DEFAULT 0,
  held_usd REAL NOT NULL DEFAULT 0,
  -- Attempts of which nobody knows what they cost.
  unknown_costs INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (hour, provider, model, project)
) STRICT, WITHOUT ROWID;

-- How long one image took, counted in buckets of a quarter each: bucket n ends at 50 ms × 1.25^n.
CREATE TABLE usage_times (
  hour INTEGER NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  bucket INTEGER NOT NULL,
  images INTEGER NOT NULL,
  PRIMARY KEY (hour, provider, model, bucket)
) STRICT, WITHOUT ROWID;

-- What was done before: the hours of UTC, which are those of most clocks.
UPDATE attempts SET usage_hour = started_at - started_at % 3600000 WHERE state NOT IN ('sending', 'pending');
INSERT INTO usage (hour, provider, model, project, attempts, succeeded, failed, images, kept, reported_usd, estimated_usd, held_usd, unknown_costs)
  SELECT usage_hour, provider, model, coalesce(json_extract(request, '$.project'), 'default'),
    count(*), sum(state = 'succeeded'), sum(state IN ('failed', 'unknown')),
    sum((SELECT count(*) FROM images WHERE attempt_id = attempts.id)),
    sum((SELECT count(*) FROM images WHERE attempt_id = attempts.id AND trashed_at IS NULL)),
    sum(CASE cost_kind WHEN 'reported' THEN cost_usd ELSE 0.0 END),
    sum(CASE cost_kind WHEN 'estimated' THEN cost_usd ELSE 0.0 END),
    sum(CASE cost_kind WHEN 'unknown' THEN coalesce(reserved_usd, 0.0) ELSE 0.0 END),
    sum(cost_kind = 'unknown')
  FROM attempts WHERE usage_hour IS NOT NULL GROUP BY 1, 2, 3, 4;

-- `kept` follows the trash; it is counted up where the attempt ends.
CREATE TRIGGER usage_loses_kept AFTER UPDATE OF trashed_at ON images
  WHEN OLD.trashed_at IS NULL AND NEW.trashed_at IS NOT NULL AND NEW.attempt_id IS NOT NULL BEGIN
  UPDATE usage SET kept = kept - 1 WHERE (hour, provider, model, project) =
    (SELECT usage_hour, provider, model, json_extract(request, '$.project') FROM attempts WHERE id = NEW.attempt_id);
END;
CREATE TRIGGER usage_gains_kept AFTER UPDATE OF trashed_at ON images
  WHEN OLD.trashed_at IS NOT NULL AND NEW.trashed_at IS NULL AND NEW.attempt_id IS NOT NULL BEGIN
  UPDATE usage SET kept = kept + 1 WHERE (hour, provider, model, project) =
    (SELECT usage_hour, provider, model, json_extract(request, '$.project') FROM attempts WHERE id = NEW.attempt_id);
END;
CREATE TRIGGER usage_loses_deleted AFTER DELETE ON images
  WHEN OLD.trashed_at IS NULL AND OLD.attempt_id IS NOT NULL BEGIN
  UPDATE usage SET kept = kept - 1 WHERE (hour, provider, model, project) =
    (SELECT usage_hour, provider, model, json_extract(request, '$.project') FROM attempts WHERE id = OLD.attempt_id);
END;
