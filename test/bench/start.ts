import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { thumbnailUrl } from '../../src/renderer/backend/picture-urls.ts';
import type { ImageSummary } from '../../src/shared/models/image.ts';
import { readIntoMemory } from './bench-folder.ts';
import { ratioRow, valueRow, type Bench, type Figure } from './figure.ts';
import { startProcess, timeProcess } from './start-process.ts';
import type { Round } from './rounds.ts';
import { total } from './statistics.ts';

const rounds = 7;
const cli = 'out/easel/cli.js';
/** What stands for an empty library: with nothing in it there would be no first thumbnail. */
const few = 60;
const many = 100_000;
const million = 1_000_000;
const thumbnailsOnScreen = 40;

interface Start {
  /** Milliseconds from the start of the process until the page was answered. */
  readonly page: number;
  /** … until the first screen of thumbnails was. */
  readonly thumbnails: number;
}

/** `easel serve` as a user starts it, up to what the first window shows. */
export const start: Figure = {
  id: 'S1',
  title: `Start: until page and first ${thumbnailsOnScreen} thumbnails are answered`,
  async measure(bench) {
    const version: number[] = [];
    const starts: { few: Start; many: Start; million: Start }[] = [];
    for (const images of [few, many, million]) await readIntoMemory(await bench.libraryOf(images));
    for (let round = 0; round <= rounds; round += 1) {
      const measured = {
        few: await serve(bench, few),
        many: await serve(bench, many),
        million: await serve(bench, million),
      };
      const versionMs = await timeProcess([cli, '--version']);
      if (round === 0) continue;
      starts.push(measured);
      version.push(versionMs);
    }
    const against = (size: 'many' | 'million', what: keyof Start): Round[] =>
      starts.map((round) => ({ ours: [round[size][what]], baseline: [round.few[what]] }));
    const limit = { atMost: 1.3 };
    return [
      ratioRow(`first page, 100,000 images by ${few}`, against('many', 'page'), {
        statistic: total,
        kind: 'time',
        limit,
      }),
      ratioRow(`first thumbnails, 100,000 images by ${few}`, against('many', 'thumbnails'), {
        statistic: total,
        kind: 'time',
        limit,
      }),
      ratioRow(`first thumbnails, 1,000,000 images by ${few}`, against('million', 'thumbnails'), {
        statistic: total,
        kind: 'time',
      }),
      valueRow(
        '… later by',
        'ms',
        starts.map((round) => round.million.thumbnails - round.few.thumbnails),
        { atMost: 150 },
      ),
      valueRow('easel --version', 'ms', version),
      valueRow('bundle that easel --version loads', 'kB', [bundleKilobytes()]),
    ];
  },
};

async function serve(bench: Bench, images: number): Promise<Start> {
  const library = await bench.libraryOf(images);
  const data = bench.newFolder('start-data');
  const startedAt = performance.now();
  const easel = await startProcess<{ url: string; token: string }>([
    ...([cli, 'serve', '--no-open', '--json', '--port', '0', '--data', data, '--library', library] as const),
  ]);
  const { origin } = new URL(easel.answer.url);
  const headers = { authorization: `Bearer ${easel.answer.token}` };
  const ask = async <Answer>(path: string, input: unknown): Promise<Answer> => {
    const body = JSON.stringify({ json: input });
    const answer = await request(`${origin}/rpc/${path}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    });
    return ((await answer.body.json()) as { json: Answer }).json;
  };
  const get = async (path: string): Promise<void> => {
    const { statusCode, body } = await request(`${origin}${path}`, { headers });
    if (statusCode !== 200) throw new Error(`${path} was answered with ${statusCode}.`);
    await body.dump();
  };
  await get('/');
  const page = performance.now() - startedAt;
  const { buckets } = await ask<{ buckets: [number, number][] }>('library/overview', undefined);
  const newest: ImageSummary[] = [];
  for (const [bucket] of buckets) {
    if (newest.length >= thumbnailsOnScreen) break;
    newest.push(...(await ask<{ images: ImageSummary[] }>('library/bucket', { bucket })).images);
  }
  await Promise.all(newest.slice(0, thumbnailsOnScreen).map((image) => get(thumbnailUrl(image, 'medium'))));
  const thumbnails = performance.now() - startedAt;
  await easel.stop();
  return { page, thumbnails };
}

function bundleKilobytes(): number {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const words = ['--import', join(root, 'test/bench/loaded-modules.ts'), join(root, cli), '--version'];
  const { stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  return Number(stderr.trim().split('\n').at(-1)) / 1000;
}
