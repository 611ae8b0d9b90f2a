import type { Command } from 'commander';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describeIssues } from '../../shared/describe-issues.ts';
import { AppError, errorTable } from '../../shared/errors.ts';
import { mostTrainingImages, TrainingWish, type Training } from '../../shared/models/training.ts';
import type { App } from '../app.ts';
import { fileErrorCode } from '../files/file-problem.ts';
import { commandFor } from './contract-commands.ts';
import { trainingLine } from './human-lines.ts';
import { keepInput } from './keep-input.ts';
import { unlockFor } from './keys-unlock.ts';
import { counted, money, printable } from './plain-words.ts';
import { snakeCase } from './snake-case.ts';
import { showTraining } from './training-lines.ts';
import { globalOptions, withLibrary, type GlobalOptions } from './with-app.ts';

interface TrainOptions {
  readonly name: string;
  readonly trigger: string;
  readonly subject: string;
  readonly description?: string;
  readonly steps?: string;
}

export function addTrain(program: Command, setExitCode: (code: number) => void): void {
  const command = program
    .command('train')
    .description('Train a model of your own with pictures of yours, and wait for it')
    .argument('<provider>', 'Who trains it (easel providers lists them)')
    .argument('<pictures...>', `Pictures, or folders of pictures; at most ${mostTrainingImages}`)
    .requiredOption('--name <name>', 'What the model is called')
    .requiredOption('--trigger <word>', 'The word that calls it in a prompt')
    .requiredOption('--subject <kind>', 'What it learns: person, object or style')
    .option('--description <text>', 'What the pictures show')
    .option('--steps <n>', "How long it learns; the service's own choice if left out");
  command.action(async (provider: string, paths: string[], options: TrainOptions) => {
    const globals = globalOptions(command);
    await withLibrary(globals, 'write', async (app) => {
      await unlockFor(app, provider);
      const ended = await trainToEnd(app, await readWish(app, provider, paths, options), globals);
      if (globals.json) process.stdout.write(`${JSON.stringify(snakeCase(ended))}\n`);
      else if (ended.model) process.stdout.write(`${ended.model.id}\n`);
      if (!globals.quiet) say(ended);
      const failure = failureOf(ended);
      if (failure) throw failure;
    });
  });
  addTrainingResume(program, setExitCode);
}

function addTrainingResume(program: Command, setExitCode: (code: number) => void): void {
  const command = commandFor(program, ['training', 'resume']).description(
    'Go on with trainings that an earlier run left, and wait until they have ended',
  );
  command.action(async () => {
    const globals = globalOptions(command);
    await withLibrary(globals, 'write', async (app) => {
      const { training } = app.library();
      const only = training.open().map(({ id }) => id);
      if (only.length > 0) await unlockFor(app, undefined);
      const stopProgress = globals.quiet ? () => undefined : showTraining(app);
      const stopped = untilStopped();
      app.startWork({ only, waitsForProviders: false });
      const ends = Promise.all(only.map((id) => training.ended(id)));
      const ended = await Promise.race([ends, stopped.promise]).finally(() => {
        stopProgress();
        stopped.forget();
      });
      if (ended === 'stopped') {
        ends.catch(() => undefined);
        process.stderr.write('Stopped. `easel training resume` goes on from here.\n');
        setExitCode(errorTable.cancelled.exitCode);
        return;
      }
      if (globals.json) process.stdout.write(`${JSON.stringify(snakeCase({ trainings: ended }))}\n`);
      else if (ended.length === 0) process.stdout.write('Nothing was left to do.\n');
      else for (const each of ended) process.stdout.write(`${trainingLine(each)}\n`);
      const failure = ended.map(failureOf).find((each) => each !== null);
      if (failure) throw failure;
    });
  });
}

function untilStopped() {
  const { promise, resolve: stop } = Promise.withResolvers<'stopped'>();
  const stopNow = (): void => {
    stop('stopped');
  };
  process.on('SIGINT', stopNow).on('SIGTERM', stopNow);
  return { promise, forget: () => void process.off('SIGINT', stopNow).off('SIGTERM', stopNow) };
}

async function readWish(
  app: App,
  provider: string,
  paths: readonly string[],
  { name, trigger: triggerWord, subject, description, steps }: TrainOptions,
): Promise<TrainingWish> {
  // The words first: no picture is copied for a training that can't be.
  const words = TrainingWish.omit({ images: true }).safeParse({
    provider,
    name,
    triggerWord,
    subject,
    description,
    steps: steps === undefined ? undefined : Number(steps.trim() || NaN),
  });
  if (!words.success) {
    throw new AppError('badInput', `This can't be used: ${describeIssues(words.error.issues, optionOf)}.`);
  }
  const files = (await Promise.all(paths.map(picturesAt))).flat();
  if (files.length > mostTrainingImages) {
    const message = `These are ${files.length} pictures; a training takes at most ${mostTrainingImages}. Leave some out.`;
    throw new AppError('badInput', message);
  }
  const images = new Set<string>();
  for (const file of files) images.add(await keepInput(app, file));
  return { ...words.data, images: [...images] };
}

const optionOf = (field: string): string => `--${field === 'triggerWord' ? 'trigger' : field}`;

/** The pictures of a folder, by name, without those of folders in it; a file is itself. */
async function picturesAt(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    if (fileErrorCode(error) === 'ENOTDIR' || fileErrorCode(error) === 'ENOENT') return null;
    throw new AppError(
      'badInput',
      `The folder ${resolve(path)} can't be read. Check its permissions.`,
      {},
      { cause: error },
    );
  });
  if (entries === null) return [path];
  const names = entries.flatMap((entry) => (entry.isDirectory() ? [] : entry.name));
  const pictures = names.filter((name) => /^[^.].*\.(png|jpe?g|webp|gif|avif)$/i.test(name)).sort();
  if (pictures.length > 0) return pictures.map((name) => join(path, name));
  throw new AppError(
    'badInput',
    `There are no pictures in ${resolve(path)}. They end in .png, .jpg, .webp, .gif or .avif.`,
  );
}

/** Works on this training, after those that its provider still has to do. Ctrl+C cancels it, at the service too. */
async function trainToEnd(app: App, wish: TrainingWish, { quiet }: GlobalOptions): Promise<Training> {
  const { training } = app.library();
  const { id } = await training.start(wish);
  const only = training.open().flatMap((each) => (each.provider === wish.provider ? each.id : []));
  const stopProgress = quiet ? () => undefined : showTraining(app);
  const cancel = (): void => {
    void training.cancel(id).catch(() => undefined);
  };
  process.on('SIGINT', cancel).on('SIGTERM', cancel);
  try {
    app.startWork({ only, waitsForProviders: false });
    return await training.ended(id);
  } finally {
    process.off('SIGINT', cancel).off('SIGTERM', cancel);
    stopProgress();
  }
}

function failureOf({ state, error }: Training): AppError | null {
  if (state === 'succeeded') return null;
  if (error) return new AppError(error.code, error.message);
  return new AppError('cancelled', 'Cancelled.');
}

function say({ provider, name, model, triggerWord, images, cost }: Training): void {
  if (!model) return;
  const made = `“${name}” was made of ${counted(images.length, 'picture')}, ${money(cost)}.`;
  const hint = `Draw with it: easel generate "… ${triggerWord} …" --provider ${provider} --model "${model.id}"`;
  process.stderr.write(`${printable(made)}\n${printable(hint)}\n`);
}
