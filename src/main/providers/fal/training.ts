import type { Cost } from '../../../shared/models/cost.ts';
import { asCommonImage } from '../as-png.ts';
import { packZip } from '../pack-zip.ts';
import { ProviderError, type CallOptions, type ImageProvider, type Training } from '../provider.ts';
import { SubmitAnswer } from './answers.ts';
import type { Connection } from './connection.ts';
import { trainedModelId, trainingEndpoint } from './endpoints.ts';
import { explainSubmission } from './explain-refusal.ts';
import { askRequest, progressOf } from './poll.ts';
import { readTask, taskOf } from './task.ts';
import { upload } from './upload.ts';

const leastImages = 4;
const askAgainInMs = 10_000;
/** What fal takes where no number is given, and about what a thousand cost. */
const usualSteps = 1000;
const usdPerThousandSteps = 2;

/** Trains LoRAs of FLUX.1 dev. */
export function createTraining(
  connection: Connection,
  readCost: (requestId: string, options: CallOptions) => Promise<Cost | null>,
): Required<Pick<ImageProvider, 'train' | 'collectTraining'>> {
  return {
    async train({ name, triggerWord, subject, images, steps }, options) {
      if (images.length < leastImages) {
        throw new ProviderError(
          'invalid_request',
          `fal trains with at least ${leastImages} images, not ${images.length}.`,
        );
      }
      // Without texts beside the images: with them, fal ignores the trigger word.
      const bytes = packZip(
        (await Promise.all(images.map(asCommonImage))).map((image, index) => ({
          name: `${String(index + 1).padStart(3, '0')}.${image.format}`,
          bytes: image.bytes,
        })),
      );
      const archive = await upload(connection, { fileName: 'images.zip', mimeType: 'application/zip', bytes }, options);
      const input = {
        images_data_url: archive,
        trigger_word: triggerWord,
        is_style: subject === 'style',
        create_masks: subject !== 'style',
        ...(steps === null ? {} : { steps }),
      };
      const asking = { ...options, explain: explainSubmission };
      const answer = await connection.http.pay(`/${trainingEndpoint}`, input, SubmitAnswer, asking);
      const task = taskOf(connection, answer, {
        endpoint: trainingEndpoint,
        seed: null,
        count: 1,
        usd: ((steps ?? usualSteps) / 1000) * usdPerThousandSteps,
        startedAt: Date.now(),
      });
      return { state: 'pending', task: { ...task, name }, askAgainInMs };
    },

    async collectTraining(stored, options): Promise<Training> {
      const task = readTask(stored);
      try {
        const asked = await askRequest(connection.http, task, options);
        if (asked.state === 'pending') {
          return { state: 'pending', task: stored, askAgainInMs, progress: progressOf(asked.status) };
        }
        const source = asked.output.diffusers_lora_file?.url;
        if (source === undefined) {
          throw new ProviderError('server', 'fal ended the training without a model.', { isFinal: true });
        }
        const reported = await readCost(task.remoteId, options);
        const cost = reported ?? (task.usd === null ? null : ({ kind: 'estimated', usd: task.usd } as const));
        const name = typeof stored.name === 'string' ? stored.name : task.remoteId;
        return { state: 'finished', model: { id: trainedModelId(source), name, source }, ...(cost ? { cost } : {}) };
      } catch (error) {
        if (error instanceof ProviderError && error.code === 'task_lost') return { state: 'lost' };
        throw error;
      }
    },
  };
}
