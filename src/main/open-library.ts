import { randomInt } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { access as checkAccess, stat } from 'node:fs/promises';
import { AppError } from '../shared/errors.ts';
import { createCosts } from './costs/costs.ts';
import { createComparisons } from './comparison/comparisons.ts';
import type { Database } from './database/database.ts';
import type { Accounts } from './database/accounts.ts';
import { isAtWork } from './database/attempts.ts';
import { modelScores } from './database/model-scores.ts';
import { modelRatings } from './database/ratings.ts';
import { databasePath, noLibrary, openDatabase } from './database/open-database.ts';
import { openTrainings } from './database/trainings.ts';
import type { Events } from './events.ts';
import { makeFolders } from './files/durable-file.ts';
import { asFileProblem, fileErrorCode } from './files/file-problem.ts';
import { fitMask, readInputFile, saveInputFile } from './files/input-files.ts';
import { createThumbnails } from './files/thumbnails.ts';
import { insideLibrary } from './files/library-paths.ts';
import { makeFolder } from './files/make-folder.ts';
import { createJobQueue } from './jobs/job-queue.ts';
import { createJobs } from './jobs/jobs.ts';
import { createProgressBoard } from './jobs/progress-board.ts';
import { createFileMoves } from './library/file-moves.ts';
import { createLibrary } from './library/library.ts';
import { recoverFiles } from './library/recover-files.ts';
import { createResultStore } from './library/store-results.ts';
import type { Log } from './log.ts';
import { createMetrics } from './health/metrics.ts';
import { createPromptHistory } from './prompts/history.ts';
import { createListJobs } from './prompts/list-jobs.ts';
import { createEnhancedPrompts } from './prompts/enhanced-prompts.ts';
import { createPromptPreparer } from './prompts/prepare.ts';
import type { PromptTools } from './prompts/prompt-tools.ts';
import { createPromptResolver } from './prompts/resolve.ts';
import { createSavedPrompts } from './prompts/saved.ts';
import { createStyleShelf } from './prompts/style-shelf.ts';
import { createWildcardFiles } from './prompts/wildcard-files.ts';
import type { ProviderStates } from './health/provider-states.ts';
import { createRouting } from './routing/routing.ts';
import type { SettingsFeature } from './settings/settings.ts';
import { createTraining } from './training/training.ts';

interface LibraryOptions {
  readonly root: string;
  /** `write` takes the library for this process and finishes what a crash left; `read` changes nothing. */
  readonly access: 'read' | 'write';
  readonly accounts: Accounts;
  /** A library that was there before must not be made anew on a drive that is missing. */
  readonly mustExist: boolean;
  readonly events: Events;
  readonly log: Log;
  readonly providers: ProviderStates;
  /** Told of every attempt that failed. */
  readonly noteJobFailure: (provider: string, failure: { code: string; message: string; at: number }) => void;
  readonly settings: Pick<SettingsFeature, 'routingInForce'>;
  readonly promptTools: Pick<PromptTools, 'optimizer' | 'freeBeforeLocal'>;
}

export type OpenLibrary = Awaited<ReturnType<typeof openLibrary>>;

/** Whether there is a library to open. One that `mustExist` counts as there, so that its opening says why it is missing. */
export function isLibraryMade(root: string, mustExist: boolean): boolean {
  return existsSync(root) ? existsSync(databasePath(root)) : mustExist;
}

/** Opens a library folder and joins everything that lives as long as it is open. Throws AppError. */
export async function openLibrary(options: LibraryOptions) {
  const { root, access } = options;
  await prepareFolder(options);
  const database = openDatabase(root, access);
  try {
    if (access === 'write') await prepareInside(root);
    return await joinLibrary(options, database);
  } catch (error) {
    database.close();
    throw error;
  }
}

