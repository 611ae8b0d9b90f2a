import type { Http } from '../http-types.ts';
import { ProviderError, type CallOptions, type Task, type Training, type TrainingRequest } from '../provider.ts';
import { DatasetAnswer, DatasetImageAnswer, TrainingAnswer, UserLoraAnswer } from './answers.ts';
import { explainRefusal } from './explain-refusal.ts';
import { elementModel } from './models.ts';
import { costOf, usdOf } from './task.ts';
import { readableFile, sendFile } from './upload-files.ts';

/** What the service recommends for each kind of thing on Flux Dev. Epochs are its steps. */
const recipes = {
  person: { focus: 'Character', epochs: { min: 100, usual: 135, max: 200 }, rate: 5e-4 },
  object: { focus: 'Object', epochs: { min: 120, usual: 140, max: 220 }, rate: 4e-4 },
  style: { focus: 'Style', epochs: { min: 30, usual: 60, max: 120 }, rate: 1e-5 },
} as const;
const askAgainInMs = 15_000;

/** Makes a collection of the pictures, which is free, and begins to train on it, which is not. */
export async function train(http: Http, request: TrainingRequest, options: CallOptions): Promise<Training> {
  const { name, description, triggerWord, subject, images, steps } = request;
  const { focus, epochs, rate } = recipes[subject];
  if (steps !== null && (steps < epochs.min || steps > epochs.max)) {
    const message = `Leonardo trains on this for ${epochs.min} to ${epochs.max} steps, which are epochs there, not ${steps}. Leave the steps out for ${epochs.usual}.`;
    throw new ProviderError('invalid_request', message);
  }
  const explained = { ...options, explain: explainRefusal };
  const dataset = await http.post('/datasets', { name, description }, DatasetAnswer, explained);
  const datasetId = dataset.insert_datasets_one.id;
  for (const image of images) {
    const file = await readableFile(image);
    const path = `/datasets/${encodeURIComponent(datasetId)}/upload`;
    const { uploadDatasetImage } = await http.post(path, { extension: file.extension }, DatasetImageAnswer, explained);
    await sendFile(http, uploadDatasetImage, file, options);
  }
  const body = {
    name,
    description,
    datasetId,
    lora_focus: focus,
    train_text_encoder: true,
    sd_version: 'FLUX_DEV',
    num_train_epochs: steps ?? epochs.usual,
    learning_rate: rate,
    resolution: 1024,
    instance_prompt: triggerWord,
  };
  const { sdTrainingJob: job } = await http.pay('/elements', body, TrainingAnswer, explained);
  if (typeof job?.userLoraId !== 'number') {
    throw new ProviderError('unknown_outcome', 'Leonardo took the training without naming it. Look for it there.');
  }
  const task = { remoteId: String(job.userLoraId), name, usd: usdOf(job.cost) };
  return { state: 'pending', task, askAgainInMs };
}

/** Asks once about a training. */
export async function collectTraining(http: Http, task: Task, options: CallOptions): Promise<Training> {
  const path = `/elements/${encodeURIComponent(task.remoteId)}`;
  const { user_loras_by_pk: lora } = await http.get(path, UserLoraAnswer, { ...options, explain: explainRefusal });
  if (!lora) return { state: 'lost' };
  switch (lora.status) {
    case 'COMPLETE': {
      const { id, name } = elementModel(Number(task.remoteId), lora.name ?? String(task.name), 'flux');
      return {
        state: 'finished',
        model: { id, name, source: null },
        ...costOf(typeof task.usd === 'number' ? task.usd : null),
      };
    }
    case 'FAILED':
      throw new ProviderError('server', 'Leonardo could not train this model. Check its pictures and try again.', {
        isFinal: true,
      });
    default: {
      const progress = { fraction: null, stage: 'Leonardo trains the model', queuePosition: null };
      return { state: 'pending', task, askAgainInMs, progress };
    }
  }
}
