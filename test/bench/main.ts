import { createBenchFolder } from './bench-folder.ts';
import { enqueue } from './enqueue.ts';
import { eventLoopDelay } from './event-loop-delay.ts';
import { isMissed, type Figure } from './figure.ts';
import { galleryPage } from './gallery-page.ts';
import { grid } from './grid/grid.ts';
import { ingest } from './ingest.ts';
import { jobOverhead } from './job-overhead.ts';
import { queryPlans } from './query-plans.ts';
import { reportHeader, reportLine } from './report.ts';
import { start } from './start.ts';
import { thumbnails } from './thumbnails.ts';

// Measures one figure: node out/bench/main.js <folder for data> <id>. Ends with 1 where a target is missed.
const figures: readonly Figure[] = [
  enqueue,
  galleryPage,
  queryPlans,
  thumbnails,
  ingest,
  eventLoopDelay,
  jobOverhead,
  start,
  grid,
];

const [folder, id] = process.argv.slice(2);
const figure = figures.find((each) => each.id === id);
if (folder === undefined || !figure) {
  process.stderr.write(`Give a folder and one of ${figures.map((each) => each.id).join(', ')}.\n`);
  process.exitCode = 2;
} else {
  process.stdout.write(`\n${figure.id} ${figure.title}\n${reportHeader}\n`);
  const rows = await figure.measure(createBenchFolder(folder));
  for (const row of rows) process.stdout.write(`${reportLine(row)}\n`);
  if (rows.some(isMissed)) process.exitCode = 1;
}
