import { bytesOfBase64 } from '../encoded-bytes.ts';
import { fileKindOf } from '../file-kind.ts';
import type { Http } from '../http-types.ts';
import type { CallOptions, TaskProgress } from '../provider.ts';
import { RunProgress, ServerProgress } from './answers.ts';
import { explainRefusal } from './explain-refusal.ts';

/** What one look at the server shows of a run. */
export interface Sighting {
  /** `running`: what the server works on is surely ours; `waiting`: ours is behind others'; `unclear`: nothing tells whose it is. */
  readonly ours: 'running' | 'waiting' | 'unclear';
  /** The run may still come to its end. */
  readonly isAlive: boolean;
  readonly progress: TaskProgress;
  readonly preview: { readonly bytes: Uint8Array; readonly mimeType: string } | null;
}

export interface Observer {
  look(wantsPreview: boolean, options: CallOptions): Promise<Sighting>;
}

const lookTimeoutMs = 10_000;

const between0And1 = (value: number): number => Math.min(1, Math.max(0, value));

function previewOf(encoded: string): Sighting['preview'] {
  const bytes = bytesOfBase64(encoded, 'AUTOMATIC1111');
  const kind = fileKindOf(bytes);
  return kind && { bytes, mimeType: kind.mimeType };
}

/** What the server does now, for whomever. */
export function askServer(http: Http, wantsPreview: boolean, options: CallOptions): Promise<ServerProgress> {
  const query = { skip_current_image: wantsPreview ? 'false' : 'true' };
  return http.get('/sdapi/v1/progress', ServerProgress, {
    ...options,
    query,
    timeoutMs: lookTimeoutMs,
    explain: explainRefusal,
  });
}

export function isIdle({ progress, state }: ServerProgress): boolean {
  return (state?.job_count ?? 0) === 0 && (progress ?? 0) === 0;
}

function progressOfServer({ progress, state }: ServerProgress): TaskProgress {
  if (state?.job_count === -1) return { fraction: null, stage: 'Loading model', queuePosition: 0 };
  const [step, steps] = [state?.sampling_step ?? 0, state?.sampling_steps ?? 0];
  const stage = step > 0 && steps > 1 ? `Sampling, step ${Math.min(step, steps)} of ${steps}` : 'Working';
  return { fraction: between0And1(progress ?? 0), stage, queuePosition: 0 };
}

function progressOfRun({ active, progress, textinfo }: RunProgress): TaskProgress {
  if (active) {
    const fraction = progress ?? 0;
    return fraction > 0
      ? { fraction: between0And1(fraction), stage: 'Sampling', queuePosition: 0 }
      : { fraction: null, stage: 'Starting', queuePosition: 0 };
  }
  const position = Number(/(\d+)\s*\/\s*\d+/.exec(textinfo ?? '')?.[1] ?? Number.NaN);
  const queuePosition = Number.isFinite(position) ? Math.max(1, position) : null;
  return { fraction: null, stage: 'Waiting in the queue of AUTOMATIC1111', queuePosition };
}

/**
 * Looks how one run stands. The web UI knows runs by id; without it (API only, SD.Next) the server tells just what it does now,
 * for whomever: that is ours where it did nothing when ours was sent (`wasIdle`), and as long as it is the same piece of work.
 * `isTracked`: the server surely tells of such work, so a server at rest has lost it.
 */
export function createObserver(
  http: Http,
  {
    taskId,
    wasIdle,
    isTracked,
  }: { readonly taskId: string | null; readonly wasIdle: boolean; readonly isTracked: boolean },
): Observer {
  let knowsIds = taskId !== null;
  let isKnown = false;
  let previewId = -1;
  let lastImage = '';
  let startedAs: string | null = null;

  const askById = async (wantsPreview: boolean, options: CallOptions): Promise<RunProgress | null> => {
    if (!knowsIds) return null;
    const body = { id_task: taskId, id_live_preview: previewId, live_preview: wantsPreview };
    const answer = await http.post(
      '/internal/progress',
      body,
      ({ status, json }) => (status === 200 ? (RunProgress.safeParse(json()).data ?? null) : null),
      { ...options, timeoutMs: lookTimeoutMs, alsoAccept: [401, 403, 404, 405, 422, 500] },
    );
    knowsIds = answer !== null;
    return answer;
  };

  const lookById = async (wantsPreview: boolean, options: CallOptions): Promise<Sighting | null> => {
    const run = await askById(wantsPreview, options);
    if (!run || !(run.active || run.queued || run.completed)) return null;
    isKnown = true;
    const encoded = run.active && wantsPreview ? (run.live_preview ?? '') : '';
    if (encoded !== '') previewId = run.id_live_preview ?? previewId;
    return {
      ours: run.active ? 'running' : run.queued ? 'waiting' : 'unclear',
      isAlive: run.active || run.queued,
      progress: run.completed ? { fraction: 1, stage: 'Fetching the picture', queuePosition: 0 } : progressOfRun(run),
      preview: encoded === '' ? null : previewOf(encoded),
    };
  };

  const isOurs = (server: ServerProgress): boolean => {
    if (!wasIdle || isKnown || isIdle(server)) return false;
    const timestamp = String(server.state?.job_timestamp ?? '');
    startedAs ??= timestamp;
    return timestamp === startedAs;
  };

  return {
    async look(wantsPreview, options) {
      const byId = await lookById(wantsPreview, options);
      if (byId) return byId;
      // A stranger's picture is none of our business, so it isn't even asked for before it is known whose it is.
      const server = await askServer(http, wantsPreview && startedAs !== null, options);
      if (!isOurs(server)) {
        const stage = isIdle(server) ? 'Waiting for AUTOMATIC1111 to begin' : 'AUTOMATIC1111 is at work';
        const progress = { fraction: null, stage, queuePosition: null };
        return { ours: 'unclear', isAlive: !isTracked || !isIdle(server), progress, preview: null };
      }
      const image = server.current_image ?? '';
      const isNew = image !== '' && image !== lastImage;
      lastImage = image === '' ? lastImage : image;
      const preview = isNew ? previewOf(image) : null;
      return { ours: 'running', isAlive: true, progress: progressOfServer(server), preview };
    },
  };
}
