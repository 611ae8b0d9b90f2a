-- What the user thinks of pictures, in stars. A table of its own: for a further column of `images`, SQLite would check every row
-- of that STRICT table, and keep whoever opens a large library waiting.
CREATE TABLE image_ratings (
  sequence INTEGER PRIMARY KEY NOT NULL REFERENCES images (sequence) ON DELETE CASCADE,
  rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 5),
  -- What the rating counts for, so that it is taken out again where it was put in. Kind of prompt; null: it counts for nothing.
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  kind TEXT
) STRICT;

-- What routing learns from ratings: how many there are, and their stars together. Kept by the triggers, so that nobody counts.
CREATE TABLE model_ratings (
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  kind TEXT NOT NULL,
  ratings INTEGER NOT NULL CHECK (ratings >= 0),
  stars INTEGER NOT NULL CHECK (stars BETWEEN ratings AND 5 * ratings),
  PRIMARY KEY (provider, model, kind)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER rating_is_given AFTER INSERT ON image_ratings WHEN NEW.kind IS NOT NULL BEGIN
  INSERT INTO model_ratings (provider, model, kind, ratings, stars) VALUES (NEW.provider, NEW.model, NEW.kind, 1, NEW.rating)
    ON CONFLICT (provider, model, kind) DO UPDATE SET ratings = ratings + 1, stars = stars + excluded.stars;
END;
-- When it goes with its picture, what was learned from it stays.
CREATE TRIGGER rating_is_taken_away AFTER DELETE ON image_ratings
  WHEN OLD.kind IS NOT NULL AND EXISTS (SELECT 1 FROM images WHERE sequence = OLD.sequence) BEGIN
  UPDATE model_ratings SET ratings = ratings - 1, stars = stars - OLD.rating
    WHERE provider = OLD.provider AND model = OLD.model AND kind = OLD.kind;
  DELETE FROM model_ratings WHERE provider = OLD.provider AND model = OLD.model AND kind = OLD.kind AND ratings = 0;
END;
-- A changed rating is taken out and put in. Of two triggers SQLite promises no order: each of them is right by itself.
CREATE TRIGGER rating_is_taken_out AFTER UPDATE ON image_ratings WHEN OLD.kind IS NOT NULL BEGIN
  UPDATE model_ratings SET ratings = ratings - 1, stars = stars - OLD.rating
    WHERE provider = OLD.provider AND model = OLD.model AND kind = OLD.kind;
  DELETE FROM model_ratings WHERE provider = OLD.provider AND model = OLD.model AND kind = OLD.kind AND ratings = 0;
END;
CREATE TRIGGER rating_is_put_in AFTER UPDATE ON image_ratings WHEN NEW.kind IS NOT NULL BEGIN
  INSERT INTO model_ratings (provider, model, kind, ratings, stars) VALUES (NEW.provider, NEW.model, NEW.kind, 1, NEW.rating)
    ON CONFLICT (provider, model, kind) DO UPDATE SET ratings = ratings + 1, stars = stars + excluded.stars;
END;
