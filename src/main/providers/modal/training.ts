import { RawBody } from '../http-types.ts';
import { packZip } from '../pack-zip.ts';
import {
  ProviderError,
  type CallOptions,
  type ImageProvider,
  type Task,
  type Training,
  type TrainingRequest,
} from '../provider.ts';
import { FileAnswer, ModelsAnswer, type Job } from './answers.ts';
import type { App } from './ask-app.ts';
import { trainedModelId } from './job-body.ts';
import { costOf } from './results.ts';
import { named, progressOf, readTask, type ModalTask } from './task.ts';

const askAgainInMs = 10_000;

/** A name that any file system takes. */
function fileNameOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return plain === '' ? 'my-lora' : plain;
}

/** Trains LoRAs with an app that can. `standing` asks once about a task, and throws where the job failed. */
export function createTraining(
  app: App,
  standing: (task: ModalTask, options: CallOptions) => Promise<Job | null>,
): Required<Pick<ImageProvider, 'train' | 'collectTraining'>> {
  const upload = async ({ images }: TrainingRequest, options: CallOptions): Promise<string> => {
    const files = images.map(({ bytes, format }, index) => ({
      name: `${String(index + 1).padStart(3, '0')}.${format}`,
      bytes,
    }));
    const body = new RawBody(packZip(files), 'application/zip');
    return (await app.post('/v1/files', body, FileAnswer, options)).file_id;
  };

  return {
    async train(request, options): Promise<Training> {
      const { models } = await app.get('/v1/models', ModelsAnswer, options);
      const base = models.find(({ tasks }) => tasks.includes('train'));
      if (!base) throw new ProviderError('invalid_request', 'Your Modal app has no model that it can train.');
      const body = {
        client_request_id: request.attemptId,
        task: 'train',
        model: base.id,
        dataset: { file_id: await upload(request, options) },
        trigger_word: request.triggerWord,
        ...(request.steps === null ? {} : { steps: request.steps }),
        output_name: fileNameOf(request.name),
      };
      const job = await app.begin(body, request.attemptId, options);
      const task: Task = {
        remoteId: job.id,
        clientRequestId: request.attemptId,
        jobId: job.id,
        name: request.name,
        base: base.id,
      };
      return { state: 'pending', task, askAgainInMs };
    },

    async collectTraining(stored, options): Promise<Training> {
      const task = readTask(stored);
      const job = await standing(task, options);
      if (!job) return { state: 'lost' };
      if (job.status !== 'succeeded') {
        const { remoteId, jobId } = named(task, job);
        return { state: 'pending', task: { ...stored, remoteId, jobId }, askAgainInMs, progress: progressOf(job) };
      }
      const source = job.result?.weights?.source ?? job.result?.weights?.url ?? null;
      const cost = costOf(job, task.usdPerSecond);
      if (source === null) {
        throw new ProviderError('server', 'Your Modal app ended the training without a model.', {
          isFinal: true,
          cost,
        });
      }
      const base = typeof stored.base === 'string' ? stored.base : '';
      const name = typeof stored.name === 'string' ? stored.name : task.remoteId;
      const model = { id: trainedModelId(base, source), name, source };
      return { state: 'finished', model, ...(cost ? { cost } : {}) };
    },
  };
}
