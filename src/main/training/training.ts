import { AppError } from '../../shared/errors.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import {
  largestTrainingBytes,
  type TrainedModel,
  type Training,
  type TrainingWish,
} from '../../shared/models/training.ts';
import type { RoutingSettings } from '../../shared/models/routing.ts';
import {
  endTraining,
  insertTraining,
  newestTrainings,
  openTrainings,
  succeededTrainings,
  trainingById,
  type StoredTraining,
} from '../database/trainings.ts';
import type { Events } from '../events.ts';
import { newId } from '../new-id.ts';
import { step } from '../step.ts';
import type { RunTrainingDependencies } from './run-training.ts';
import { createTrainingQueue, isOpen, type TrainingWork } from './training-queue.ts';
import { whyNotTrained } from './why-not-trained.ts';

/** Models of one's own: what a user can do about making them, and the work itself. */
export function createTraining(
  dependencies: RunTrainingDependencies & {
    events: Events;
    providers: {
      list(): ProviderStatus[];
      status(id: string): ProviderStatus;
      check(id: string): Promise<ProviderStatus>;
    };
    /** In force now. */
    settings: () => RoutingSettings;
  },
) {
  const { database, events, providers, readInput, settings, now } = dependencies;
  /** By provider, the oldest first: asked for whenever somebody looks at the providers. */
  const models = new Map<string, readonly TrainedModel[]>();
  const addModel = ({ provider }: Pick<StoredTraining, 'provider'>, model: TrainedModel): void => {
    models.set(provider, [...(models.get(provider) ?? []), model]);
  };
  for (const done of succeededTrainings(database.read)) if (done.model) addModel(done, done.model);

  const stored = (id: string): StoredTraining => {
    const found = trainingById(database.read, id);
    if (!found) throw new AppError('notFound', `There is no training ${id} in this library.`);
    return found;
  };
  const shown = ({ task: _task, ...training }: StoredTraining): Training => ({
    ...training,
    progress: queue.progressOf(training.id),
  });
  const tell = (id: string): Training => {
    const training = shown(stored(id));
    events.emit({ kind: 'trainingChanged', training });
    return training;
  };
  /** What the settings in force say against it: looked at when it is asked for, and again when it is about to be sent. */
  const refuseBySettings = (provider: string): void => {
    const why = whyNotTrained(provider, providers.list(), settings());
    if (why) throw why;
  };
  const queue = createTrainingQueue({ ...dependencies, refuseBySettings, tell, onModel: addModel });

  /** Refuses what can't ever work while the user can still change it. */
  const refuseImpossible = async ({ provider, images }: TrainingWish): Promise<void> => {
    const { manifest, enabled, health } = providers.status(provider);
    if (!manifest.abilities.train) throw new AppError('invalid_request', `${manifest.name} can't train models.`);
    if (!enabled) {
      const isKept = health.state === 'keyMissing' || health.state === 'locked';
      const message = isKept ? health.message : `${manifest.name} is switched off. Switch it on under Providers.`;
      throw new AppError(health.state === 'locked' ? 'keysLocked' : 'auth', message, { provider });
    }
    if (new Set(images).size < images.length) {
      throw new AppError('badInput', 'One of the pictures is there twice. Give each of them once.');
    }
    let bytes = 0;
    for (const id of images) bytes += (await readInput(id)).bytes.length;
    if (bytes > largestTrainingBytes) {
      const [given, most] = [bytes, largestTrainingBytes].map((each) => Math.round(each / 1_000_000));
      const message = `The pictures have ${given} MB together, more than the ${most} MB that can be sent. Scale them down, or choose fewer.`;
      throw new AppError('badInput', message);
    }
  };

  return {
    start: async (wish: TrainingWish): Promise<Training> => {
      refuseBySettings(wish.provider);
      await refuseImpossible(wish);
      const id = newId();
      database.write((writer) => {
        insertTraining(writer, id, wish, now());
      });
      step('job-recorded');
      tell(id);
      queue.wake();
      return shown(stored(id));
    },
    list: ({ limit, before }: { limit: number; before?: string | undefined }) => {
      const trainings = newestTrainings(database.read, { limit, before }).map(shown);
      return { trainings, next: trainings.length === limit ? (trainings.at(-1)?.id ?? null) : null };
    },
    show: (id: string): Training => shown(stored(id)),
    cancel: async (id: string): Promise<Training> => {
      const training = stored(id);
      if (!isOpen(training)) {
        throw new AppError(
          'wrongState',
          `Training ${id} has ended already (${training.state}), so there is nothing to cancel.`,
        );
      }
      await queue.stop(id);
      return shown(stored(id));
    },
    answer: ({ id, answer }: { id: string; answer: 'sendAgain' | 'giveUp' }): Training => {
      if (answer === 'sendAgain') refuseBySettings(stored(id).provider);
      const again = newId();
      database.write((writer) => {
        // Read inside: two windows may answer at the same time, and the first answer counts.
        const training = trainingById(writer, id);
        if (!training) throw new AppError('notFound', `There is no training ${id} in this library.`);
        if (training.state !== 'unknown') {
          throw new AppError('wrongState', `Training ${id} is ${training.state}; it does not wait for an answer.`);
        }
        const { error, cost, endedAt, steps, ...wish } = training;
        endTraining(writer, id, { state: 'cancelled', at: endedAt ?? now(), error, cost });
        if (answer === 'sendAgain') insertTraining(writer, again, { ...wish, steps: steps ?? undefined }, now());
      });
      const ended = tell(id);
      if (answer === 'giveUp') return ended;
      tell(again);
      queue.wake();
      return shown(stored(again));
    },
    models: ({ provider }: { provider?: string | undefined }) => {
      const done = succeededTrainings(database.read).filter(
        (each) => provider === undefined || each.provider === provider,
      );
      return {
        models: done
          .flatMap(({ id, model, endedAt, startedAt, provider: maker, triggerWord }) =>
            model ? { ...model, provider: maker, triggerWord, trainingId: id, madeAt: endedAt ?? startedAt } : [],
          )
          .sort((left, right) => right.madeAt - left.madeAt),
      };
    },
    /** What came of trainings with this provider; needs no look at the database. */
    modelsOf: (provider: string): readonly TrainedModel[] => models.get(provider) ?? [],
    startWork: (work: TrainingWork): void => {
      queue.start(work);
    },
    /** Resolves when the training has ended. Rejects with AppError where it can't go on now; it then stays as it stands. */
    ended: async (id: string): Promise<Training> => {
      await queue.ended(id);
      return shown(stored(id));
    },
    /** What has not ended, in the order in which it was asked for. */
    open: (): Training[] => openTrainings(database.read).map(shown),
    close: () => queue.close(),
  };
}
