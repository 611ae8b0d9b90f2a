-- What the user thinks of a picture, in stars; null: not rated.
ALTER TABLE images ADD COLUMN rating INTEGER CHECK (rating BETWEEN 1 AND 5);
-- The kind of prompt that its rating counts for, so that it is taken out again where it was put in; null: it counts for nothing.
ALTER TABLE images ADD COLUMN rated_kind TEXT;

-- What routing learns from ratings: how many there are, and their stars together. Kept by the triggers, so that nobody counts.
CREATE TABLE model_ratings (
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  kind TEXT NOT NULL,
  ratings INTEGER NOT NULL CHECK (ratings >= 0),
  stars INTEGER NOT NULL CHECK (stars BETWEEN ratings AND 5 * ratings),
  PRIMARY KEY (provider, model, kind)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER rating_is_taken_out AFTER UPDATE OF rating, rated_kind, provider, model ON images
  WHEN OLD.rating IS NOT NULL AND OLD.rated_kind IS NOT NULL BEGIN
  UPDATE model_ratings SET ratings = ratings - 1, stars = stars - OLD.rating
    WHERE provider = OLD.provider AND model = OLD.model AND kind = OLD.rated_kind;
  DELETE FROM model_ratings
    WHERE provider = OLD.provider AND model = OLD.model AND kind = OLD.rated_kind AND ratings = 0;
END;
-- Of two triggers SQLite promises no order: each of them is right by itself.
CREATE TRIGGER rating_is_put_in AFTER UPDATE OF rating, rated_kind, provider, model ON images
  WHEN NEW.rating IS NOT NULL AND NEW.rated_kind IS NOT NULL BEGIN
  INSERT INTO model_ratings (provider, model, kind, ratings, stars)
    VALUES (NEW.provider, NEW.model, NEW.rated_kind, 1, NEW.rating)
    ON CONFLICT (provider, model, kind) DO UPDATE SET ratings = ratings + 1, stars = stars + excluded.stars;
END;
