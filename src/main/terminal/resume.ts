import type { Command } from 'commander';
import { errorTable } from '../../shared/errors.ts';
import type { Job } from '../../shared/models/job.ts';
import { commandFor } from './contract-commands.ts';
import { jobLine } from './human-lines.ts';
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
      const { jobs, queue } = app.library();
      const { running, queued } = jobs.queue();
      const left = [...running, ...queued];
      const stopProgress = globals.quiet ? () => undefined : showProgress(app);
      let stop = (): void => undefined;
      const stopped = new Promise<'stopped'>((resolve) => {
        stop = () => {
          resolve('stopped');
        };
      });
      process.on('SIGINT', stop).on('SIGTERM', stop);
      jobs.resume();
      app.startWork();
      const ended = await Promise.race([Promise.all(left.map(({ id }) => queue.ended(id))), stopped]);
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

function report(ended: readonly Job[], asJson: boolean): void {
  if (asJson) process.stdout.write(`${JSON.stringify(snakeCase({ jobs: ended }))}\n`);
  else if (ended.length === 0) process.stdout.write('Nothing was left to do.\n');
  else for (const job of ended) process.stdout.write(`${jobLine(job)}\n`);
}
