import { expect } from 'vitest';
import { fileKindOf } from '../../src/main/providers/file-kind.ts';
import {
  ProviderError,
  type ImageProvider,
  type ProviderRequest,
  type Submission,
} from '../../src/main/providers/provider.ts';
import type { ProviderErrorCode } from '../../src/shared/errors.ts';
import type { Operation } from '../../src/shared/models/generation-request.ts';
import { ProviderManifest, type Model } from '../../src/shared/models/provider.ts';
import { priceOf } from '../../src/shared/routing/price.ts';
import type { Fault } from '../fakes/kit/fake-types.ts';
import { parameterRule } from './parameter-rule.ts';
import { collectAll, generate, makeInput, modelFor, modelsOf, requestFor, type Finished } from './requests.ts';
import { closedUrl, type Stand, type Subject } from './subject.ts';

/** What a rule may use. Each rule gets a service of its own, in which nothing has happened. */
export interface Trial {
  readonly subject: Subject;
  readonly stand: Stand;
  readonly provider: ImageProvider;
  /** Null for rules about the provider as a whole. */
  readonly operation: Operation;
  /** Another adapter for the same service, as after a restart. */
  open(place?: Partial<Stand['place']>): Promise<ImageProvider>;
}

export interface Rule {
  /** Tried once, or with each operation that the provider declares. */
  readonly per: 'provider' | 'operation';
  /** How long the service takes for a step of its work; usually a moment. */
  readonly stepMs?: number;
  /** A string says why there is nothing to try: that is no exception, it follows from what the provider declares. */
  readonly check: (trial: Trial) => Promise<string | undefined>;
}

const signal = new AbortController().signal;

