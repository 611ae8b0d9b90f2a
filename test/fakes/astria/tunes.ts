import { Unprocessable, type TuneFields } from './request-rules.ts';
import type { FakeKit } from '../kit/fake-types.ts';

export interface Tune {
  readonly id: number;
  readonly title: string;
  readonly name: string;
  readonly token: string;
  readonly base_tune_id: number | null;
  readonly branch: 'flux1' | 'sdxl1' | 'sd15' | 'fast' | 'partner';
  readonly model_type: 'lora' | 'pti' | 'faceid' | null;
  readonly createdAt: number;
  /** Null: it was there before. */
  readonly trainsFrom: number | null;
}

export const gateway = { id: 3618064, name: 'gemini', title: 'Nano Banana', resolutions: ['1K', '2K'] };
const stepsOfTraining = 4;
const dayMs = 86_400_000;

const base = {
  token: '',
  name: 'style',
  base_tune_id: null,
  model_type: null,
  createdAt: 0,
  trainsFrom: null,
} as const;
/** Everybody's, which the account's list does not show. */
const shared: readonly Tune[] = [
  { ...base, id: 1504944, title: 'FLUX.1 dev', branch: 'flux1' },
  { ...base, id: 666678, title: 'SDXL 1.0', branch: 'sdxl1' },
  { ...base, id: 690204, title: 'Realistic Vision 5.1', branch: 'sd15' },
  { ...base, id: gateway.id, title: gateway.title, branch: 'partner' },
];
/** What the account has trained before. */
const earlier: readonly Tune[] = [
  {
    ...base,
    id: 2100001,
    title: 'My cat',
    name: 'cat',
    token: 'ohwx',
    base_tune_id: 1504944,
    branch: 'flux1',
    model_type: 'lora',
  },
  {
    ...base,
    id: 2100002,
    title: 'Old portrait',
    name: 'woman',
    token: 'ohwx',
    base_tune_id: 666678,
    branch: 'sdxl1',
    model_type: 'pti',
  },
  {
    ...base,
    id: 2100003,
    title: 'First try',
    name: 'dog',
    token: 'sks',
    base_tune_id: 690204,
    branch: 'sd15',
    model_type: null,
  },
  {
    ...base,
    id: 2100004,
    title: 'A face',
    name: 'man',
    token: 'ohwx',
    base_tune_id: 1504944,
    branch: 'flux1',
    model_type: 'faceid',
  },
];

export function createTunes(kit: FakeKit, isIdempotent: boolean) {
  const own: Tune[] = [...earlier];
  const iso = (at: number): string => new Date(at).toISOString();
  const isTrained = ({ trainsFrom }: Tune): boolean =>
    trainsFrom === null || kit.fraction(trainsFrom, stepsOfTraining) === 1;

  return {
    find: (id: number): Tune | undefined => [...shared, ...own].find((tune) => tune.id === id),
    isTrained,
    /** Newest first. */
    list: (limit: number, beforeId: number | null): Tune[] =>
      own
        .filter(({ id }) => beforeId === null || id < beforeId)
        .sort((a, b) => b.id - a.id)
        .slice(0, limit),
    create(fields: TuneFields): Tune {
      const known = isIdempotent ? own.find(({ title }) => title === fields.title) : undefined;
      if (known) return known;
      if (fields.base_tune_id !== undefined && !shared.some(({ id }) => id === fields.base_tune_id))
        throw new Unprocessable({ base_tune_id: ['does not exist'] });
      const now = kit.now();
      const tune: Tune = {
        id: 2190030 + own.length,
        title: fields.title,
        name: fields.name,
        token: fields.token ?? 'ohwx',
        base_tune_id: fields.base_tune_id ?? null,
        branch: fields.branch ?? 'flux1',
        model_type: fields.model_type ?? null,
        createdAt: now,
        trainsFrom: now,
      };
      own.push(tune);
      kit.charge({ id: String(tune.id), usd: 1.5, images: 0, clientId: fields.title });
      return tune;
    },
    show(tune: Tune) {
      const { createdAt, trainsFrom, ...rest } = tune;
      const ended = isTrained(tune);
      const fraction = trainsFrom === null ? 1 : kit.fraction(trainsFrom, stepsOfTraining);
      const workMs = kit.options.stepMs * stepsOfTraining;
      return {
        ...rest,
        args: null,
        steps: null,
        face_crop: null,
        ckpt_url: null,
        ckpt_urls: [],
        eta: iso(createdAt + workMs),
        started_training_at: fraction > 0.25 ? iso(createdAt) : null,
        trained_at: ended ? iso(createdAt + workMs) : null,
        expires_at: ended ? iso(kit.now() + 30 * dayMs) : null,
        created_at: iso(createdAt),
        updated_at: iso(createdAt),
        url: kit.urlOf(`/tunes/${tune.id}.json`),
        orig_images: [],
      };
    },
  };
}

export type Tunes = ReturnType<typeof createTunes>;
