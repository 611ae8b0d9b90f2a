import { createBenchFolder } from './bench-folder.ts';
import { isMissed, type Figure } from './figure.ts';
import { reportHeader, reportLine } from './report.ts';

/** Each in a module of its own, loaded alone: what another one needs (a whole browser driver) would weigh on this one's memory. */
const figures: Readonly<Record<string, () => Promise<Figure>>> = {
  D1: async () => (await import('./enqueue.ts')).enqueue,
  D2: async () => (await import('./gallery-page.ts')).galleryPage,
  D3: async () => (await import('./query-plans.ts')).queryPlans,
  I1: async () => (await import('./thumbnails.ts')).thumbnails,
  I2: async () => (await import('./ingest.ts')).ingest,
  I3: async () => (await import('./event-loop-delay.ts')).eventLoopDelay,
  overhead: async () => (await import('./job-overhead.ts')).jobOverhead,
  R1: async () => (await import('./router/added-work.ts')).addedWork,
  R2: async () => (await import('./paid-calls.ts')).paidCalls,
  'R2-router': async () => (await import('./router/throughput.ts')).throughput,
  R3: async () => (await import('./decision.ts')).decision,
  R4: async () => (await import('./router/dead-primary.ts')).deadPrimary,
  R6: async () => (await import('./router/limits-and-caps.ts')).limitsAndCaps,
  optimize: async () => (await import('./optimize.ts')).optimize,
  analyse: async () => (await import('./analyse-prompts.ts')).analysePrompts,
  compress: async () => (await import('./compress-prompts.ts')).compressPrompts,
  pending: async () => (await import('./pending-tasks.ts')).pendingTasks,
  S1: async () => (await import('./start.ts')).start,
  history: async () => (await import('./prompt-history.ts')).promptHistory,
  G1: async () => (await import('./grid/grid.ts')).grid,
};

// Measures one figure: node out/bench/main.js <folder for data> <id>. Ends with 1 where a target is missed.
const [folder, id = ''] = process.argv.slice(2);
const load = figures[id];
if (folder === undefined || !load) {
  process.stderr.write(`Give a folder and one of ${Object.keys(figures).join(', ')}.\n`);
  process.exitCode = 2;
} else {
  const figure = await load();
  process.stdout.write(`\n${figure.id} ${figure.title}\n${reportHeader}\n`);
  const rows = await figure.measure(createBenchFolder(folder));
  for (const row of rows) process.stdout.write(`${reportLine(row)}\n`);
  if (rows.some(isMissed)) process.exitCode = 1;
}
