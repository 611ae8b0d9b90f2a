-- What a picture shows, for people who can't see it; null: nobody has said so.
ALTER TABLE images ADD COLUMN alt_text TEXT;
