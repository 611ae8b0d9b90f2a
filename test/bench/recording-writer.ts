import type { Writer } from '../../src/main/database/database.ts';

export interface StatementTimes {
  /** Which question asked it: the function's name. */
  readonly question: string;
  readonly sql: string;
  readonly parameters: number;
  readonly milliseconds: number[];
}

type Run = <Result>(sql: string, parameters: readonly unknown[], work: () => Result) => Result;

/** Notes every statement that passes through a Writer, with the time SQLite took for it. */
export function createRecordingWriter(writer: Writer) {
  const statements = new Map<string, StatementTimes>();
  let question = '';
  const timed: Run = (sql, parameters, work) => {
    const startedAt = performance.now();
    const result = work();
    const milliseconds = performance.now() - startedAt;
    const key = `${question} ${sql}`;
    const known = statements.get(key) ?? { question, sql, parameters: parameters.length, milliseconds: [] };
    known.milliseconds.push(milliseconds);
    statements.set(key, known);
    return result;
  };
  const recording: Writer = {
    all: (sql, ...parameters) => timed(sql, parameters, () => writer.all(sql, ...parameters)),
    get: (sql, ...parameters) => timed(sql, parameters, () => writer.get(sql, ...parameters)),
    run: (sql, ...parameters) => timed(sql, parameters, () => writer.run(sql, ...parameters)),
  };
  return {
    writer: recording,
    ask: (name: string, work: () => unknown): void => {
      question = name;
      work();
    },
    /** All statements since the last time this was called. */
    take: (): StatementTimes[] => {
      const taken = [...statements.values()];
      statements.clear();
      return taken;
    },
  };
}
