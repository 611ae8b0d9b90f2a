import type { IncomingHttpHeaders } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { Abilities } from './abilities.ts';
import type { Fault } from './faults.ts';
import { uploadImage, viewFile } from './file-routes.ts';
import type { FileStore } from './file-store.ts';
import type { Graph } from './graph.ts';
import { empty, json, notFound, parseJson, trouble, type Answer } from './http-answers.ts';
import { cancelJob, findJob, listJobs } from './jobs.ts';
import type { ObjectInfo } from './object-info.ts';
import { toItem } from './prompt-queue.ts';
import { readRecording } from './recordings.ts';
import { validatePrompt } from './validate-prompt.ts';
import type { Worker } from './worker.ts';

export interface PromptSeen {
  readonly promptId: string | null;
  readonly graph: Graph;
  readonly clientId: string | null;
  readonly extraData: Readonly<Record<string, unknown>>;
  readonly accepted: boolean;
  readonly at: number;
}

export interface RouteContext {
  readonly abilities: Abilities;
  readonly version: string;
  readonly worker: Worker;
  readonly files: FileStore;
  readonly objectInfo: () => ObjectInfo;
  readonly modelFolders: () => Readonly<Record<string, readonly string[]>>;
  readonly metadata: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly maxUploadBytes: number;
  readonly promptsSeen: PromptSeen[];
  readonly interrupts: (string | null)[];
}

export interface Request {
  readonly method: string;
  /** Without `/api`. */
  readonly path: string;
  readonly isUnderApi: boolean;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly fault: Fault | null;
}

const canonicalUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const problem = (type: string, message: string, details = message): Answer =>
  json({ error: { type, message, details, extra_info: {} }, node_errors: {} }, 400);

interface PromptBody {
  prompt?: unknown;
  client_id?: string;
  prompt_id?: string | null;
  front?: boolean;
  number?: number;
  extra_data?: Record<string, unknown>;
}

