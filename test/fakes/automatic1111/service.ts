import { z } from 'zod';
import type { Exchange, FakeAnswer, FakeDefinition, FakeKit, FakeRoute, RouteKind } from '../kit/fake-types.ts';
import { createDrawing, readPicture } from './drawing.ts';
import { listsOf, upscalers } from './lists.ts';
import { bodies, refusal, unprocessable, type Kind } from './request-rules.ts';
import { createWorker, type Worker } from './worker.ts';

export interface Flavour {
  readonly kind: Kind;
  /** Started with its page (not --nowebui): then it knows runs by id. SD.Next never does. */
  readonly knowsIds: boolean;
  /** Started with --api. */
  readonly hasApi: boolean;
  /** The path of a list that an extension has broken. */
  readonly broken?: string;
}

type Answer = FakeRoute['answer'];

const notFound: FakeAnswer = { status: 404, json: { detail: 'Not Found' } };

function progressRoutes(kind: Kind, worker: Worker): Record<string, { kind: RouteKind; answer: Answer }> {
  const progress: Answer = ({ query }) => {
    const { running, lastTimestamp, isInterrupted } = worker.state();
    const showsImage = query.get('skip_current_image') !== 'true' && (running?.fraction ?? 0) > 0.3;
    const state = {
      skipped: false,
      interrupted: isInterrupted,
      ...(kind === 'sdnext' ? {} : { stopping_generation: false }),
      job: running ? 'txt2img' : '',
      job_count: running ? (running.isLoading ? -1 : 1) : 0,
      job_timestamp: lastTimestamp,
      job_no: 0,
      sampling_step: running ? Math.floor(running.fraction * running.samplingSteps) : 0,
      sampling_steps: running?.samplingSteps ?? 0,
    };
    return {
      json: {
        ...(kind === 'sdnext' ? { id: running ? String(running.number) : '' } : {}),
        progress: running ? Math.min(1, running.fraction + 0.01) : 0,
        eta_relative: 1.5,
        state,
        current_image: running && showsImage ? running.preview.toString('base64') : null,
        textinfo: null,
      },
    };
  };
  const interrupt: Answer = () => {
    worker.interrupt();
    return kind === 'sdnext' ? { status: 204 } : { json: {} };
  };
  return {
    'GET /sdapi/v1/progress': { kind: 'poll', answer: progress },
    'POST /sdapi/v1/interrupt': { kind: 'free', answer: interrupt },
  };
}

const Look = z.strictObject({ id_task: z.string(), id_live_preview: z.int(), live_preview: z.boolean() });

/** By id, outside the password. */
function progressById(worker: Worker): Answer {
  return (exchange) => {
    const parsed = Look.safeParse(exchange.json());
    if (!parsed.success) return unprocessable(parsed.error);
    const { id_task: id, id_live_preview: seen, live_preview: wants } = parsed.data;
    const { running, waiting, hasEnded } = worker.state();
    const at = waiting.indexOf(id);
    const active = running?.id === id;
    const preview = active && wants && running.fraction > 0.3 && seen < 1 ? running.preview : null;
    return {
      json: {
        active,
        queued: at >= 0,
        completed: hasEnded(id),
        progress: active ? (running.isLoading ? 0 : running.fraction) : null,
        eta: null,
        live_preview: preview && `data:image/jpeg;base64,${preview.toString('base64')}`,
        id_live_preview: preview ? 1 : seen,
        textinfo: at >= 0 ? `In queue: ${at + 1}/${waiting.length}` : null,
      },
    };
  };
}

function upscale(kit: FakeKit, kind: Kind, worker: Worker): Answer {
  return async (exchange) => {
    const parsed = bodies.extras().safeParse(exchange.json());
    if (!parsed.success) return unprocessable(parsed.error);
    const { image, upscaler_1: name, upscaling_resize: factor } = parsed.data;
    const picture = await readPicture(image);
    if (!picture) return refusal(kind, 500, 'Invalid encoded image');
    kit.charge({ id: kit.id(), usd: null, images: 1, clientId: null });
    const { bytes, width, height } = picture;
    if (name === 'None' || !upscalers.some((upscaler) => upscaler.name === name))
      return { json: { html_info: '', image: bytes.toString('base64') } };
    await worker.run({ id: null, samplingSteps: 1, loads: false, preview: bytes });
    const size = { width: Math.round(width * factor), height: Math.round(height * factor) };
    const larger = await kit.picture({ ...size, text: `${name} ${bytes.toString('base64')}`, seed: 0 });
    return { json: { html_info: '', image: larger.toString('base64') } };
  };
}

function routesOf(kit: FakeKit, { kind, knowsIds, hasApi, broken }: Flavour): FakeRoute[] {
  const worker = createWorker(kit);
  const draw = createDrawing(kit, kind, worker);
  const drawing =
    (schemaOf: typeof bodies.txt2img): Answer =>
    (exchange: Exchange) => {
      const parsed = schemaOf(kind).safeParse(exchange.json());
      return parsed.success ? draw(parsed.data) : unprocessable(parsed.error);
    };
  const api: Record<string, { kind: RouteKind; answer: Answer; isPublic?: boolean }> = {
    ...Object.fromEntries(
      Object.entries(listsOf(kind)).map(([path, json]) => [
        `GET /sdapi/v1${path}`,
        {
          kind: 'free' as const,
          answer: () => (path === broken ? refusal(kind, 500, 'broken', 'ValidationError') : { json }),
        },
      ]),
    ),
    'POST /sdapi/v1/txt2img': { kind: 'pay', answer: drawing(bodies.txt2img) },
    'POST /sdapi/v1/img2img': { kind: 'pay', answer: drawing(bodies.img2img) },
    'POST /sdapi/v1/extra-single-image': { kind: 'pay', answer: upscale(kit, kind, worker) },
    ...progressRoutes(kind, worker),
  };
  const all = {
    ...(hasApi ? api : {}),
    ...(knowsIds ? { 'POST /internal/progress': { kind: 'poll', answer: progressById(worker), isPublic: true } } : {}),
    'GET /': {
      kind: 'free',
      answer: () => ({ bytes: Buffer.from('<!doctype html>'), type: 'text/html' }),
      isPublic: true,
    },
    'GET /:rest*': { kind: 'free', answer: () => notFound, isPublic: true },
    'POST /:rest*': { kind: 'free', answer: () => notFound, isPublic: true },
  } as typeof api;
  return Object.entries(all).map(([name, route]) => {
    const [method, path = ''] = name.split(' ');
    return { method: method as FakeRoute['method'], path, ...route };
  });
}

/** A web UI in one of its kinds. Without a password among its keys it asks for none. */
export function makeFakeAutomatic1111(flavour: Flavour): FakeDefinition {
  return {
    id: 'automatic1111',
    basePath: '',
    keys: { user: 'easel', password: 'easel-test-key-automatic1111-0123456789abcdef' },
    isAuthorized: ({ headers }, { user, password }) =>
      password === undefined ||
      headers.authorization === `Basic ${Buffer.from(`${user ?? ''}:${password}`).toString('base64')}`,
    unauthorized: {
      status: 401,
      json: { detail: 'Incorrect username or password' },
      headers: { 'WWW-Authenticate': 'Basic' },
    },
    create: (kit) => routesOf(kit, flavour),
  };
}

/** AUTOMATIC1111 itself, with its page and its API. */
export const fakeAutomatic1111: FakeDefinition = makeFakeAutomatic1111({
  kind: 'automatic1111',
  knowsIds: true,
  hasApi: true,
});
