import type { Http } from '../http-types.ts';
import { asCommonImage } from '../as-png.ts';
import { packZip } from '../pack-zip.ts';
import {
  ProviderError,
  type CallOptions,
  type ImageProvider,
  type Training,
  type TrainingRequest,
} from '../provider.ts';
import { AccountAnswer, HardwareAnswer, TrainingAnswer, TrainingsAnswer } from './answers.ts';
import { hasSucceeded } from './ended-work.ts';
import { explainPoll, explainRefusal } from './explain-refusal.ts';
import { trainedModel } from './models.ts';
import { progressOf } from './results.ts';
import { urlOf } from './upload.ts';
import type { Versions } from './versions.ts';

const trainer = 'ostris/flux-dev-lora-trainer';
const askAgainInMs = 10_000;
const mostPages = 10;
/** US dollars a second of the hardware that trains FLUX. */
const usdPerSecond = 0.001525;
/** Best first. */
const hardware = [/h100/i, /l40s/i, /a100/i, /gpu/i, /./];

/** Marks tasks that are trainings, which are cancelled elsewhere. */
export const trainingKind = 'training';

/** Trains FLUX models of one's own, which are kept at Replicate under the account's name. */
export function createTraining(
  http: Http,
  versions: Versions,
): Required<Pick<ImageProvider, 'train' | 'collectTraining'>> {
  return {
    async train(request, options) {
      const destination = await createDestination(http, request, options);
      const { id: version } = await versions.latest(trainer, options);
      const bytes = packZip(
        (await Promise.all(request.images.map(asCommonImage))).map((image, index) => ({
          name: `${String(index + 1).padStart(3, '0')}.${image.format}`,
          bytes: image.bytes,
        })),
      );
      const archive = { fileName: 'images.zip', mimeType: 'application/zip', bytes };
      const input = {
        input_images: await urlOf(http, archive, options),
        trigger_word: request.triggerWord,
        ...(request.steps === null ? {} : { steps: request.steps }),
      };
      const asking = { ...options, explain: explainRefusal };
      const path = `/models/${trainer}/versions/${version}/trainings`;
      const { id } = await http.pay(path, { destination, input }, TrainingAnswer, asking);
      return { state: 'pending', task: { remoteId: id, kind: trainingKind, name: request.name }, askAgainInMs };
    },

    async collectTraining(task, options): Promise<Training> {
      try {
        const path = `/trainings/${encodeURIComponent(task.remoteId)}`;
        const answer = await http.get(path, TrainingAnswer, { ...options, explain: explainPoll });
        if (!hasSucceeded(answer)) {
          return { state: 'pending', task, askAgainInMs, progress: progressOf(answer) };
        }
        const id = answer.output?.version;
        if (!id) throw new ProviderError('server', 'Replicate ended the training without a model.', { isFinal: true });
        const seconds = answer.metrics?.predict_time;
        const name = typeof task.name === 'string' ? task.name : id;
        return {
          state: 'finished',
          model: { id, name, source: null },
          ...(seconds ? { cost: { kind: 'estimated', usd: seconds * usdPerSecond } } : {}),
        };
      } catch (error) {
        if (error instanceof ProviderError && error.code === 'task_lost') return { state: 'lost' };
        throw error;
      }
    },
  };
}

/** The model that the training fills: it must be there beforehand. Answers `owner/name`. */
async function createDestination(http: Http, request: TrainingRequest, options: CallOptions): Promise<string> {
  const asking = { ...options, explain: explainRefusal };
  const [{ username: owner }, skus] = await Promise.all([
    http.get('/account', AccountAnswer, asking),
    http.get('/hardware', HardwareAnswer, asking),
  ]);
  const best = hardware.flatMap((pattern) => skus.filter(({ sku }) => pattern.test(sku)))[0];
  if (!best) throw new ProviderError('server', 'Replicate names no hardware for a new model.');
  const name = nameFor(request);
  const model = {
    owner,
    name,
    visibility: 'private',
    hardware: best.sku,
    ...(request.description === '' ? {} : { description: request.description }),
  };
  try {
    await http.post('/models', model, () => null, asking);
  } catch (error) {
    if (options.signal.aborted) throw error;
    // It may be there already, from a try whose answer was lost.
    await http
      .get(`/models/${owner}/${name}`, () => null, options)
      .catch(() => {
        throw error;
      });
  }
  return `${owner}/${name}`;
}

const longestName = 40;

/** The same for each try of one attempt, and no other's. */
function nameFor({ name, attemptId }: TrainingRequest): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, longestName);
  return `${words || 'easel'}-${attemptId.slice(0, 8)}`;
}

/** The account's own models, of the trainings that the service still lists. */
export async function listTrained(http: Http, options: CallOptions): Promise<ReturnType<typeof trainedModel>[]> {
  const trainings: TrainingAnswer[] = [];
  let path: string | null = '/trainings';
  for (let page = 0; path !== null && page < mostPages; page += 1) {
    const asking = { ...options, explain: explainRefusal };
    const { results, next }: TrainingsAnswer = await http.get(path, TrainingsAnswer, asking);
    trainings.push(...results);
    path = next ?? null;
  }
  const ids = trainings.flatMap(({ status, output }) => (status === 'succeeded' ? (output?.version ?? []) : []));
  return [...new Set(ids)].map(trainedModel);
}
