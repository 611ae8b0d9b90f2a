import { parseArgs } from 'node:util';
import { strategies } from '../../src/shared/models/route-wishes.ts';
import { simulateDay } from './day.ts';
import { dayTable, driftTable } from './tables.ts';
import { measureDrift } from './measure-drift.ts';

// A day of two thousand jobs under each strategy, then what learning is worth where things change: npm run simulate
const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    /** Worlds in each half of the second table. */
    seeds: { type: 'string', default: '60' },
  },
});
const jobs = Number(values.jobs);
const seed = Number(values.seed);
const seeds = Number(values.seeds);
if (![jobs, seed, seeds].every((number) => Number.isInteger(number) && number > 0)) {
  process.stderr.write('Give whole numbers above 0: --jobs 2000 --seed 1 --seeds 60.\n');
  process.exit(2);
}

process.stdout.write(`A day of ${jobs} jobs over eight imperfect providers (seed ${seed})\n\n`);
process.stdout.write(dayTable(strategies.map((strategy) => simulateDay(strategy, jobs, seed))));
for (const first of [1, 1 + seeds]) {
  process.stdout.write(`\nFive providers that change, 6,000 requests, seeds ${first} to ${first + seeds - 1}\n\n`);
  process.stdout.write(driftTable(measureDrift(first, seeds)));
}
