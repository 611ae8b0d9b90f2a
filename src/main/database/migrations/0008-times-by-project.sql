-- How long images took is counted by project, too.

CREATE TABLE new_usage_times (
  hour INTEGER NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  -- Empty: counted before, in an hour in which several projects used the model.
  project TEXT NOT NULL,
  bucket INTEGER NOT NULL,
  images INTEGER NOT NULL,
  PRIMARY KEY (hour, provider, model, project, bucket)
) STRICT, WITHOUT ROWID;
INSERT INTO new_usage_times (hour, provider, model, project, bucket, images)
  SELECT hour, provider, model,
    coalesce((SELECT CASE count(*) WHEN 1 THEN max(usage.project) END FROM usage
      WHERE usage.hour = usage_times.hour AND usage.provider = usage_times.provider AND usage.model = usage_times.model
        AND usage.succeeded > 0), ''),
    bucket, images
  FROM usage_times;
DROP TABLE usage_times;
ALTER TABLE new_usage_times RENAME TO usage_times;
