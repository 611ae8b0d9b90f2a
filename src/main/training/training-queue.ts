import { AppError } from '../../shared/errors.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { TrainedModel, Training } from '../../shared/models/training.ts';
import { openTrainings, trainingById, type StoredTraining } from '../database/trainings.ts';
import type { Events } from '../events.ts';
import { runTraining, stopReasons, type RunTrainingDependencies } from './run-training.ts';

/** How long a program that works on single commands waits for a service that does not answer. */
const patienceMs = 30_000;
/** How long a training rests that could not go on: the disk is full, for example. */
const restMs = 30_000;

export interface TrainingWork {
  /** Nothing but these trainings; all that are open, where it is left out. */
  readonly only?: readonly string[];
  /** Trainings whose provider is away wait for it, as in a program that stays open. */
  readonly waitsForProviders: boolean;
}

export interface TrainingQueue {
  /** Begins to work: on what an earlier run left, and on what is asked for from now on. */
  start(work: TrainingWork): void;
  /** Something changed that may let a training start. */
  wake(): void;
  /** Stops an open training, here and at the service, and waits until that is recorded. */
  stop(id: string): Promise<void>;
  /** Resolves when the training has ended. Rejects with AppError where it can't go on; it then stays as it stands. */
  ended(id: string): Promise<void>;
  progressOf(id: string): Training['progress'];
  /** Leaves trainings as they stand; the next start takes them up. */
  close(): Promise<void>;
}

interface Run {
  readonly provider: string;
  readonly controller: AbortController;
  progress: Training['progress'];
  finished: Promise<void>;
}

/** Works on trainings, one at a time for each provider. `tell` is called with the id of each that changed. */
export function createTrainingQueue(
  dependencies: RunTrainingDependencies & {
    events: Events;
    providers: { status(id: string): ProviderStatus; check(id: string): Promise<ProviderStatus> };
    refuseBySettings: (provider: string) => void;
    tell: (id: string) => void;
    /** Called before anybody hears of the end. */
    onModel: (training: StoredTraining, model: TrainedModel) => void;
  },
): TrainingQueue {
  const { database, events, providers, log, tell, onModel } = dependencies;
  const running = new Map<string, Run>();
  const waiters = new Map<string, { resolve: () => void; reject: (error: unknown) => void }[]>();
  const resting = new Map<string, NodeJS.Timeout>();
  let work: TrainingWork | null = null;
  const closing = Promise.withResolvers<null>();
  let isClosed = false;

  const settle = (id: string, error?: unknown): void => {
    for (const waiter of waiters.get(id) ?? []) {
      if (error === undefined) waiter.resolve();
      else waiter.reject(error);
    }
    waiters.delete(id);
  };

  const afterRun = async (id: string): Promise<void> => {
    const ended = trainingById(database.read, id);
    if (!ended || isOpen(ended)) return;
    // The new model may be in the service's own list, and is in its picker from now on.
    if (ended.state === 'succeeded') await Promise.race([providers.check(ended.provider), closing.promise]);
    settle(id);
  };

  const rest = (id: string, error: unknown): void => {
    log.error('a training rests', error, { trainingId: id });
    const timer = setTimeout(() => {
      resting.delete(id);
      startTrainings();
    }, restMs);
    resting.set(id, timer.unref());
    settle(id, error);
  };

  const begin = (training: StoredTraining): Run => {
    const { id, provider } = training;
    const controller = new AbortController();
    const run: Run = { provider, controller, progress: null, finished: Promise.resolve() };
    const told = (progress: Training['progress']): void => {
      run.progress = progress;
      const now = trainingById(database.read, id);
      if (now?.model) onModel(now, now.model);
      tell(id);
    };
    running.set(id, run);
    const limits = { patienceMs: work?.waitsForProviders === true ? null : patienceMs, signal: controller.signal };
    run.finished = runTraining({ ...dependencies, training, tell: told, ...limits })
      .then(() => afterRun(id))
      .catch((error: unknown) => {
        rest(id, error);
      })
      .finally(() => {
        running.delete(id);
        startTrainings();
      });
    return run;
  };

  /** One that has not been sent waits until its provider can be used; what was sent is asked about in any case. */
  const mayBegin = ({ state, provider, id }: StoredTraining, busy: ReadonlySet<string>): boolean => {
    if (running.has(id) || resting.has(id) || (work?.only && !work.only.includes(id))) return false;
    if (state !== 'queued') return true;
    return !busy.has(provider) && (work?.waitsForProviders !== true || providers.status(provider).enabled);
  };

  const startTrainings = (): void => {
    if (!work || isClosed) return;
    try {
      const open = openTrainings(database.read);
      const busy = new Set(
        open.filter(({ id, state }) => state !== 'queued' || running.has(id)).map((each) => each.provider),
      );
      for (const training of open) {
        if (!mayBegin(training, busy)) continue;
        busy.add(training.provider);
        begin(training);
      }
    } catch (error) {
      log.error('trainings could not be started', error);
    }
  };

  const stopListening = events.listen((event) => {
    if (event.kind === 'providerChanged' && event.provider.enabled) startTrainings();
  });

  return {
    start: (wanted) => {
      work = wanted;
      startTrainings();
    },
    wake: startTrainings,
    stop: async (id) => {
      const training = trainingById(database.read, id);
      if (!training || !isOpen(training)) return;
      // One that nobody works on is taken up just to be ended.
      const run = running.get(id) ?? begin(training);
      run.controller.abort(stopReasons.cancel);
      await run.finished;
    },
    ended: async (id) => {
      const training = trainingById(database.read, id);
      if (!training) throw new AppError('notFound', `There is no training ${id} in this library.`);
      // A run that has recorded its end may still be asking for the new list of models.
      if (!isOpen(training) && !running.has(id)) return;
      await new Promise<void>((resolve, reject) => {
        waiters.set(id, [...(waiters.get(id) ?? []), { resolve, reject }]);
      });
    },
    progressOf: (id) => running.get(id)?.progress ?? null,
    close: async () => {
      isClosed = true;
      closing.resolve(null);
      stopListening();
      for (const timer of resting.values()) clearTimeout(timer);
      for (const run of running.values()) run.controller.abort(stopReasons.close);
      await Promise.all([...running.values()].map(({ finished }) => finished));
    },
  };
}

export function isOpen({ state }: Pick<StoredTraining, 'state'>): boolean {
  return state === 'queued' || state === 'sending' || state === 'pending';
}
