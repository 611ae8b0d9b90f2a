import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { createDatabase } from '../../src/main/database/database.ts';
import { runEasel, type Place } from '../run-easel.ts';
import { fillHistory } from '../spending-history.ts';

/** Makes the library of a place, with some months of use by several paid services in it. The pictures have no files. */
export async function fillPlace(place: Place, days: number, now = Date.now()): Promise<void> {
  for (const words of [
    ['budget', 'set', '--day', '2', '--month', '40', '--image', '0.25'],
    // There is nothing to resume yet, but it makes the library.
    ['jobs', 'resume'],
  ]) {
    const { code, stderr } = await runEasel(place, words);
    if (code !== 0) throw new Error(stderr);
  }
  const path = join(place.library, 'library.db');
  const connection = new Sqlite(path);
  const database = createDatabase(connection, path, () => undefined);
  // One wait for the disk is enough.
  connection.pragma('synchronous = OFF');
  fillHistory(database, { days, now });
  database.close();
}
