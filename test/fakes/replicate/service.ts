import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Exchange, FakeAnswer, FakeDefinition, FakeKit, FakeRoute } from '../kit/fake-types.ts';
import { fineTuned, models, versionOf } from './models.ts';
import { draw, failureOf, hasEnded, show, versionAfter, type Input, type Work } from './work.ts';

const pageLength = 100;
const notFound: FakeAnswer = {
  status: 404,
  json: { detail: 'The requested resource could not be found.', status: 404 },
};
const largestFile = 100_000_000;

const createBody = z.strictObject({
  input: z.record(z.string(), z.unknown()),
  version: z.string().optional(),
  webhook: z.string().optional(),
  webhook_events_filter: z.array(z.string()).optional(),
  stream: z.boolean().optional(),
});
const trainBody = z.strictObject({
  destination: z.string().regex(/^[\w-]+\/[a-z0-9][\w.-]*$/),
  input: z.record(z.string(), z.unknown()),
  webhook: z.string().optional(),
});
const modelBody = z.strictObject({
  owner: z.literal('lighthouse'),
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/),
  visibility: z.enum(['public', 'private']),
  hardware: z.enum(['cpu', 'gpu-t4', 'gpu-l40s', 'gpu-h100']),
  description: z.string().optional(),
});

function invalid(error: z.ZodError): FakeAnswer {
  const fields = error.issues.map(({ path, message }) => ({
    type: 'invalid',
    field: path.join('.'),
    description: message,
  }));
  const detail = fields.map(({ field, description }) => `- input.${field}: ${description}\n`).join('');
  return {
    status: 422,
    json: { title: 'Input validation failed', detail, status: 422, invalid_fields: fields },
  };
}
const badVersion: FakeAnswer = {
  status: 422,
  json: {
    title: 'Invalid version or not permitted',
    detail: "The specified version does not exist (or perhaps you don't have permission to use it?)",
    status: 422,
  },
};

