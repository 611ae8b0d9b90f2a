import type { Database, Reader, Writer } from '../../src/main/database/database.ts';
import { markEnded, markRunning } from '../../src/main/database/jobs.ts';
import { insertJobs } from '../../src/main/database/queued-jobs.ts';
import { openDatabase } from '../../src/main/database/open-database.ts';
import { notePrompt } from '../../src/main/database/prompt-history.ts';
import { addVersion, insertSavedPrompt } from '../../src/main/database/saved-prompts.ts';
import { noPromptOptions } from '../../src/shared/models/prompt-options.ts';
import { GenerationRequest } from '../../src/shared/models/generation-request.ts';
import { v7 as newId } from 'uuid';
import { readIntoMemory } from './bench-folder.ts';
import { valueRow, type Figure, type Row } from './figure.ts';
import { allQuestions, type Sample } from './questions.ts';
import { createRandom } from './random.ts';
import { createRecordingWriter, type StatementTimes } from './recording-writer.ts';
import { longest, p99 } from './statistics.ts';

const images = 1_000_000;
const rounds = 5;
const asksPerRound = 200;
const samples = 2_000;
const kept = 200;
const queue = { queued: 300, running: 2, failed: 40 } as const;

class RolledBack extends Error {}

/** Every statement that ships, on a library with a million images, half a million jobs, a full queue and an uncleared drawer. */
export const queryPlans: Figure = {
  id: 'D3',
  title: `Every statement that ships, on ${images.toLocaleString('en')} ANALYZEd images`,
  async measure(bench) {
    const root = await bench.libraryOf(images);
    await readIntoMemory(root);
    const database = openDatabase(root, 'write');
    try {
      return measureIn(database);
    } finally {
      database.close();
    }
  },
};

