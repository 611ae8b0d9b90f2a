import { z } from 'zod';
import { engines, type Engine } from './engines.ts';
import { errorAnswer, refuse, Refused } from './refusals.ts';

const whole = (min: number, max: number) => z.int().min(min).max(max);

const common = {
  model: z.string(),
  prompt: z.string().min(1).max(32_000),
  n: whole(1, 10).default(1),
  size: z.string().default('auto'),
  quality: z.string().default('auto'),
  background: z.enum(['auto', 'opaque', 'transparent']).default('auto'),
  output_compression: whole(0, 100).optional(),
  complexity: z.enum(['low', 'medium', 'high']).optional(),
  safety_identifier: z.string().optional(),
};

const generation = z.strictObject({
  ...common,
  output_format: z.enum(['png', 'jpeg', 'webp']).default('png'),
  moderation: z.enum(['auto', 'low']).optional(),
});

const edit = z.strictObject({
  ...common,
  output_format: z.enum(['png', 'jpeg', 'webp']).default('png'),
  input_fidelity: z.string().optional(),
});

export interface Wanted {
  readonly model: string;
  readonly prompt: string;
  readonly count: number;
  readonly width: number;
  readonly height: number;
  readonly quality: string;
  readonly format: 'png' | 'jpeg' | 'webp';
}

const sizePattern = /^(\d+)x(\d+)$/;
const fixedSizes = ['1024x1024', '1536x1024', '1024x1536'];

function sizeOf(size: string, { takesAnySize }: Engine): { width: number; height: number } {
  if (size === 'auto') return { width: 1024, height: 1024 };
  const [, wide, high] = sizePattern.exec(size) ?? [];
  const [width, height] = [Number(wide), Number(high)];
  const listed = `Invalid size '${size}'. Supported values: ${fixedSizes.join(', ')}, auto.`;
  if (fixedSizes.includes(size)) return { width, height };
  if (!takesAnySize || wide === undefined) return refuse('size', listed);
  if (width % 16 !== 0 || height % 16 !== 0) return refuse('size', `Both sides of '${size}' must be divisible by 16.`);
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  if (long > 3 * short) return refuse('size', `The ratio of '${size}' must be between 1:3 and 3:1.`);
  const pixels = width * height;
  if (long > 3840 || pixels < 655_360 || pixels > 8_294_400) return refuse('size', `'${size}' is out of range.`);
  return { width, height };
}

function refuseIssue(error: z.ZodError): never {
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const name = issue.keys[0] ?? '';
    return refuse(name, `Unknown parameter: '${name}'.`, 'unknown_parameter');
  }
  const name = String(issue?.path[0] ?? '');
  return refuse(name, `Invalid value for '${name}': ${issue?.message ?? ''}`);
}

/** Checks fields as the service does. Throws Refused. */
export function readFields(kind: 'generation' | 'edit', fields: unknown): Wanted {
  const parsed = (kind === 'generation' ? generation : edit).safeParse(fields);
  if (!parsed.success) return refuseIssue(parsed.error);
  const { model, prompt, n, quality, background, size, output_format: format } = parsed.data;
  const engine = engines[model];
  if (!engine) {
    const message = `The model '${model}' does not exist or you do not have access to it.`;
    throw new Refused(errorAnswer(404, { message, code: 'model_not_found' }));
  }
  if (quality !== 'auto' && !engine.qualities.includes(quality)) refuse('quality', `Invalid quality '${quality}'.`);
  if (background === 'transparent' && format === 'jpeg') refuse('background', 'Transparency needs png or webp.');
  if ('input_fidelity' in parsed.data && !engine.fidelities.includes(parsed.data.input_fidelity ?? '')) {
    refuse('input_fidelity', `${model} does not support the 'input_fidelity' parameter.`);
  }
  return { model, prompt, count: n, ...sizeOf(size, engine), quality: quality === 'auto' ? 'medium' : quality, format };
}