/** The routes of the server. What a request does is told by its method and path; anything else is a 404. */
export function createRoutes(context: RouteContext): (request: Request) => Promise<Answer> {
  const { abilities, worker, files } = context;
  let counter = 0;

  const postPrompt = ({ body, fault }: Request): Answer => {
    const message = parseJson(body) as PromptBody;
    if (!('prompt' in message)) {
      return abilities.ownPromptIds
        ? problem('no_prompt', 'No prompt provided')
        : json({ error: 'no prompt', node_errors: [] }, 400);
    }
    const graph = message.prompt as Graph | null;
    if (graph === null || typeof graph !== 'object' || Array.isArray(graph) || 'nodes' in graph) return trouble();
    const given = abilities.ownPromptIds ? (message.prompt_id ?? null) : null;
    if (given !== null && abilities.canonicalIds && !canonicalUuid.test(given)) {
      return problem(
        'invalid_prompt_id',
        'prompt_id must be a valid UUID',
        'prompt_id must be a UUID string in canonical lowercase hyphenated form; omit it to let the server generate one',
      );
    }
    const verdict = validatePrompt(graph, {
      objectInfo: context.objectInfo(),
      fileExists: (name) => files.find(name) !== null,
      missingNodeType: abilities.missingNodeType,
    });
    const clientId = message.client_id ?? null;
    const id = given ?? randomUUID();
    const extraData: Record<string, unknown> = { ...message.extra_data };
    delete extraData.api_key_comfy_org;
    delete extraData.auth_token_comfy_org;
    if (clientId !== null) extraData.client_id = clientId;
    if (abilities.createTime) extraData.create_time = Date.now();
    context.promptsSeen.push({ promptId: id, graph, clientId, extraData, accepted: verdict.ok, at: Date.now() });
    if (!verdict.ok) return json(verdict.body, 400);
    const number = message.number ?? (message.front && counter > 0 ? -counter : counter);
    counter += 1;
    worker.submit({ number, id, graph, extraData, outputs: verdict.outputs, clientId });
    const nodeErrors =
      fault?.kind === 'nodeErrors'
        ? {
            '1': {
              errors: [{ type: 'value_not_in_list', message: 'Value not in list', details: 'made up', extra_info: {} }],
            },
          }
        : verdict.nodeErrors;
    return json({ prompt_id: id, number, node_errors: nodeErrors });
  };

  const history = (query: URLSearchParams): Answer => {
    const entries = [...worker.history];
    const max = query.get('max_items');
    if (max !== null && !/^\d+$/.test(max)) return trouble();
    const offset = query.get('offset');
    const page =
      offset === null
        ? max === null
          ? entries
          : entries.slice(Math.max(0, entries.length - Number(max)))
        : entries.slice(Number(offset), max === null ? undefined : Number(offset) + Number(max));
    return json(Object.fromEntries(page));
  };

  const postQueue = ({ body }: Request): Answer => {
    const { delete: ids = [], clear = false } = parseJson(body) as { delete?: string[]; clear?: boolean };
    if (clear) worker.clear();
    for (const id of ids) worker.remove(id);
    return empty();
  };

  const interrupt = ({ body }: Request): Answer => {
    const { prompt_id: id = null } = (body.length > 0 ? parseJson(body) : {}) as { prompt_id?: string };
    context.interrupts.push(id);
    worker.interrupt(abilities.interruptById ? id : null);
    return empty();
  };

  const systemStats = (): Answer => {
    const recorded = readRecording('system-stats') as { system: Record<string, unknown>; devices: unknown };
    return json({ ...recorded, system: { ...recorded.system, comfyui_version: context.version } });
  };

  const jobs = ({ method, path, query, body }: Request): Answer | null => {
    if (method === 'GET' && path === '/jobs') return json(listJobs(worker, query));
    const one = /^\/jobs\/([^/]+)(\/cancel)?$/.exec(path);
    const id = decodeURIComponent(one?.[1] ?? '');
    if (method === 'GET' && one && !one[2]) {
      const job = findJob(worker, id);
      return job ? json(job) : json({ error: 'Job not found' }, 404);
    }
    if (method !== 'POST' || !abilities.cancelRoutes) return null;
    if (one?.[2]) return json({ cancelled: cancelJob(worker, id) });
    if (path !== '/jobs/cancel') return null;
    const { job_ids: ids = [] } = parseJson(body) as { job_ids?: string[] };
    return json({ cancelled: ids.map((each) => cancelJob(worker, each)).includes(true) });
  };

  const metadata = (path: string, query: URLSearchParams): Answer => {
    const found = context.metadata[`${path.slice('/view_metadata/'.length)}/${query.get('filename') ?? ''}`];
    return found ? json(found) : empty(404);
  };

  const get = ({ path, query, headers }: Request): Answer | null => {
    if (path === '/system_stats') return systemStats();
    if (path === '/features') return abilities.featureFlags ? json(readRecording('features')) : null;
    if (path === '/prompt') return json({ exec_info: { queue_remaining: worker.remaining() } });
    if (path === '/queue') {
      const running = worker.running();
      const pending = worker.pending().map(toItem);
      return json({ queue_running: running ? [toItem(running)] : [], queue_pending: pending });
    }
    if (path === '/history') return history(query);
    if (path.startsWith('/history/')) {
      const id = decodeURIComponent(path.slice('/history/'.length));
      const entry = worker.history.get(id);
      return json(entry ? { [id]: entry } : {});
    }
    if (path === '/object_info') return json(context.objectInfo());
    if (path.startsWith('/object_info/')) {
      const name = decodeURIComponent(path.slice('/object_info/'.length));
      const info = context.objectInfo()[name];
      return json(info ? { [name]: info } : {});
    }
    if (path === '/models') return json(readRecording('models'));
    if (path.startsWith('/models/')) {
      const names = context.modelFolders()[decodeURIComponent(path.slice('/models/'.length))];
      return names ? json(names) : empty(404);
    }
    if (path.startsWith('/view_metadata/')) return metadata(path, query);
    if (path === '/embeddings') return json([]);
    return path === '/view' ? viewFile(files, query, headers) : null;
  };

  const post = (request: Request): Answer | Promise<Answer> | null => {
    switch (request.path) {
      case '/prompt':
        return postPrompt(request);
      case '/queue':
        return postQueue(request);
      case '/interrupt':
        return interrupt(request);
      case '/upload/image':
        return uploadImage(files, request.headers, request.body);
      case '/free':
        if (request.body.length === 0) return trouble();
        if ((parseJson(request.body) as { free_memory?: boolean }).free_memory) worker.forgetCache();
        return empty();
      default:
        return null;
    }
  };

  return async (request) => {
    const isJobs = request.path === '/jobs' || request.path.startsWith('/jobs/');
    if (isJobs) return (abilities.jobs && request.isUnderApi ? jobs(request) : null) ?? notFound();
    if (request.method === 'GET') return get(request) ?? notFound();
    if (request.method === 'POST') return (await post(request)) ?? notFound();
    return request.method === 'OPTIONS' ? empty() : notFound();
  };
}
