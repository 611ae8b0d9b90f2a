import { expect } from 'vitest';
import type { ImageProvider, Submission } from '../../src/main/providers/provider.ts';
import type { GenerationRequestInput, Operation } from '../../src/shared/models/generation-request.ts';
import type { Model, Parameter } from '../../src/shared/models/provider.ts';
import type { SeenRequest } from '../fakes/kit/fake-types.ts';
import { collectAll, makeInput, modelsOf, requestFor, sizeFor } from './requests.ts';
import type { Rule, Trial } from './rules.ts';

/** Of each operation; the rest differ in data only. */
const mostModels = 2;

const signal = new AbortController().signal;

type Wish = Parameters<typeof requestFor>[2];

/** Two values of a parameter that the model takes; null where there is but one. */
async function twoValues(
  parameter: Parameter,
  { choices, defaults, limits }: Model,
  model: Model,
): Promise<[Wish, Wish] | null> {
  const pick = (key: keyof GenerationRequestInput, values: readonly unknown[] = []): [Wish, Wish] | null =>
    values.length > 1 ? [{ [key]: values[0] }, { [key]: values[1] }] : null;
  switch (parameter) {
    case 'negativePrompt':
      return pick('negativePrompt', ['', 'blurry']);
    case 'size': {
      const [one, other] = [sizeFor(model), sizeFor(model, 1)];
      return one && other ? [one, other] : null;
    }
    case 'seed':
      return pick('seed', [11, 12]);
    case 'steps':
      return pick('steps', [defaults.steps ?? 3, (defaults.steps ?? 3) - 1]);
    case 'guidance':
      return pick('guidance', [defaults.guidance ?? 3, (defaults.guidance ?? 3) + 0.5]);
    case 'sampler':
      return pick('sampler', choices.samplers);
    case 'scheduler':
      return pick('scheduler', choices.schedulers);
    case 'strength':
      return pick('strength', [0.3, 0.7]);
    case 'loras':
      return pick('loras', [[], [{ name: choices.loras[0] ?? 'https://example.org/paint.safetensors', weight: 0.8 }]]);
    case 'references':
      return (limits.references ?? 0) > 0 ? [{}, { referenceImages: [await makeInput(2)] }] : null;
    case 'style':
      return choices.styles?.[0] === undefined ? null : [{}, { style: choices.styles[0] }];
    case 'outputFormat':
      return pick('outputFormat', choices.outputFormats);
    case 'scale':
      return pick('scale', choices.scales);
    case 'seconds':
      return pick('seconds', choices.seconds);
  }
}

/** Where a parameter of one operation only has its use. */
const homes: Readonly<Partial<Record<Parameter, readonly Operation[]>>> = {
  strength: ['imageToImage', 'inpaint'],
  scale: ['upscale'],
  seconds: ['video'],
  size: ['textToImage', 'video'],
};

/** What was asked of the service, without what differs each time. */
function asked(requests: readonly SeenRequest[]): string {
  return requests
    .filter(({ kind }) => kind !== 'poll' && kind !== 'file')
    .map(({ method, path, query, body }) => `${method} ${path}${query}\n${body.toString('latin1')}`)
    .join('\n')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '<id>')
    .replaceAll(/-{2,}formdata-undici-\d+/g, '<boundary>')
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+\S*/g, '<file>');
}

const ended = async (provider: ImageProvider, first: Submission): Promise<Submission> =>
  first.state === 'pending' ? collectAll(provider, first.task) : first;

/** What is sent to the service, and what came of it so far: the end where the adapter sends it only while it is asked about. */
async function submitted(
  { provider, stand: { fake } }: Trial,
  model: Model,
  operation: Operation,
  wish: Wish,
): Promise<{ sent: string; submission: Submission }> {
  const before = fake?.requests.length ?? 0;
  const seen = () => (fake?.requests ?? []).slice(before);
  const first = await provider.submit(await requestFor(model, operation, wish), { signal });
  const isSent = seen().some(({ kind }) => kind === 'pay');
  const submission = isSent ? first : await ended(provider, first);
  return { sent: asked(seen()), submission };
}

export const parameterRule: Rule = {
  per: 'operation',
  check: async (trial) => {
    const { provider, operation, stand } = trial;
    if (!stand.fake) return 'it needs no service';
    const models = (await modelsOf(provider))
      .filter(({ operations }) => operations.includes(operation))
      .slice(0, mostModels);
    const submissions: Submission[] = [];
    for (const model of models) {
      for (const parameter of model.parameters) {
        const home = homes[parameter];
        if (home && !home.includes(operation)) continue;
        const values = await twoValues(parameter, model, model);
        if (!values) continue;
        const one = await submitted(trial, model, operation, values[0]);
        const other = await submitted(trial, model, operation, values[1]);
        expect(one.sent, `${model.id}: ${parameter} makes no difference to ${operation}`).not.toBe(other.sent);
        submissions.push(one.submission, other.submission);
      }
    }
    // Asked about in the end, when most have ended.
    for (const submission of submissions) expect((await ended(provider, submission)).state).toBe('finished');
    return undefined;
  },
};
