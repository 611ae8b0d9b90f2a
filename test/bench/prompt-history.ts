import { noPromptOptions } from '../../src/shared/models/prompt-options.ts';
import { openDatabase } from '../../src/main/database/open-database.ts';
import { notePrompt } from '../../src/main/database/prompt-history.ts';
import { createPromptHistory } from '../../src/main/prompts/history.ts';
import { openBareReader } from './bare-connection.ts';
import { ratioRow, valueRow, type Figure, type Row } from './figure.ts';
import { createRandom, pick } from './random.ts';
import { compare, timeEach } from './rounds.ts';
import { median, p99 } from './statistics.ts';

const prompts = 1_000_000;
const perTransaction = 20_000;
const perRound = 200;
const page = 50;
/** Words beside the common ones: some are in a few dozen prompts, some in thousands. */
const rareWords = 30_000;
const common = [
  ...['fox', 'lighthouse', 'market', 'crane', 'portrait', 'river', 'snow', 'neon', 'dawn', 'rain', 'library', 'cliff'],
  ...['canvas', 'ink', 'grain', 'light', 'angle', 'colours', 'detailed', 'shapes', 'paper', 'city', 'forest', 'glass'],
] as const;

/** Searching the history as the user types, beside the bare FTS5 statement on a connection of its own. */
export const promptHistory: Figure = {
  id: 'history',
  title: `Search in ${prompts.toLocaleString('en')} prompts that were sent, the newest first, ANALYZEd`,
  async measure(bench) {
    const root = bench.newFolder('history');
    fill(root);
    const database = openDatabase(root, 'read');
    const history = createPromptHistory({ database });
    const bare = openBareReader(root);
    const statement = bare.prepare(
      `SELECT rowid, typed, sent FROM prompts_fts WHERE prompts_fts MATCH ? ORDER BY rowid DESC LIMIT ?`,
    );
    const random = createRandom(5);
    const questions: Readonly<Record<string, () => readonly string[]>> = {
      'a common word': () => [pick(common, random)],
      'a rare word': () => [rareWord(random)],
      'two words': () => [pick(common, random), pick(common, random)],
      'the beginning of a word': () => [pick(common, random).slice(0, 3)],
    };
    const rows: Row[] = [];
    const firstResults: number[] = [];
    for (const [name, words] of Object.entries(questions)) {
      const rounds = await compare({
        ours: () => timeEach(perRound, () => history.list({ search: words().join(' '), limit: page })),
        baseline: () =>
          timeEach(perRound, () =>
            statement.all(
              `${words()
                .map((word) => `"${word}"`)
                .join(' ')}*`,
              page,
            ),
          ),
      });
      rows.push(ratioRow(`${name}: p50`, rounds, { statistic: median, kind: 'time', limit: { atMost: 2 } }));
      firstResults.push(...rounds.map(({ ours }) => p99(ours)));
    }
    rows.push(valueRow('p99 of all, until the results are there', 'ms', firstResults, { atMost: 16 }));
    bare.close();
    database.close();
    return rows;
  },
};

function rareWord(random: () => number): string {
  // The first ones are far more common than the last.
  return `w${Math.floor(random() ** 3 * rareWords).toString(36)}x`;
}

function fill(root: string): void {
  const database = openDatabase(root, 'write');
  const random = createRandom(11);
  for (let at = 0; at < prompts; at += perTransaction) {
    database.write((writer) => {
      for (let one = 0; one < perTransaction; one += 1) {
        const words = Array.from({ length: 18 }, (_, place) =>
          place % 3 === 0 ? rareWord(random) : pick(common, random),
        );
        const typed = `${words.join(' ')} ${at + one}`;
        notePrompt(writer, {
          hash: `${at + one}`,
          typed,
          negative: '',
          options: noPromptOptions,
          sent: '',
          at: at + one,
        });
      }
    });
  }
  database.write((writer) => writer.run('ANALYZE'));
  database.close();
}
