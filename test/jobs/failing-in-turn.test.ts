import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { GenerationRequest } from '../../src/shared/models/generation-request.ts';
import { fakeEnvironments } from '../fake-environment.ts';
import { allFakes } from '../fakes/all-fakes.ts';
import type { Fake, Fault } from '../fakes/kit/fake-types.ts';
import { startFake } from '../fakes/kit/start-fake.ts';
import { openApp } from '../open-app.ts';

/** `npm run test:crash` makes all of them. */
const jobs = process.env.EASEL_CRASH_TESTS === 'full' ? 1_000 : 300;
/** So long two of them are down at least, and until the one that is up has made so many, before it is the next one's turn to be up. */
const turnMs = 1_000;
const madeInTurn = 10;
/** One answers at once, one is asked for its result, one sends it itself. */
const ids = ['openai', 'replicate', 'together'];

/** Each way of being down in which nothing is taken. */
const ways: readonly Omit<Fault, 'on'>[] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 429, retryAfter: '1' },
];

it(
  `makes all of ${jobs} jobs while two of three services are down in turn, and pays for none twice`,
  { retry: 0, timeout: 240_000 },
  async () => {
    const libraryFolder = mkdtempSync(join(tmpdir(), 'easel-turns-'));
    const fakes = await Promise.all(
      allFakes.filter(({ id }) => ids.includes(id)).map((one) => startFake(one, { stepMs: 3, largestSide: 64 })),
    );
    const app = await openApp({
      libraryFolder,
      environment: fakeEnvironments(fakes),
      settings: {
        routing: {
          primary: ids[0],
          fallbacks: ids.slice(1),
          limits: Object.fromEntries(ids.map((id) => [id, { atOnce: 16, perMinute: 100_000 }])),
          breaker: { failures: 3, coolDownSeconds: 1, longestCoolDownSeconds: 1 },
        },
      },
    });
    const over = new AbortController();
    const taken = takeTurns(fakes, over.signal);
    try {
      const { jobs: queue, queue: work } = app.library();
      const requests = Array.from({ length: jobs }, (_, number) =>
        GenerationRequest.parse({ prompt: `job number ${number} a small lamp`, seed: number }),
      );
      app.startWork({ waitsForProviders: true });
      const added = await queue.add(requests, false);
      const ended = await Promise.all(added.map(({ id }) => work.ended(id)));
      over.abort();
      const turns = await taken;

      const failed = ended.filter(({ state }) => state !== 'succeeded');
      process.stdout.write(`\n${jobs - failed.length} of ${jobs} jobs succeeded in ${turns} turns\n`);
      expect(turns).toBeGreaterThan(3);
      expect(failed.length, JSON.stringify(failed.slice(0, 3))).toBeLessThanOrEqual(0.005 * jobs);
      const charged = fakes.flatMap(({ charges }) => charges.map(({ request }) => /number (\d+) a/.exec(request)?.[1]));
      expect(fakes.flatMap(({ duplicates }) => duplicates)).toEqual([]);
      expect(charged).toHaveLength(jobs - failed.length);
      expect(new Set(charged).size).toBe(charged.length);
      // Each of them was up, and used, at times.
      for (const { charges } of fakes) expect(charges.length).toBeGreaterThan(jobs / 20);
    } finally {
      over.abort();
      await app.close();
      await Promise.all(fakes.map((fake) => fake.close()));
      rmSync(libraryFolder, { recursive: true, force: true, maxRetries: 5 });
    }
  },
);

/** Until it is over, all of them but one are down, each time another one. Answers how many turns there were. */
async function takeTurns(fakes: readonly Fake[], over: AbortSignal): Promise<number> {
  let turns = 0;
  while (!over.aborted) {
    for (const [at, fake] of fakes.entries()) {
      fake.clearFaults();
      const way = ways[(turns + at) % ways.length];
      if (way && at !== turns % fakes.length) fake.addFault({ on: 'pay', ...way });
    }
    const up = fakes[turns % fakes.length];
    const until = (up?.charges.length ?? 0) + madeInTurn;
    turns += 1;
    // By what was made, too: on a busy machine a job must not meet each of them just while it is down.
    const isMade = (): boolean => over.aborted || up === undefined || up.charges.length >= until;
    do await sleep(turnMs, undefined, { signal: over }).catch(() => undefined);
    while (!isMade());
  }
  return turns;
}
