import { dirname } from 'node:path';
import { Pool } from 'undici';
import { z } from 'zod';
import { bytesOfBase64 } from '../../src/main/providers/encoded-bytes.ts';
import { createHttp } from '../../src/main/providers/http.ts';
import type { Http } from '../../src/main/providers/http-types.ts';
import { ratioRow, valueRow, type Figure, type Row } from './figure.ts';
import { compare, timeAll } from './rounds.ts';
import { startProcess } from './start-process.ts';
import { total } from './statistics.ts';

const jobs = 1000;
/** Many short ones: what else the computer does weighs on a few of them. */
const rounds = 21;
const pictureRounds = 7;
const atOnce = [1, 16, 64] as const;
/** What a pool of Easel's keeps, unless a provider says otherwise. */
const connections = 8;
const picturesAtOnce = 4;
const pictures = 48;

const Small = z.object({ id: z.string(), status: z.string(), cost: z.number().nullish(), seed: z.number().nullish() });
const Large = z.object({ data: z.array(z.object({ b64_json: z.string() })) });

/** Paid calls to a service that answers at once, against bare `undici.request` with the same pool. */
export const paidCalls: Figure = {
  id: 'R2',
  title: `${jobs} paid calls to a service that answers at once, by their throughput`,
  async measure(bench) {
    const [picture = ''] = await bench.pictures();
    const standIn = await startProcess<{ url: string }>([
      'test/bench/service-stand-in.ts',
      '--pictures',
      dirname(picture),
    ]);
    const { url } = standIn.answer;
    const { signal } = new AbortController();
    const headers = { authorization: 'Bearer easel-bench-key' };
    const http = createHttp({ baseUrl: url, name: 'Service', remedy: '', headers, connections });
    const pool = new Pool(url, { connections });
    const body = { prompt: 'a fox in the snow, oil on canvas', width: 1024, height: 1024, seed: 7 };
    const rows: Row[] = [];
    for (const many of atOnce) {
      const measured = await compare({
        rounds,
        ours: async () => [await timeAll(jobs, many, () => http.pay('/small', body, Small, { signal }))],
        baseline: async () => [await timeAll(jobs, many, () => barePay(pool, '/small', body, headers))],
      });
      rows.push(ratioRow(`${many} at once`, measured, { statistic: total, kind: 'speed', limit: { atLeast: 0.95 } }));
    }
    const base64 = await compare({
      rounds: pictureRounds,
      ours: async () => [await timeAll(pictures, picturesAtOnce, () => payForPicture(http, signal))],
      baseline: async () => [await timeAll(pictures, picturesAtOnce, () => barePicture(pool, headers))],
    });
    rows.push(
      ratioRow(`a picture of 2 MB in base64, ${picturesAtOnce} at once`, base64, {
        statistic: total,
        kind: 'speed',
        limit: { atLeast: 0.85 },
      }),
    );
    await http.close();
    await pool.close();
    rows.push(
      valueRow('sockets, by both together', '', [(await socketsOf(url)).most], { atMost: 2 * connections + 1 }),
    );
    await standIn.stop();
    return rows;
  },
};

async function barePay(pool: Pool, path: string, body: unknown, headers: Record<string, string>): Promise<unknown> {
  const response = await pool.request({
    method: 'POST',
    path,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.body.json();
}

async function payForPicture(http: Http, signal: AbortSignal): Promise<number> {
  const { data } = await http.pay('/picture', { prompt: 'x' }, Large, { signal });
  return bytesOfBase64(data[0]?.b64_json ?? '', 'Service').length;
}

async function barePicture(pool: Pool, headers: Record<string, string>): Promise<number> {
  const { data } = (await barePay(pool, '/picture', { prompt: 'x' }, headers)) as { data: { b64_json: string }[] };
  return Buffer.from(data[0]?.b64_json ?? '', 'base64').length;
}

async function socketsOf(url: string): Promise<{ most: number; made: number }> {
  return (await fetch(`${url}/sockets`)).json() as Promise<{ most: number; made: number }>;
}