const failureOf = async (call: Promise<unknown>): Promise<ProviderError> => {
  const error: unknown = await call.then(
    (value) => new Error(`it did not fail, but answered ${JSON.stringify(value).slice(0, 200)}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProviderError)) throw error;
  return error;
};

const chargesOf = ({ stand }: Trial): number => stand.fake?.charges.length ?? 0;
const pays = ({ stand }: Trial): number => stand.fake?.requests.filter(({ kind }) => kind === 'pay').length ?? 0;
const requestOf = async ({ provider, operation }: Trial) => requestFor(await modelFor(provider, operation), operation);
const noService = 'it needs no service';
const costsNothing = 'it costs nothing, and is asked again';

/** Submits with a fault switched on for the paid call. */
async function failWith(trial: Trial, fault: Omit<Fault, 'on'>): Promise<ProviderError> {
  const { stand, provider } = trial;
  const request = await requestOf(trial);
  stand.fake?.addFault({ on: 'pay', times: 1, ...fault });
  const outcome = provider.submit(request, { signal }).then((first) => endOf(provider, first));
  return failureOf(outcome);
}

/** Of each operation; the rest differ in data only. */
const mostModels = 2;

async function finish(provider: ImageProvider, request: ProviderRequest): Promise<Finished> {
  const end = (await endOf(provider, await provider.submit(request, { signal }))) as Submission;
  if (end.state !== 'finished') throw new Error(`${request.model.id} ended as ${end.state}`);
  return end;
}

/** At the edges of what the manifest promises. */
function extremeSizes({ limits }: Model): { width: number; height: number }[] {
  const { side, sizes, pixels } = limits;
  if (sizes) return [sizes[0], sizes.at(-1)].filter((size) => size !== undefined);
  const min = Math.ceil(side.min / side.multipleOf) * side.multipleOf;
  const max = Math.floor(side.max / side.multipleOf) * side.multipleOf;
  if (pixels) return [{ width: max, height: min }];
  return [
    { width: min, height: min },
    { width: max, height: max },
    { width: max, height: min },
    { width: min + side.multipleOf, height: max },
  ];
}

async function endOf(provider: ImageProvider, first: Submission): Promise<unknown> {
  return first.state === 'pending' ? collectAll(provider, first.task) : first;
}

const statusRule = (status: number, code: ProviderErrorCode): Rule => ({
  per: 'provider',
  check: async (trial) => {
    if (!trial.stand.fake) return noService;
    const failure = await failWith(trial, { kind: 'status', status, retryAfter: '7' });
    expect(failure.code).toBe(code);
    if (status === 429 && trial.provider.manifest.kind === 'cloud')
      expect(failure.retryAfterMs).toBeGreaterThanOrEqual(7000);
    expect(chargesOf(trial)).toBe(0);
    return undefined;
  },
});

const refusalRule = (word: string): Rule => ({
  per: 'operation',
  check: async (trial) => {
    const { provider, operation, stand } = trial;
    if (!stand.fake) return noService;
    if (provider.manifest.kind !== 'cloud') return 'it refuses no content';
    if (operation === 'upscale' || operation === 'removeBackground') return 'it has no prompt';
    const model = await modelFor(provider, operation);
    const request = await requestFor(model, operation, { prompt: `something ${word}` });
    const failure = await failureOf(provider.submit(request, { signal }).then((first) => endOf(provider, first)));
    expect(failure.code).toBe('content_policy');
    expect(failure.message).not.toBe('');
    return undefined;
  },
});

const lostAnswerRule = (fault: Omit<Fault, 'on'>): Rule => ({
  per: 'provider',
  check: async (trial) => {
    if (!trial.stand.fake) return noService;
    if (trial.provider.manifest.kind !== 'cloud') return costsNothing;
    expect((await failWith(trial, fault)).code).toBe('unknown_outcome');
    expect(pays(trial)).toBe(1);
    return undefined;
  },
});

/** In the order in which they are printed. */
export const rules = {
  'the manifest is complete and says what the adapter has': {
    per: 'provider',
    check: async ({ provider }) => {
      const manifest = ProviderManifest.parse(provider.manifest);
      const { cancel, listModels, watch, ownTaskIds, find, balance, train } = manifest.abilities;
      expect({ cancel, listModels, watch, ownTaskIds, find, balance, train }).toEqual({
        cancel: provider.cancel !== undefined,
        listModels: provider.listModels !== undefined,
        watch: provider.watch !== undefined,
        ownTaskIds: provider.taskFor !== undefined,
        find: provider.find !== undefined,
        balance: provider.readBalance !== undefined,
        train: provider.train !== undefined && provider.collectTraining !== undefined,
      });
      expect(manifest.models.length > 0 || manifest.abilities.listModels).toBe(true);
      if (manifest.models.some(({ price }) => price !== null && price.usd > 0))
        expect(manifest.pricesCheckedOn).not.toBeNull();
      for (const model of await modelsOf(provider)) {
        const { parameters, limits, choices, defaults, operations } = model;
        const { side, sizes } = limits;
        const sides = [defaults.width, defaults.height].filter((each) => each !== undefined);
        for (const each of sizes ? [] : sides) {
          expect(each >= side.min && each <= side.max && each % side.multipleOf === 0, `${model.id}: ${each}`).toBe(
            true,
          );
        }
        if (operations.includes('textToImage')) expect(sides, model.id).toHaveLength(2);
        if (parameters.includes('references')) expect(limits.references, model.id).toBeGreaterThan(0);
        if (parameters.includes('style')) expect(choices.styles?.length, model.id).toBeGreaterThan(0);
        if (parameters.includes('outputFormat')) expect(choices.outputFormats?.length, model.id).toBeGreaterThan(1);
        if (operations.includes('video')) expect(model.startsFrom, model.id).toBeDefined();
      }
      return undefined;
    },
  },
  'the check is free, and a wrong key is auth': {
    per: 'provider',
    check: async (trial) => {
      const { provider, stand } = trial;
      await provider.checkHealth({ signal });
      if (!stand.fake) return undefined;
      expect(pays(trial)).toBe(0);
      expect(chargesOf(trial)).toBe(0);
      const secrets = provider.manifest.credentials.filter(({ isSecret, isOptional }) => isSecret && !isOptional);
      if (secrets.length === 0) return undefined;
      const wrong = Object.fromEntries(
        Object.entries(stand.place.credentials).map(([field, value]) => {
          const isSecret = secrets.some((secret) => secret.field === field);
          return [field, isSecret ? `${value.slice(0, -4)}0000` : value];
        }),
      );
      const stranger = await trial.open({ credentials: wrong });
      expect((await failureOf(stranger.checkHealth({ signal }))).code).toBe('auth');
      return undefined;
    },
  },
  'a request becomes real pictures, paid once': {
    per: 'operation',
    check: async (trial) => {
      const images = await generate(trial.provider, await requestOf(trial));
      expect(images).toHaveLength(1);
      for (const { bytes } of images) expect(fileKindOf(bytes)).not.toBeNull();
      if (trial.stand.fake) expect(chargesOf(trial)).toBe(1);
      return undefined;
    },
  },
  'as many pictures as were asked for, all different': {
    per: 'operation',
    check: async (trial) => {
      const model = await modelFor(trial.provider, trial.operation);
      if (model.limits.imagesPerRequest < 2 || trial.operation !== 'textToImage') return 'it makes one at a time';
      const images = await generate(trial.provider, await requestFor(model, trial.operation, { count: 2 }));
      expect(new Set(images.map(({ bytes }) => Buffer.from(bytes).toString('base64'))).size).toBe(2);
      return undefined;
    },
  },
  'what it reports as the cost is what the service took': {
    per: 'operation',
    check: async (trial) => {
      const { provider, operation, stand } = trial;
      if (!stand.fake) return noService;
      const models = (await modelsOf(provider)).filter(({ operations }) => operations.includes(operation));
      let compared = 0;
      for (const model of models.slice(0, mostModels)) {
        const before = stand.fake.charges.length;
        const { cost } = await finish(provider, await requestFor(model, operation));
        const [charge] = stand.fake.charges.slice(before);
        if (cost?.kind !== 'reported' || charge?.usd === null || charge === undefined) continue;
        expect(cost.usd, model.id).toBeCloseTo(charge.usd, 6);
        compared += 1;
      }
      return compared === 0 ? 'it is told by one of them at most' : undefined;
    },
  },
  'its price list is near what the service took': {
    per: 'operation',
    check: async (trial) => {
      const { provider, operation, stand } = trial;
      if (!stand.fake) return noService;
      const models = (await modelsOf(provider)).filter(({ operations }) => operations.includes(operation));
      let compared = 0;
      for (const model of models.slice(0, mostModels)) {
        const request = await requestFor(model, operation);
        const { width, height, seconds } = request;
        const price = priceOf(model, { count: 1, width, height, seconds });
        const before = stand.fake.charges.length;
        await finish(provider, request);
        const usd = stand.fake.charges[before]?.usd ?? null;
        if (price.kind === 'unknown' || usd === null || model.price?.per === 'gpuSecond') continue;
        expect(price.usd / usd, `${model.id}: listed ${price.usd}, took ${usd}`).toBeGreaterThan(0.5);
        expect(price.usd / usd, `${model.id}: listed ${price.usd}, took ${usd}`).toBeLessThan(2);
        compared += 1;
      }
      return compared === 0 ? 'it is told by one of them at most' : undefined;
    },
  },
  'the seed of a picture is the one that was sent': {
    per: 'operation',
    check: async (trial) => {
      const { provider, operation } = trial;
      const models = (await modelsOf(provider)).filter(
        ({ operations, parameters }) => operations.includes(operation) && parameters.includes('seed'),
      );
      if (models.length === 0) return 'it takes no seed';
      for (const model of models.slice(0, mostModels)) {
        const { images } = await finish(provider, await requestFor(model, operation, { seed: 4711 }));
        expect(
          images.map(({ seed }) => seed),
          model.id,
        ).toEqual([4711]);
      }
      return undefined;
    },
  },
  'a model without seeds claims none': {
    per: 'operation',
    check: async (trial) => {
      const { provider, operation } = trial;
      const models = (await modelsOf(provider)).filter(
        ({ operations, parameters }) => operations.includes(operation) && !parameters.includes('seed'),
      );
      if (models.length === 0) return 'it takes seeds';
      for (const model of models.slice(0, mostModels)) {
        const { images } = await finish(provider, await requestFor(model, operation, { seed: 8191 }));
        for (const { seed } of images) expect(seed, model.id).not.toBe(8191);
      }
      return undefined;
    },
  },
  'the smallest, the largest and the longest size are taken': {
    per: 'operation',
    check: async (trial) => {
      const { provider, operation, stand } = trial;
      if (!stand.fake || operation !== 'textToImage') return 'sizes follow the reference';
      const models = (await modelsOf(provider)).filter(
        ({ operations, parameters }) => operations.includes(operation) && parameters.includes('size'),
      );
      if (models.length === 0) return 'it takes no size';
      for (const model of models.slice(0, mostModels)) {
        for (const size of extremeSizes(model)) {
          const { images } = await finish(provider, await requestFor(model, operation, size));
          expect(images, `${model.id} ${size.width}×${size.height}`).toHaveLength(1);
        }
      }
      return undefined;
    },
  },
  'each declared parameter is sent': parameterRule,
  'a task survives JSON and a restart': {
    per: 'operation',
    check: async (trial) => {
      const first = await trial.provider.submit(await requestOf(trial), { signal });
      if (first.state !== 'pending') return 'its answer holds the result';
      const again = await trial.open();
      const end = await collectAll(again, JSON.parse(JSON.stringify(first.task)) as typeof first.task);
      expect(end.state).toBe('finished');
      if (trial.stand.fake) expect(chargesOf(trial)).toBe(1);
      return undefined;
    },
  },
  'a task that the service does not know is lost': {
    per: 'provider',
    check: async (trial) => {
      const { stand, subject } = trial;
      if (!stand.fake) return noService;
      const first = await trial.provider.submit(await requestOf(trial), { signal });
      if (first.state !== 'pending') return 'its answer holds the result';
      const { port } = new URL(stand.fake.url);
      await stand.close();
      const empty = await subject.start({ port: Number(port) });
      try {
        const again = await trial.open();
        expect((await collectAll(again, first.task)).state).toBe('lost');
      } finally {
        await empty.close();
      }
      return undefined;
    },
  },
  'a question that goes wrong is asked again, and ends nothing': {
    per: 'provider',
    check: async (trial) => {
      const { provider, stand } = trial;
      if (!stand.fake) return noService;
      const first = await provider.submit(await requestOf(trial), { signal });
      if (first.state !== 'pending') return 'its answer holds the result';
      for (const fault of [
        { kind: 'status', status: 500 },
        { kind: 'status', status: 429 },
        { kind: 'html' },
        { kind: 'cutJson' },
        { kind: 'resetAfter' },
      ] as const) {
        stand.fake.addFault({ on: 'poll', times: 1, ...fault });
        const answer = await provider.collect(first.task, { signal }).catch((error: unknown) => error);
        if (answer instanceof ProviderError) expect(answer.isFinal, JSON.stringify(fault)).toBe(false);
        else expect((answer as Submission).state, JSON.stringify(fault)).not.toBe('lost');
        stand.fake.clearFaults();
      }
      expect((await collectAll(provider, first.task)).state).toBe('finished');
      return undefined;
    },
  },
  'nobody listens: network, surely unpaid': {
    per: 'provider',
    check: async (trial) => {
      if (!trial.stand.fake) return noService;
      const request = await requestOf(trial);
      const away = await trial.open({ url: await closedUrl(trial.stand.place.url) });
      const failure = await failureOf(away.submit(request, { signal }).then((first) => endOf(away, first)));
      expect(failure.code).toBe('network');
      return undefined;
    },
  },
  'the answer breaks off after the work was taken: unknown, or found again': {
    per: 'provider',
    check: async (trial) => {
      const { stand, provider, operation } = trial;
      if (!stand.fake) return noService;
      if (provider.manifest.kind !== 'cloud') return costsNothing;
      const request = await requestOf(trial);
      const sentAt = Date.now();
      stand.fake.addFault({ on: 'pay', kind: 'resetAfter', times: 1 });
      const failure = await failureOf(provider.submit(request, { signal }).then((first) => endOf(provider, first)));
      expect(failure.code).toBe('unknown_outcome');
      const again = await trial.open();
      const { attemptId, prompt, seed, width, height, count } = request;
      const sent = { attemptId, operation, model: request.model.id, prompt, seed, width, height, count, sentAt };
      const found = await again.find?.(sent, { signal });
      if (again.find) expect(found?.state).toBe('found');
      const task = found?.state === 'found' ? found.task : provider.taskFor?.(request);
      if (task) expect((await collectAll(again, task)).state).toBe('finished');
      expect(pays(trial), 'paid requests').toBe(1);
      // A service that charges when the work is done has not got there if nobody may ask.
      expect(chargesOf(trial), 'charges').toBeLessThanOrEqual(1);
      return undefined;
    },
  },
  'a request that never arrived is not found': {
    per: 'provider',
    check: async (trial) => {
      const { provider, operation } = trial;
      if (!provider.find) return 'the service can not be asked';
      const request = await requestOf(trial);
      const { attemptId, prompt, seed, width, height, count } = request;
      const sent = {
        attemptId,
        operation,
        model: request.model.id,
        prompt,
        seed,
        width,
        height,
        count,
        sentAt: Date.now(),
      };
      expect((await provider.find(sent, { signal })).state).not.toBe('found');
      return undefined;
    },
  },
  'the connection breaks while it is sent: unknown': lostAnswerRule({ kind: 'resetBefore' }),
  'a gateway gives up (504): unknown': lostAnswerRule({ kind: 'statusAfter', status: 504 }),
  'a web page instead of the answer: unknown': lostAnswerRule({ kind: 'html' }),
  'half an answer: unknown': lostAnswerRule({ kind: 'cutJson' }),
  '401 is auth': statusRule(401, 'auth'),
  '402 is quota': statusRule(402, 'quota'),
  '429 is rate_limit, with its time': statusRule(429, 'rate_limit'),
  '500 is server': statusRule(500, 'server'),
  '503 is server': statusRule(503, 'server'),
  'a forbidden prompt is content_policy': refusalRule('forbidden'),
  'a withheld picture is content_policy': refusalRule('unsafe'),
  'it stops when asked': {
    per: 'provider',
    check: async (trial) => {
      if (!trial.stand.fake) return noService;
      const request = await requestOf(trial);
      trial.stand.fake.addFault({ on: 'pay', kind: 'hang', times: 1 });
      const controller = new AbortController();
      const run = failureOf(trial.provider.submit(request, { signal: controller.signal }));
      setTimeout(() => controller.abort(), 100);
      const startedAt = performance.now();
      expect((await run).code).toBe('cancelled');
      expect(performance.now() - startedAt).toBeLessThan(2000);
      return undefined;
    },
  },
  'it cancels its task': {
    per: 'provider',
    stepMs: 250,
    check: async (trial) => {
      const { provider } = trial;
      if (!provider.cancel) return 'the service can not be told';
      const first = await provider.submit(await requestOf(trial), { signal });
      if (first.state !== 'pending') return 'its answer holds the result';
      expect(await provider.cancel(first.task, { signal })).toBe(true);
      const end = await collectAll(provider, first.task).catch((error: unknown) => error);
      if (end instanceof ProviderError) expect(end.code).toBe('cancelled');
      else expect((end as { state: string }).state).toBe('lost');
      return undefined;
    },
  },
  'a result that can not be fetched at first is fetched later': {
    per: 'provider',
    check: async (trial) => {
      const { stand, provider } = trial;
      if (!stand.fake) return noService;
      stand.fake.addFault({ on: 'file', kind: 'status', status: 500, times: 1 });
      const first = await provider.submit(await requestOf(trial), { signal });
      if (first.state === 'finished') {
        const asked = stand.fake.requests.some(({ kind }) => kind === 'file');
        return asked ? undefined : 'its answer holds the result';
      }
      expect(first.state).toBe('pending');
      if (first.state !== 'pending') return undefined;
      const end = await collectAll(provider, first.task).catch((error: unknown) => {
        expect(error).toBeInstanceOf(ProviderError);
        expect((error as ProviderError).isFinal).toBe(false);
        return collectAll(provider, first.task);
      });
      expect(end.state).toBe('finished');
      expect(chargesOf(trial)).toBe(1);
      return undefined;
    },
  },
  'a web page in place of a result is no picture': {
    per: 'provider',
    check: async (trial) => {
      const { stand, provider } = trial;
      if (!stand.fake) return noService;
      stand.fake.addFault({ on: 'file', kind: 'html', times: 1 });
      const first = await provider.submit(await requestOf(trial), { signal });
      if (!stand.fake.requests.some(({ kind }) => kind === 'file') && first.state === 'finished') {
        return 'its answer holds the result';
      }
      const end = await endOf(provider, first).catch((error: unknown) => error);
      if (end instanceof ProviderError) return undefined;
      for (const { bytes } of (end as { images: { bytes: Uint8Array }[] }).images)
        expect(fileKindOf(bytes)).not.toBeNull();
      return undefined;
    },
  },
  'the key goes to the service in a header, and nowhere else': {
    per: 'provider',
    check: async (trial) => {
      const { stand, provider } = trial;
      if (!stand.fake) return noService;
      const secrets = provider.manifest.credentials
        .filter(({ isSecret }) => isSecret)
        .flatMap(({ field }) => stand.place.credentials[field] ?? []);
      if (secrets.length === 0) return 'it has no key';
      await provider.checkHealth({ signal });
      await provider.readBalance?.({ signal });
      await provider.listModels?.({ signal });
      await generate(provider, await requestOf(trial));
      const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret), btoa(secret), btoa(`:${secret}`)]);
      const holdsKey = (text: string): boolean => forms.some((form) => text.includes(form));
      const { requests } = stand.fake;
      expect(requests.some(({ headers }) => holdsKey(Object.values(headers).join('\n')))).toBe(true);
      for (const { kind, path, query, body, headers } of requests) {
        expect(holdsKey(`${path}${query}${body.toString('latin1')}`), path).toBe(false);
        const isStranger = kind === 'file' && path.startsWith('/files/');
        if (isStranger) expect(holdsKey(Object.values(headers).join('\n')), path).toBe(false);
      }
      return undefined;
    },
  },
  'an error never repeats the key': {
    per: 'provider',
    check: async (trial) => {
      const { stand, provider } = trial;
      if (!stand.fake) return noService;
      const secrets = provider.manifest.credentials
        .filter(({ isSecret }) => isSecret)
        .flatMap(({ field }) => stand.place.credentials[field] ?? []);
      if (secrets.length === 0) return 'it has no key';
      const json = {
        error: { message: `Incorrect API key provided: ${secrets.join(' ')}` },
        detail: secrets.join(' '),
      };
      const failure = await failWith(trial, { kind: 'status', status: 400, json });
      const told = `${failure.message}\n${failure.providerText ?? ''}\n${String(failure.cause)}`;
      for (const secret of secrets) expect(told).not.toContain(secret);
      return undefined;
    },
  },
  'the balance is a number': {
    per: 'provider',
    check: async ({ provider }) => {
      if (!provider.readBalance) return 'the service does not tell it';
      const { amount, unit } = await provider.readBalance({ signal });
      expect(Number.isFinite(amount)).toBe(true);
      expect(unit).not.toBe('');
      return undefined;
    },
  },
  'it trains a model': {
    per: 'provider',
    check: async (trial) => {
      const { provider } = trial;
      if (!provider.train || !provider.collectTraining) return 'the service trains none';
      const images = await Promise.all([1, 2, 3, 4, 5].map((seed) => makeInput(seed)));
      const request = {
        attemptId: crypto.randomUUID(),
        name: 'My lighthouse',
        triggerWord: 'lghths',
        description: 'a lighthouse of my own',
        subject: 'object',
        images,
        steps: null,
      } as const;
      let training = await provider.train(request, { signal });
      const again = await trial.open();
      for (let asked = 0; training.state === 'pending' && asked < 500; asked += 1) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        const { task } = training;
        training =
          (await again.collectTraining?.(JSON.parse(JSON.stringify(task)) as typeof task, { signal })) ?? training;
      }
      expect(training.state).toBe('finished');
      if (trial.stand.fake) expect(pays(trial)).toBe(1);
      return undefined;
    },
  },
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof rules;
