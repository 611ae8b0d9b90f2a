import { Option, type Command } from 'commander';
import { groupsCsv, ledgerCsv, ledgerCsvHead } from '../../shared/cost-csv.ts';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import type { Span } from '../costs/costs.ts';
import { capNotes } from './budget-lines.ts';
import { costTable } from './cost-lines.ts';
import { commandFor } from './contract-commands.ts';
import { readUsd } from './read-usd.ts';
import { printAnswer } from './print-answer.ts';
import { globalOptions, withLibrary } from './with-app.ts';

const groupings = ['day', 'provider', 'model', 'project'] as const;
const ledgerPage = 1_000;

interface CostsOptions {
  readonly by?: (typeof groupings)[number];
  readonly from?: string;
  readonly to?: string;
  readonly csv?: boolean;
}

/** What was spent, and the caps. `budget get` is the contract's own. */
export function addCosts(program: Command): void {
  addSums(program);
  addBudgetSet(program);
}

function addSums(program: Command): void {
  const command = commandFor(program, ['costs'])
    .description('What was made and what it cost; with --csv and without --by every charge, one by one')
    .addOption(new Option('--by <what>', 'Sums by this ("provider" unless said otherwise)').choices([...groupings]))
    .option('--from <date>', 'From the beginning of this day, like 2026-11-01')
    .option('--to <date>', 'To the end of this day')
    .option('--csv', 'As a file of comma-separated values on standard output');
  command.action(async (options: CostsOptions) => {
    const globals = globalOptions(command);
    if (options.csv && globals.json) throw new AppError('badInput', 'Choose --csv or --json, not both.');
    const span = readSpan(options);
    await withLibrary(globals, 'read', async (app) => {
      if (options.csv && options.by === undefined) {
        await writeLedger(app, span);
        return;
      }
      const by = options.by ?? 'provider';
      const summary = await app.library().costs.summary({ by, ...span });
      if (options.csv) process.stdout.write(groupsCsv(by, summary.groups));
      else printAnswer(globals, summary, costTable(by, summary));
    });
  });
}

/** Page by page, so that a long history needs no room. */
async function writeLedger(app: App, span: Span): Promise<void> {
  await writeOut(ledgerCsvHead);
  let next: string | null = null;
  do {
    const { costs } = app.library();
    const page: ReturnType<typeof costs.ledger> = costs.ledger({
      limit: ledgerPage,
      before: next ?? undefined,
      ...span,
    });
    await writeOut(ledgerCsv(page.entries));
    next = page.next;
  } while (next !== null);
}

/** Waits until it has left: a reader that is slower than the disk must not fill the memory. */
function writeOut(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

/** Whole days of this computer's clock. */
function readSpan({ from, to }: CostsOptions): Span {
  const span: Span = {
    ...(from === undefined ? {} : { from: midnight(from, '--from', 0) }),
    ...(to === undefined ? {} : { to: midnight(to, '--to', 1) }),
  };
  if (span.from !== undefined && span.to !== undefined && span.from >= span.to)
    throw new AppError('badInput', '--from is after --to. Give the earlier day first.');
  return span;
}

function midnight(text: string, option: string, daysLater: number): number {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  const date = new Date(Number(year), Number(month) - 1, Number(day));
  // The 31st of a shorter month would be the first of the next one.
  const isReal = date.getFullYear() === Number(year) && date.getMonth() === Number(month) - 1;
  if (!isReal || date.getDate() !== Number(day) || Number(year) < 1970)
    throw new AppError('badInput', `${option} takes a day like 2026-11-29, not "${text}".`);
  date.setDate(date.getDate() + daysLater);
  return Math.max(0, date.getTime());
}

function addBudgetSet(program: Command): void {
  const names = { image: 'one image', job: 'one job', day: 'a day', month: 'a month' } as const;
  const command = commandFor(program, ['budget', 'set']).description(
    'Set or take away caps on spending, in US dollars; over a cap nothing is sent',
  );
  for (const [name, what] of Object.entries(names))
    command.option(
      `--${name} <usd>`,
      `At most this for ${what}; none takes the cap away, 0 lets only free work through`,
    );
  command.action(async (options: Readonly<Record<string, string | undefined>>) => {
    const given = Object.keys(names).flatMap((name): [string, number | null][] => {
      const text = options[name];
      if (text === undefined) return [];
      return [[name, text === 'none' ? null : readUsd(text, `--${name}`, 'an amount in US dollars, or none')]];
    });
    if (given.length === 0) {
      const message = 'Nothing to set. Give --image, --job, --day or --month an amount in US dollars, or none.';
      throw new AppError('badInput', message);
    }
    const globals = globalOptions(command);
    const set = (app: App): Promise<void> => {
      const budget = app.budget.set(Object.fromEntries(given));
      printAnswer(globals, budget, 'budget get');
      if (!globals.quiet) for (const note of capNotes(budget.caps)) process.stderr.write(`note: ${note}\n`);
      return Promise.resolve();
    };
    await withLibrary(globals, 'read', set, { ifNotMade: 'pass', mayBeOld: true });
  });
}