function routes(kit: FakeKit): readonly FakeRoute[] {
  const all: Work[] = [];
  const files = new Map<string, Buffer>();
  const own = new Map<string, { versions: string[] }>();

  const read = (url: string): Buffer | null => {
    if (url.startsWith('data:')) return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
    return files.get(url) ?? null;
  };

  const begin = (what: Pick<Work, 'kind' | 'model' | 'version' | 'input' | 'isSingle' | 'destination'>): Work => {
    const now = kit.now();
    const steps = what.kind === 'trainings' ? 6 : 2;
    const startsAt = now + kit.options.stepMs / 2;
    const id = createHash('sha256').update(kit.id()).digest('hex').slice(0, 26);
    const failure = failureOf(what.model, what.input);
    const work: Work = {
      ...what,
      id,
      createdAt: now,
      startsAt,
      endsAt: startsAt + steps * kit.options.stepMs,
      canceledAt: null,
      output: null,
      failure,
    };
    all.push(work);
    return work;
  };

  const predict = async (name: string, version: string | null, input: Input): Promise<FakeAnswer> => {
    const model = models[name] ?? (own.get(name)?.versions.includes(version ?? '') ? fineTuned : null);
    if (!model) return notFound;
    const parsed = model.input.safeParse(input);
    if (!parsed.success) return invalid(parsed.error);
    const { isSingle } = model;
    const work = begin({
      kind: 'predictions',
      model: name,
      version: version ?? 'hidden',
      input,
      isSingle,
      destination: null,
    });
    if (work.failure === null) {
      work.output = draw(kit, work, read).catch((error: unknown) => {
        work.failure = `cannot identify image file: ${String(error)}`;
        return [];
      });
      const images = typeof input.num_outputs === 'number' ? input.num_outputs : 1;
      kit.charge({ id: work.id, usd: model.usd * images, images, clientId: null });
    }
    return { status: 201, json: await show(kit, work) };
  };

  const nameOfVersion = (version: string): { name: string; id: string } | null => {
    const id = version.split(':').at(-1) ?? version;
    const known = Object.keys(models).find((name) => !models[name]?.isOfficial && versionOf(name) === id);
    const mine = [...own].find(([, { versions }]) => versions.includes(id))?.[0];
    const name = known ?? mine;
    return name === undefined ? null : { name, id };
  };

  const parse = <T>(exchange: Exchange, schema: z.ZodType<T>): T | FakeAnswer => {
    const parsed = schema.safeParse(exchange.json());
    return parsed.success ? parsed.data : invalid(parsed.error);
  };
  const isAnswer = (value: object): value is FakeAnswer => 'status' in value;

  const list = async (kind: Work['kind'], { query }: Exchange): Promise<FakeAnswer> => {
    const after = Date.parse(query.get('created_after') ?? '1970-01-01T00:00:00Z');
    if (Number.isNaN(after)) return { status: 400, json: { detail: 'created_after is no date' } };
    const first = Number(query.get('cursor') ?? 0);
    const works = all.filter((work) => work.kind === kind && work.createdAt >= after).toReversed();
    const shown = await Promise.all(works.slice(first, first + pageLength).map((work) => show(kit, work)));
    const rest = new URLSearchParams({
      created_after: new Date(after).toISOString(),
      cursor: String(first + pageLength),
    });
    const next = works.length > first + pageLength ? `${kit.urlOf(`/${kind}`)}?${rest.toString()}` : null;
    return { json: { next, previous: null, results: shown } };
  };

  const ofWork = (kind: Work['kind']): FakeRoute[] => {
    const find = ({ params }: Exchange): Work | undefined =>
      all.find(({ id, kind: its }) => id === params.id && its === kind);
    return [
      { method: 'GET', path: `/${kind}`, kind: 'free', answer: (exchange) => list(kind, exchange) },
      {
        method: 'GET',
        path: `/${kind}/:id`,
        kind: 'poll',
        answer: async (exchange) => {
          const work = find(exchange);
          return work ? { json: await show(kit, work) } : notFound;
        },
      },
      {
        method: 'POST',
        path: `/${kind}/:id/cancel`,
        kind: 'free',
        answer: async (exchange) => {
          const work = find(exchange);
          if (!work) return notFound;
          if (!hasEnded(work, kit.now())) work.canceledAt = kit.now();
          return { json: await show(kit, work) };
        },
      },
    ];
  };

  return [
    {
      method: 'GET',
      path: '/account',
      kind: 'free',
      answer: () => ({ json: { type: 'user', username: 'lighthouse', name: 'L' } }),
    },
    {
      method: 'GET',
      path: '/hardware',
      kind: 'free',
      answer: () => ({ json: ['cpu', 'gpu-t4', 'gpu-l40s', 'gpu-h100'].map((sku) => ({ name: sku, sku })) }),
    },
    {
      method: 'POST',
      path: '/files',
      kind: 'free',
      answer: async (exchange) => {
        const content = (await exchange.form()).get('content');
        if (!(content instanceof File)) return { status: 400, json: { detail: 'Missing content' } };
        if (content.size > largestFile)
          return { status: 413, json: { detail: 'Files must be less than 100MB in size' } };
        const id = kit.id();
        const get = kit.urlOf(`/files/${id}`);
        files.set(get, Buffer.from(await content.arrayBuffer()));
        const dates = {
          created_at: new Date(kit.now()).toISOString(),
          expires_at: new Date(kit.now() + 86_400_000).toISOString(),
        };
        const body = { id, content_type: content.type, size: content.size, metadata: {}, ...dates, urls: { get } };
        return { status: 201, json: body };
      },
    },
    {
      method: 'POST',
      path: '/models',
      kind: 'free',
      answer: (exchange) => {
        const wish = parse(exchange, modelBody);
        if (isAnswer(wish)) return wish;
        const name = `${wish.owner}/${wish.name}`;
        if (own.has(name)) return { status: 409, json: { detail: 'A model with that name and owner already exists.' } };
        own.set(name, { versions: [] });
        return { status: 201, json: { ...wish, latest_version: null } };
      },
    },
    {
      method: 'GET',
      path: '/models/:owner/:name',
      kind: 'free',
      answer: ({ params }) => {
        const name = `${params.owner ?? ''}/${params.name ?? ''}`;
        const model = models[name];
        if (!model && !own.has(name)) return notFound;
        const properties = Object.fromEntries(Object.keys(model?.input.shape ?? {}).map((field) => [field, {}]));
        const version = { id: versionOf(name), openapi_schema: { components: { schemas: { Input: { properties } } } } };
        return { json: { owner: params.owner, name: params.name, latest_version: model ? version : null } };
      },
    },
    {
      method: 'POST',
      path: '/models/:owner/:name/predictions',
      kind: 'pay',
      answer: (exchange) => {
        const name = `${exchange.params.owner ?? ''}/${exchange.params.name ?? ''}`;
        const body = parse(exchange, createBody);
        if (isAnswer(body)) return body;
        return models[name]?.isOfficial && body.version === undefined ? predict(name, null, body.input) : notFound;
      },
    },
    {
      method: 'POST',
      path: '/predictions',
      kind: 'pay',
      answer: (exchange) => {
        const body = parse(exchange, createBody);
        if (isAnswer(body)) return body;
        const version = nameOfVersion(body.version ?? '');
        return version ? predict(version.name, version.id, body.input) : badVersion;
      },
    },
    {
      method: 'POST',
      path: '/models/:owner/:name/versions/:version/trainings',
      kind: 'pay',
      answer: async (exchange) => {
        const { owner = '', name = '', version = '' } = exchange.params;
        const trainer = `${owner}/${name}`;
        const body = parse(exchange, trainBody);
        if (isAnswer(body)) return body;
        const model = models[trainer];
        if (!model || versionOf(trainer) !== version) return badVersion;
        const parsed = model.input.safeParse(body.input);
        if (!parsed.success) return invalid(parsed.error);
        const destination = own.get(body.destination);
        if (!destination) return { status: 404, json: { detail: 'The destination does not exist.' } };
        const archive = read(String(body.input.input_images));
        const { input } = body;
        const work = begin({
          kind: 'trainings',
          model: trainer,
          version,
          input,
          isSingle: true,
          destination: body.destination,
        });
        if (!archive?.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) work.failure = 'No ZIP archive.';
        else destination.versions.push(versionAfter(work));
        kit.charge({ id: work.id, usd: 1.5, images: 0, clientId: null });
        return { status: 201, json: await show(kit, work) };
      },
    },
    ...ofWork('predictions'),
    ...ofWork('trainings'),
  ];
}

/**
 * Replicate's API. Words in a prompt bring about what can go wrong: "forbidden", "unsafe", "partly unsafe", "fails with: <error>",
 * "never begins", "takes too long", "an hour ago" (removed), "short-lived", "inline".
 */
export const fakeReplicate: FakeDefinition = {
  id: 'replicate',
  basePath: '/v1',
  keys: { apiKey: 'r8_easelTestKey0123456789abcdef012345678' },
  isAuthorized: ({ headers }, keys) => headers.authorization === `Bearer ${keys.apiKey ?? ''}`,
  unauthorized: {
    status: 401,
    json: { title: 'Unauthenticated', detail: 'You did not pass a valid authentication token', status: 401 },
  },
  create: routes,
};
