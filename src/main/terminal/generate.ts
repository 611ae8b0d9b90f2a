import type { Command } from 'commander';
import { access, constants, copyFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { totalCost } from '../../shared/models/cost.ts';
import type { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { JobWithAttempts } from '../../shared/models/job.ts';
import type { App } from '../app.ts';
import { makeFolder } from '../files/make-folder.ts';
import { addRequestOptions, readRequest, type RequestOptions } from './generate-request.ts';
import { generationAnswer, type KeptImage } from './generation-answer.ts';
import { counted, money, printable } from './plain-words.ts';
import { unlockFor } from './keys-unlock.ts';
import { showProgress } from './progress-lines.ts';
import { textOrInput } from './text-or-input.ts';
import { globalOptions, withLibrary, type GlobalOptions } from './with-app.ts';

export function addGenerate(program: Command): void {
  const command = program
    .command('generate')
    .description('Generate images and wait for them')
    .argument(
      '[prompt]',
      'What the picture shows, or - to read it from standard input; may be left out with --template',
      '',
    )
    .option('--out <folder>', 'Also copy the images there');
  addRequestOptions(command);
  command.action(async (prompt: string, options: RequestOptions & { readonly out?: string }) => {
    const globals = globalOptions(command);
    const words = await textOrInput(prompt);
    // A picture may cost money or minutes: where it is to go is looked at before.
    if (options.out !== undefined) await prepareOut(resolve(options.out));
    await withLibrary(globals, 'write', async (app) => {
      await unlockFor(app, options.provider);
      const request = await readRequest(app, words, options);
      const isOpen = options.provider === undefined && options.model === undefined;
      await makeAndTell(app, globals, request, { out: options.out, isOpen });
    });
  });
}

/**
 * Makes what is asked for, with progress, and prints what came of it. `out`: a folder for copies; `isOpen`: nobody was named to do
 * it. Throws AppError where it failed.
 */
export async function makeAndTell(
  app: App,
  globals: GlobalOptions,
  request: GenerationRequest,
  { out, isOpen = false }: { readonly out?: string | undefined; readonly isOpen?: boolean } = {},
): Promise<void> {
  const stopProgress = globals.quiet ? () => undefined : showProgress(app);
  const job = await runToEnd(app, request).finally(stopProgress);
  const images = await collectImages(app, job, out);
  if (globals.json) process.stdout.write(`${JSON.stringify(generationAnswer(job, images))}\n`);
  else for (const { outPath, localPath } of images) process.stdout.write(`${outPath ?? localPath}\n`);
  if (!globals.quiet) {
    say(job, images);
    if (isOpen) await nameWhatIsThere(app, job);
  }
  const failure = failureOf(job);
  if (failure) throw failure;
}

/** Nothing real is set up, so the built-in provider drew; a server that answers here is worth knowing of. */
async function nameWhatIsThere(app: App, job: JobWithAttempts): Promise<void> {
  if (job.attempts.at(-1)?.provider !== 'builtin') return;
  const found = (await app.discover()).find(({ usable }) => usable);
  if (found)
    process.stderr.write(`note: ${found.name} answers at ${found.url}. Use it with --provider ${found.service}.\n`);
}

/**
 * Runs this one job and nothing else of the queue. Ctrl+C cancels it, at the service too; a request to end, as a computer makes
 * that shuts down, leaves it to the next start, and what is paid is waited for.
 */
async function runToEnd(app: App, request: GenerationRequest): Promise<JobWithAttempts> {
  const { jobs, queue } = app.library();
  const { id } = await jobs.create({ ...request, front: true });
  const cancel = (): void => {
    void jobs.cancel(id).catch(() => undefined);
  };
  let leave = (): void => undefined;
  const left = new Promise<never>((_resolve, reject) => {
    leave = () => {
      reject(new AppError('cancelled', 'Stopped. `easel jobs resume` goes on from here.'));
    };
  });
  process.on('SIGINT', cancel).on('SIGTERM', leave);
  try {
    app.startWork({ only: [id], waitsForProviders: false });
    await Promise.race([queue.ended(id), left]);
    return jobs.show(id);
  } finally {
    process.off('SIGINT', cancel).off('SIGTERM', leave);
  }
}

async function collectImages(app: App, job: JobWithAttempts, out: string | undefined): Promise<KeptImage[]> {
  const { library } = app.library();
  const folder = out === undefined ? null : resolve(out);

  return Promise.all(
    job.imageIds.map(async (id) => {
      const localPath = library.path(id).path;
      const outPath = folder === null ? null : join(folder, basename(localPath));
      if (outPath !== null && folder !== null) await copyFile(localPath, outPath).catch(outNotWritable(folder));
      return { image: library.image(id), localPath, outPath };
    }),
  );
}

async function prepareOut(folder: string): Promise<void> {
  try {
    makeFolder(folder);
    await access(folder, constants.W_OK);
  } catch (error) {
    const message = `Easel can't write to ${folder}, so nothing was generated. Give --out a folder that you can write to.`;
    throw new AppError('badInput', message, {}, { cause: error });
  }
}

function outNotWritable(folder: string): (error: unknown) => never {
  return (error) => {
    throw new AppError(
      'badInput',
      `The images are in the library, but could not be copied to ${folder}. Check that it is a folder you can write to.`,
      {},
      { cause: error },
    );
  };
}

function failureOf(job: JobWithAttempts): AppError | null {
  if (job.state === 'succeeded') return null;
  if (job.state === 'cancelled') return new AppError('cancelled', 'Cancelled.');
  if (!job.error) return new AppError('internal', 'The job did not end as it should.');
  const { code, message } = job.error;
  const answers = `Then: easel jobs check ${job.id}, jobs send-again ${job.id}, or jobs give-up ${job.id}.`;
  return new AppError(code, job.state === 'needs_attention' ? `${message} ${answers}` : message);
}

function say(job: JobWithAttempts, images: readonly KeptImage[]): void {
  for (const { note } of job.attempts.at(-1)?.dropped ?? []) process.stderr.write(`note: ${printable(note)}\n`);
  const [first] = images;
  if (first)
    process.stderr.write(
      `${[
        counted(images.length, 'image'),
        ...(first.image.seed === null ? [] : [`seed ${first.image.seed}`]),
        money(totalCost(job.attempts.map(({ cost }) => cost))),
      ].join(', ')}\n`,
    );
}