async function joinLibrary(options: LibraryOptions, database: Database) {
  const { root, access, accounts, events, log, providers, settings, noteJobFailure, promptTools } = options;
  const now = Date.now;
  const chance = (): number => randomInt(2 ** 32) / 2 ** 32;
  const thumbnails = createThumbnails({ root });
  const moves = createFileMoves({ database, root, log });
  const background = new Set<Promise<void>>();
  const results = createResultStore({
    database,
    root,
    moves,
    events,
    log,
    now,
    afterArrival: ({ path, hash, content }) => {
      const work = thumbnails
        .makeAll(insideLibrary(root, path), hash, content)
        .catch((error: unknown) => log.error('thumbnails could not be made', error))
        .finally(() => background.delete(work));
      background.add(work);
    },
  });
  if (access === 'write') await recoverFiles({ database, root, moves, results, log });
  let ratings = modelRatings(database.read);
  const library = createLibrary({
    ...{ database, root, moves, thumbnails, events, log, now },
    onRatings: () => {
      ratings = modelRatings(database.read);
      routing.tell();
    },
  });
  const board = createProgressBoard({ events, now });
  const readInput = (id: string) => readInputFile(root, id);
  let scores = modelScores(database.read);
  const routing = createRouting({
    database,
    accounts,
    providers,
    settings: () => settings.routingInForce(),
    scores: () => scores,
    ratings: () => ratings,
    inputSize: readInput,
    events,
    log,
    now,
    isReadOnly: access === 'read',
    onFailure: noteJobFailure,
  });
  const wildcards = createWildcardFiles({ root, now });
  const styles = createStyleShelf({ root, access, now });
  // A job of an earlier run may need them; that a file is damaged is told where they are listed.
  await styles.list().catch((error: unknown) => {
    log.error('the styles could not be read', error);
  });
  const resolver = createPromptResolver({ wildcards, styles });
  const enhanced = createEnhancedPrompts({ styles: styles.all });
  const queue = createJobQueue({
    routing,
    database,
    events,
    providers,
    results,
    board,
    log,
    now,
    chance,
    readInput,
    preparePrompt: createPromptPreparer({ enhance: enhanced.enhance, ...promptTools }),
    fitMask: async (mask, size) => {
      const { bytes, scaled } = await fitMask(mask.bytes, size);
      const { id } = await saveInputFile(root, bytes);
      return { mask: await readInput(id), scaled };
    },
  });
  const jobs = createJobs({
    database,
    events,
    queue,
    board,
    providers,
    routing,
    inputSize: readInput,
    resolvePrompts: resolver.resolveAll,
    log,
    now,
    chance,
  });
  const training = createTraining({
    database,
    events,
    providers,
    readInput,
    settings: () => settings.routingInForce().inForce,
    log,
    now,
  });
  const comparisons = createComparisons({
    database,
    access,
    events,
    providers,
    addJobs: jobs.add,
    cancelJob: jobs.cancel,
    routing: routing.state,
    onScores: () => {
      scores = modelScores(database.read);
      routing.tell();
    },
    inputSize: readInput,
    log,
    now,
    chance,
  });
  return {
    root,
    library,
    jobs,
    queue,
    routing,
    comparisons,
    training,
    prompts: {
      history: createPromptHistory({ database }),
      saved: createSavedPrompts({ database, now }),
      lists: createListJobs({ priceOf: jobs.priceOf, addJobs: jobs.add }),
      resolver,
      cacheCounts: enhanced.counts,
      styles,
      wildcards,
    },
    metrics: createMetrics({ reader: database.read, providers, standings: () => routing.state().standings, now }),
    /** Whether something is under way at this provider. */
    isAtWork: (provider: string): boolean =>
      isAtWork(database.read, provider) || openTrainings(database.read).some((open) => open.provider === provider),
    costs: createCosts({ database, providers, spentElsewhere: routing.spentElsewhere, now }),
    close: async (): Promise<void> => {
      comparisons.close();
      await Promise.all([queue.close(), training.close()]);
      await Promise.all(background);
      routing.close();
      moves.close();
      await thumbnails.close();
      database.close();
    },
  };
}

async function prepareFolder({
  root,
  access,
  mustExist,
}: {
  root: string;
  access: 'read' | 'write';
  mustExist: boolean;
}): Promise<void> {
  const there = await stat(root).catch(() => null);
  if (there && !there.isDirectory()) {
    throw new AppError('libraryMissing', `${root} is a file. Choose a folder for the library.`);
  }
  if (!there && !mustExist && access === 'read') {
    throw noLibrary(root);
  }
  if (!there && mustExist) {
    throw new AppError(
      'libraryMissing',
      `The library folder ${root} is not there. Connect its drive and try again, or choose another folder.`,
    );
  }
  if (access === 'read') return;
  try {
    makeFolder(root);
    await checkAccess(root, constants.R_OK | constants.W_OK);
  } catch (error) {
    if (['EEXIST', 'ENOTDIR'].includes(fileErrorCode(error) ?? '')) {
      const message = `${root} can't be a folder, because a part of its path is a file. Choose another folder for the library.`;
      throw new AppError('libraryMissing', message, {}, { cause: error });
    }
    throw asFileProblem(error, root);
  }
}

/** Only after the database has let us in: a folder that is refused stays as it was. */
async function prepareInside(root: string): Promise<void> {
  try {
    await makeFolders(root);
  } catch (error) {
    throw asFileProblem(error, root);
  }
}
