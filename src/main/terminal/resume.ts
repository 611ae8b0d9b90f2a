import type { Command } from 'commander';
import { errorTable } from '../../shared/errors.ts';
import type { Job } from '../../shared/models/job.ts';
import type { OpenLibrary } from '../open-library.ts';
import { commandFor } from './contract-commands.ts';
import { jobLine } from './human-lines.ts';
import { unlockFor } from './keys-unlock.ts';
import { showProgress } from './progress-lines.ts';
import { snakeCase } from './snake-case.ts';
import { globalOptions, withLibrary } from './with-app.ts';

export function addResume(program: Command, setExitCode: (code: number) => void): void {
  const command = commandFor(program, ['jobs', 'resume']).description(
    'Take up what an earlier run left, and wait until it has ended',
  );
  command.action(async () => {
    const globals = globalOptions(command);
    await withLibrary(globals, 'write', async (app) => {
      await unlockFor(app, undefined);
      const { jobs, queue } = app.library();
      const stopProgress = globals.quiet ? () => undefined : showProgress(app);
      let stop = (): void => undefined;
      const stopped = new Promise<'stopped'>((resolve) => {
        stop = () => {
          resolve('stopped');
        };
      });
      process.on('SIGINT', stop).on('SIGTERM', stop);
      jobs.resume();
      app.startWork({ waitsForProviders: false });
      const ended = await Promise.race([endOfAll(jobs, queue), stopped]);
      process.off('SIGINT', stop).off('SIGTERM', stop);
      stopProgress();
      if (ended === 'stopped') {
        process.stderr.write('Stopped. `easel jobs resume` goes on from here.\n');
        setExitCode(errorTable.cancelled.exitCode);
        return;
      }
      report(ended, globals.json === true);
      const failed = ended.find(({ state }) => state !== 'succeeded');
      if (failed) setExitCode(errorTable[failed.error?.code ?? 'cancelled'].exitCode);
    });
  });
}

/** The queue shows a part of itself at a time, so it is looked at until nothing is left in it. */
async function endOfAll({ queue: look }: OpenLibrary['jobs'], queue: OpenLibrary['queue']): Promise<Job[]> {
  const ended: Job[] = [];
  for (;;) {
    const { running, queued } = look();
    if (running.length + queued.length === 0) return ended;
    ended.push(...(await Promise.all([...running, ...queued].map(({ id }) => queue.ended(id)))));
  }
}

function report(ended: readonly Job[], asJson: boolean): void {
  if (asJson) process.stdout.write(`${JSON.stringify(snakeCase({ jobs: ended }))}\n`);
  else if (ended.length === 0) process.stdout.write('Nothing was left to do.\n');
  else for (const job of ended) process.stdout.write(`${jobLine(job)}\n`);
}