/** The library is shared: everything happens in one transaction that is taken back. */
function measureIn(database: Database): Row[] {
  const { questions, sweeping } = allQuestions();
  const perRound: StatementTimes[][] = [];
  let swept: StatementTimes[] = [];
  let plans: string[] = [];
  try {
    database.write((real) => {
      const sample = { ...takeSample(real, fillQueue(real)), ...fillPrompts(real) };
      const { writer, ask, take } = createRecordingWriter(real);
      for (let round = 0; round < rounds; round += 1) {
        for (let time = 0; time < asksPerRound; time += 1) {
          for (const [name, question] of questions) ask(name, () => question.ask(writer, sample));
        }
        perRound.push(take());
      }
      for (const [name, sweep] of sweeping) ask(name, () => sweep(writer));
      swept = take();
      const mayScan = new Set(questions.filter(([, { unbounded }]) => unbounded?.mayScan).map(([name]) => name));
      plans = [...(perRound[0] ?? []), ...swept]
        .filter(({ question }) => !mayScan.has(question))
        .flatMap((statement) => badPlans(real, statement));
      throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
  for (const plan of plans) process.stdout.write(`  ${plan}\n`);
  const judged = perRound.map((statements) =>
    statements.filter(({ question }) => questions.find(([name]) => name === question)?.[1].unbounded === undefined),
  );
  const asked = new Set([...perRound.flat(), ...swept].map(({ sql }) => sql)).size;
  return [
    valueRow(`plans with a scan or a temporary tree, of ${asked} statements`, '', [plans.length], { atMost: 0 }),
    worstRow('p99', judged, p99, 5),
    worstRow('longest', judged, longest, 20),
    ...unboundedRows(perRound, swept),
  ];
}

/** The statement with the largest value, round by round. */
function worstRow(
  words: string,
  judged: readonly StatementTimes[][],
  statistic: (values: readonly number[]) => number,
  atMost: number,
): Row {
  const worst = judged.map((statements) =>
    statements
      .map(({ question, milliseconds }) => ({ question, value: statistic(milliseconds) }))
      .reduce((left, right) => (right.value > left.value ? right : left)),
  );
  const names = [...new Set(worst.map(({ question }) => question))];
  return valueRow(
    `${words} of the slowest: ${names.slice(0, 2).join(', ')}`,
    'ms',
    worst.map(({ value }) => value),
    { atMost },
  );
}

/** For information: those that may take as long as they like. */
function unboundedRows(perRound: readonly StatementTimes[][], swept: readonly StatementTimes[]): Row[] {
  const bucketCounts = perRound.map((statements) =>
    p99(statements.find(({ question }) => question === 'images.bucketCounts')?.milliseconds ?? []),
  );
  return [
    valueRow('images.bucketCounts, once per start: p99', 'ms', bucketCounts),
    ...swept.map(({ question, milliseconds }) => valueRow(`${question}, everything at once`, 'ms', milliseconds)),
  ];
}

function badPlans(reader: Reader, { question, sql, parameters }: StatementTimes): string[] {
  const bindings = Array.from({ length: parameters }, () => 1);
  return reader
    .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...bindings)
    .map(({ detail }) => detail)
    .filter(
      (detail) => detail.includes('TEMP B-TREE') || (/^SCAN (?!CONSTANT)/.test(detail) && !isBoundedWalk(detail, sql)),
    )
    .map((detail) => `${question}: ${detail}`);
}

/** Walking an index or a key in its order and stopping at a limit is no scan; nor is counting a partial index that holds only what counts. */
function isBoundedWalk(detail: string, sql: string): boolean {
  const isInOrder = /ORDER BY (id|sequence|position)/.test(sql) && sql.includes('LIMIT ?');
  const isPartial = /USING (COVERING )?INDEX (jobs_(waiting|running|shown|failed)|attempts_open)/.test(detail);
  // FTS5 calls each of its lookups a scan; M: by its index of words.
  const isMatch = /VIRTUAL TABLE INDEX \d+:M/.test(detail);
  return isInOrder || isPartial || isMatch;
}

/** What a busy evening adds to a library at rest. */
function fillQueue(writer: Writer): string[] {
  const request = GenerationRequest.parse({ prompt: 'a pear' });
  const ids = Array.from({ length: queue.queued + queue.running + queue.failed }, () => newId());
  insertJobs(
    writer,
    ids.map((id) => ({ id, request, createdAt: Date.now(), agreedUsd: null })),
    false,
  );
  for (const id of ids.splice(0, queue.running)) markRunning(writer, id, Date.now());
  for (const id of ids.splice(0, queue.failed)) markEnded(writer, id, { state: 'failed', at: Date.now(), error: null });
  return ids;
}

/** A history of prompts, and some that were kept. */
function fillPrompts(writer: Writer): Pick<Sample, 'promptIds' | 'savedIds'> {
  const at = Date.now();
  const promptIds = Array.from({ length: samples }, (_, index) => {
    const typed = `a pear ${index}`;
    return notePrompt(writer, { hash: typed, typed, negative: '', options: noPromptOptions, sent: '', at });
  });
  const savedIds = Array.from({ length: kept }, (_, index) => {
    const id = newId();
    insertSavedPrompt(writer, { id, folder: 'kept', name: `pear ${index}`, at });
    addVersion(writer, id, { prompt: 'a pear', negativePrompt: '', options: noPromptOptions, at });
    return id;
  });
  return { promptIds, savedIds };
}

function takeSample(reader: Reader, queuedIds: string[]): Omit<Sample, 'promptIds' | 'savedIds'> {
  const random = createRandom(3);
  const rows = Array.from({ length: samples }, () =>
    reader.get<{ id: string; jobId: string; attemptId: string }>(
      `SELECT id, job_id AS jobId, attempt_id AS attemptId FROM images WHERE sequence = ?`,
      1 + Math.floor(random() * images),
    ),
  ).filter((row) => row !== undefined);
  const all = (column: 'id' | 'jobId' | 'attemptId'): string[] => rows.map((row) => row[column]);
  return { random, images, imageIds: all('id'), jobIds: all('jobId'), attemptIds: all('attemptId'), queuedIds };
}
