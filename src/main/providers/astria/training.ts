import { FormData } from 'undici';
import { asCommonImage } from '../as-png.ts';
import { ProviderError, type InputImage, type Training, type TrainingRequest } from '../provider.ts';
import type { Tune } from './answers.ts';
import { modelIdOfTune, nameOfTune } from './list-models.ts';
import { baseTunes } from './model-ids.ts';

const askAgainInMs = 30_000;
const hourMs = 3_600_000;
/** For a training without an estimate. */
const usualPatienceMs = 24 * hourMs;

/** What is shown, in the words that the service's base models know. */
const classWords = { person: 'person', object: 'object', style: 'style' } as const;

const mimeTypeOf = (format: InputImage['format']): string => `image/${format === 'jpg' ? 'jpeg' : format}`;

/** A LoRA for FLUX. The title is what an account tells repeated requests by, so it is new each time. */
export async function trainingForm(request: TrainingRequest): Promise<FormData> {
  const { attemptId, images, name, steps, subject, triggerWord } = request;
  const form = new FormData();
  const fields = {
    title: `${name} ${attemptId}`,
    name: classWords[subject],
    token: triggerWord,
    base_tune_id: baseTunes.flux,
    model_type: 'lora',
    ...(subject === 'person' ? { preset: 'flux-lora-portrait' } : {}),
    ...(steps === null ? {} : { steps }),
  };
  for (const [field, value] of Object.entries(fields)) form.append(`tune[${field}]`, String(value));
  for (const [index, { bytes, format }] of (await Promise.all(images.map(asCommonImage))).entries()) {
    const file = new Blob([new Uint8Array(bytes)], { type: mimeTypeOf(format) });
    form.append('tune[images][]', file, `${index + 1}.${format}`);
  }
  return form;
}

/** How a training stands. There is no word for one that failed: it is given up when it is long past its time. Throws ProviderError. */
export function trainingOf(tune: Tune, now: number): Training {
  if (tune.trained_at !== null) {
    return { state: 'finished', model: { id: modelIdOfTune(tune), name: nameOfTune(tune), source: null } };
  }
  const begin = Date.parse(tune.created_at ?? '') || now;
  const eta = Date.parse(tune.eta ?? '') || null;
  const patience = eta === null ? usualPatienceMs : Math.max(hourMs, 2 * (eta - begin));
  if (now > (eta ?? begin) + patience) {
    throw new ProviderError(
      'timeout',
      'The training at Astria is long past its time and has probably failed. Look at it on astria.ai.',
      { isFinal: true },
    );
  }
  const isRunning = tune.started_training_at !== null;
  const fraction = isRunning && eta !== null && eta > begin ? Math.min(0.99, (now - begin) / (eta - begin)) : null;
  const stage = isRunning ? 'Training' : 'Waiting at Astria';
  return {
    state: 'pending',
    task: { remoteId: tune.id },
    askAgainInMs,
    progress: { fraction, stage, queuePosition: isRunning ? 0 : null },
  };
}
