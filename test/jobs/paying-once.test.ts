import { describe, expect } from 'vitest';
import { endAttempt } from '../../src/main/database/attempts.ts';
import { ProviderError } from '../../src/main/providers/provider.ts';
import { it, killedWhilePaying, type LibraryFolder } from './library-folder.ts';
import { accepted, drawn, failing, never, paidProvider, type ScriptedProvider } from './scripted-provider.ts';

const asked = {
  state: 'needs_attention',
  error: { code: 'unknown_outcome' },
  imageIds: [],
  attempts: [{ state: 'unknown', cost: { kind: 'unknown' } }],
};

describe('a job that was being paid for when Easel was killed', () => {
  it.concurrent('is a question at the next start, and at each one after it; nothing is sent', async ({ folder }) => {
    const { left, job } = await killedWhilePaying(folder);
    const painter = paidProvider({ submit: drawn });
    for (let start = 0; start < 2; start += 1) {
      const easel = await left.open([painter]);
      expect(await easel.ended(job)).toMatchObject(asked);
      await easel.close();
    }
    expect(painter.sent).toEqual([]);
  });

  it.concurrent('is a question where a crash came between its attempt and its mark at the job', async ({ folder }) => {
    const { left, job, attemptId } = await killedWhilePaying(folder);
    left.change((writer) => {
      const error = { code: 'unknown_outcome', message: 'The answer was lost.' } as const;
      endAttempt(writer, attemptId, { state: 'unknown', at: Date.now(), error });
    });
    const painter = paidProvider({ submit: drawn });
    const easel = await left.open([painter], { starts: false });
    expect(easel.show(job).state).toBe('running');
    easel.queue.start({ waitsForProviders: true });
    expect(await easel.ended(job)).toMatchObject({ ...asked, error: { message: 'The answer was lost.' } });
    expect(painter.sent).toEqual([]);
  });

  const slow: [string, () => ScriptedProvider][] = [
    ['its provider opens', () => paidProvider({ submit: drawn }, { opensInMs: 60 })],
    ['it is looked for', () => paidProvider({ submit: drawn, find: never })],
  ];
  it.concurrent.for(slow)('stays one when Easel is closed at once, while %s', async ([, slowPainter], { folder }) => {
    const { left, job } = await killedWhilePaying(folder);
    const slowly = slowPainter();
    const hasty = await left.open([slowly]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await hasty.close();
    const painter = paidProvider({ submit: drawn });
    const easel = await left.open([painter]);
    expect(await easel.ended(job)).toMatchObject(asked);
    expect([...slowly.sent, ...painter.sent]).toEqual([]);
  });

  it.concurrent('is sent once more when the user says so, and no more than that', async ({ folder }) => {
    const { left, job } = await killedWhilePaying(folder);
    const painter = paidProvider({ submit: drawn });
    const easel = await left.open([painter]);
    await easel.ended(job);
    easel.jobs.sendAgain(job.id);
    const states = ['unknown', 'succeeded'];
    expect((await easel.ended(job)).attempts.map(({ state }) => state)).toEqual(states);
    await easel.close();
    const again = await left.open([painter]);
    expect(await again.ended(job)).toMatchObject({ state: 'succeeded', error: null });
    expect(painter.sent).toHaveLength(1);
  });
});

/** Asks for one picture of a service that can't be reached any more once it has been sent something. */
async function endOfOne(folder: LibraryFolder, painter: ScriptedProvider): Promise<unknown> {
  const easel = await folder.open([painter]);
  const job = await easel.ask();
  const end = await easel.ended(job);
  await easel.close();
  const again = await folder.open([painter]);
  expect(await again.ended(job)).toEqual(end);
  return end;
}

describe('an end that the service itself reports', () => {
  const codes = ['timeout', 'rate_limit', 'network', 'offline', 'server', 'auth', 'task_lost'] as const;

  it.concurrent.for(codes)(
    '(%s, of a task) is not tried again, whatever the health check says',
    async (code, { folder }) => {
      const painter = paidProvider({
        submit: accepted,
        collect: failing(code, 'The worker took too long.', { isFinal: true }),
        checkHealth: () =>
          painter.sent.length === 0
            ? Promise.resolve({ version: null, message: 'Ready.' })
            : Promise.reject(new ProviderError('network', 'Nothing answers.')),
      });
      expect(await endOfOne(folder, painter)).toMatchObject({
        state: 'failed',
        error: { code, message: 'The worker took too long.' },
        attempts: [{ state: 'failed' }],
      });
      expect(painter.sent).toHaveLength(1);
    },
  );

  it.concurrent.for(codes)(
    '(%s, at once) is not tried again, whatever the health check says',
    async (code, { folder }) => {
      const painter = paidProvider({
        submit: failing(code, 'No.', { isFinal: true }),
        checkHealth: () =>
          painter.sent.length === 0
            ? Promise.resolve({ version: null, message: 'Ready.' })
            : Promise.reject(new ProviderError('network', 'Nothing answers.')),
      });
      expect(await endOfOne(folder, painter)).toMatchObject({ state: 'failed', error: { code } });
      expect(painter.sent).toHaveLength(1);
    },
  );
});

describe('a failure that may pass', () => {
  it.concurrent('is tried again where the request was surely refused', async ({ folder }) => {
    const painter = paidProvider({
      submit: (request) =>
        painter.sent.length === 1 ? failing('rate_limit', 'Slower.', { retryAfterMs: 1 })() : drawn(request),
    });
    const easel = await folder.open([painter]);
    const { state, attempts } = await easel.ended(await easel.ask());
    expect(state).toBe('succeeded');
    expect(attempts.map((attempt) => attempt.state)).toEqual(['failed', 'succeeded']);
  });

  it.concurrent('is not tried again where it may have cost something', async ({ folder }) => {
    const painter = paidProvider({ submit: failing('unknown_outcome', 'Lost.') });
    const easel = await folder.open([painter]);
    const { attempts } = await easel.ended(await easel.ask());
    expect(attempts).toMatchObject([{ cost: { kind: 'unknown' } }]);
    expect(painter.sent).toHaveLength(1);
  });

  it.concurrent('is a question where an adapter stumbles over the answer', async ({ folder }) => {
    const painter = paidProvider({ submit: () => Promise.reject(new TypeError('undefined is not a function')) });
    const easel = await folder.open([painter]);
    expect(await easel.ended(await easel.ask())).toMatchObject(asked);
    expect(painter.sent).toHaveLength(1);
  });
});
