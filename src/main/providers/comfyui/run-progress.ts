import type { TaskProgress } from '../provider.ts';

/** What each class of node does, in plain words. */
const stages: Readonly<Record<string, string>> = {
  CheckpointLoaderSimple: 'Loading model',
  UNETLoader: 'Loading model',
  DualCLIPLoader: 'Loading text encoders',
  VAELoader: 'Loading model',
  LoraLoader: 'Loading LoRA',
  UpscaleModelLoader: 'Loading model',
  CLIPTextEncode: 'Reading the prompt',
  LoadImage: 'Reading the image',
  LoadImageMask: 'Reading the mask',
  ImageToMask: 'Reading the mask',
  ImageScale: 'Fitting the image',
  VAEEncode: 'Encoding the image',
  VAEEncodeForInpaint: 'Encoding the image',
  KSampler: 'Sampling',
  SamplerCustomAdvanced: 'Sampling',
  ImageUpscaleWithModel: 'Upscaling',
  VAEDecode: 'Decoding',
  SaveImage: 'Saving',
};

const working = new Set(['KSampler', 'SamplerCustomAdvanced', 'ImageUpscaleWithModel']);

/** How far a run is. `classes`: node ids and their classes, empty for a run that was started before this program. */
export interface RunProgress {
  readonly classes: Readonly<Record<string, string>>;
  /** The node that does the long work has been seen. */
  readonly hasWorked: boolean;
  readonly progress: TaskProgress | null;
}

export function startRun(classes: Readonly<Record<string, string>>): RunProgress {
  return { classes, hasWorked: false, progress: null };
}

function stageOf(run: RunProgress, node: string): string {
  return stages[run.classes[node] ?? ''] ?? 'Working';
}

/** A node has begun. Loading tells nothing of the time it takes, and after the long work little is left. */
export function enterNode(run: RunProgress, node: string): RunProgress {
  const isWork = working.has(run.classes[node] ?? '');
  const fraction = isWork ? 0 : run.hasWorked ? 1 : null;
  return {
    ...run,
    hasWorked: run.hasWorked || isWork,
    progress: { fraction, stage: stageOf(run, node), queuePosition: 0 },
  };
}

/** A node has made some of its steps. */
export function advanceNode(run: RunProgress, node: string, value: number, max: number): RunProgress {
  if (max < 2) return run;
  const stage = `${stageOf(run, node)}, step ${value} of ${max}`;
  const fraction = Math.min(1, Math.max(0, value / max));
  return { ...run, hasWorked: true, progress: { fraction, stage, queuePosition: 0 } };
}
