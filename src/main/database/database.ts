import type { Database as Connection, Statement } from 'better-sqlite3';
import { asDatabaseProblem } from './database-problem.ts';

type Parameter = string | number | bigint | null;

/**
 * What a query needs. Rows come back as the columns are named in SQL; the caller states their type, since the tables
 * are STRICT and only this folder writes them.
 */
export interface Reader {
  /* eslint-disable @typescript-eslint/no-unnecessary-type-parameters -- SQL can't be typed; the row type is the caller's promise */
  all<Row>(sql: string, ...parameters: Parameter[]): Row[];
  get<Row>(sql: string, ...parameters: Parameter[]): Row | undefined;
  /* eslint-enable @typescript-eslint/no-unnecessary-type-parameters */
}

/** What a change needs; only `Database.write` hands one out. */
export interface Writer extends Reader {
  /** Number of rows changed. */
  run(sql: string, ...parameters: Parameter[]): number;
}

export interface Database {
  readonly read: Reader;
  /** Runs `change` in one transaction: all of it is on disk when this returns, or none of it. Events go out afterwards. */
  write<Result>(change: (writer: Writer) => Result): Result;
  /**
   * The same for what Easel finds out again by itself: the crash of a program can't undo it, a power loss can. It is on
   * disk with the next `write` at the latest, and costs no wait for the disk.
   */
  writeRepeatable<Result>(change: (writer: Writer) => Result): Result;
  /** The same as `write` for what shall be gone: its bytes are overwritten in the files, instead of being left until their place is needed. */
  erase<Result>(change: (writer: Writer) => Result): Result;
  close(): void;
}

/** Bytes. */
const largestFill = 100_000_000;

export function createDatabase(connection: Connection, databasePath: string, release: () => void): Database {
  const statements = new Map<string, Statement<Parameter[]>>();
  const statement = (sql: string): Statement<Parameter[]> => {
    let known = statements.get(sql);
    if (!known) {
      known = connection.prepare<Parameter[]>(sql);
      statements.set(sql, known);
    }
    return known;
  };
  const guarded = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw asDatabaseProblem(error, databasePath);
    }
  };
  const reader: Reader = {
    all: <Row>(sql: string, ...parameters: Parameter[]) => guarded(() => statement(sql).all(...parameters)) as Row[],
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as in Reader
    get: <Row>(sql: string, ...parameters: Parameter[]) =>
      guarded(() => statement(sql).get(...parameters)) as Row | undefined,
  };
  const writer: Writer = {
    ...reader,
    run: (sql, ...parameters) => guarded(() => statement(sql).run(...parameters).changes),
  };
  const transaction = connection.transaction((change: (writer: Writer) => unknown) => change(writer));
  const withoutSync = <Result>(change: (writer: Writer) => Result): Result => {
    connection.pragma('synchronous = NORMAL');
    try {
      return transaction.immediate(change) as Result;
    } finally {
      connection.pragma('synchronous = FULL');
    }
  };
  const withoutTrace = <Result>(change: (writer: Writer) => Result): Result => {
    connection.pragma('secure_delete = ON');
    try {
      return transaction.immediate((writer: Writer) => {
        overwriteFreePages(connection);
        return change(writer);
      }) as Result;
    } finally {
      connection.pragma('secure_delete = OFF');
      // It still holds the pages as they were.
      connection.pragma('wal_checkpoint(TRUNCATE)');
    }
  };
  return {
    read: reader,
    write: <Result>(change: (writer: Writer) => Result) => guarded(() => transaction.immediate(change) as Result),
    writeRepeatable: <Result>(change: (writer: Writer) => Result) => guarded(() => withoutSync(change)),
    erase: <Result>(change: (writer: Writer) => Result) => guarded(() => withoutTrace(change)),
    close: () => {
      connection.close();
      release();
    },
  };
}

/** Pages that were given back earlier still hold what was on them: merges of an index leave copies of its words there. */
function overwriteFreePages(connection: Connection): void {
  const pages = connection.pragma('freelist_count', { simple: true }) as number;
  const pageBytes = connection.pragma('page_size', { simple: true }) as number;
  if (pages === 0) return;
  connection.exec('CREATE TABLE erased (zeros BLOB)');
  const fill = connection.prepare('INSERT INTO erased VALUES (zeroblob(?))');
  for (let left = pages * pageBytes; left > 0; left -= largestFill) fill.run(Math.min(left, largestFill));
  connection.exec('DROP TABLE erased');
}
