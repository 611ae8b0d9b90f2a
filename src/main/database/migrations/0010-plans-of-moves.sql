-- Each plan gets a number that no other ever had: of two plans for the same image, only the one that was made may be forgotten.
ALTER TABLE file_moves RENAME TO moves_without_number;
CREATE TABLE file_moves (
  plan INTEGER PRIMARY KEY AUTOINCREMENT,
  image_id TEXT NOT NULL UNIQUE REFERENCES images (id) ON DELETE CASCADE,
  from_path TEXT NOT NULL,
  to_path TEXT NOT NULL
) STRICT;
INSERT INTO file_moves (image_id, from_path, to_path) SELECT image_id, from_path, to_path FROM moves_without_number;
DROP TABLE moves_without_number;
