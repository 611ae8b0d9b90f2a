import { describe, expect } from 'vitest';
import type { GenerationRequestInput } from '../../src/shared/models/generation-request.ts';
import { it } from './library-folder.ts';
import { drawn, failing, paidProvider, whenSent, type Script } from './scripted-provider.ts';

/** Names nobody: whoever can do it. */
const anybody: GenerationRequestInput = { provider: undefined };
const routing = { primary: 'painter', fallbacks: ['sketcher'] };
const hourMs = 3_600_000;

const soon = (ms = 300): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('a service that answers 429 and asks for an hour', () => {
  it('is not asked again, and the job that named it waits in the queue, saying so', async ({ folder }) => {
    const painter = paidProvider({ submit: failing('rate_limit', 'Slow down.', { retryAfterMs: hourMs }) });
    const easel = await folder.open([painter], { routing });
    const job = await easel.ask();
    await whenSent(painter);
    await soon();
    expect(easel.show(job).state).toBe('queued');
    expect(painter.sent).toHaveLength(1);
  });

  it('ends a command that was to make this one picture, instead of holding it for an hour', async ({ folder }) => {
    const painter = paidProvider({ submit: failing('rate_limit', 'Slow down.', { retryAfterMs: hourMs }) });
    const easel = await folder.open([painter], { routing, starts: false });
    const job = await easel.ask();
    easel.queue.start({ waitsForProviders: false, only: [job.id] });
    expect(await easel.ended(job)).toMatchObject({ state: 'failed', error: { code: 'rate_limit' } });
    expect(painter.sent).toHaveLength(1);
  });
});

describe('a service that says it is well and does nothing', () => {
  const liar = (submit: Script['submit']) =>
    paidProvider({
      ...(submit && { submit }),
      checkHealth: () => Promise.resolve({ version: null, message: 'Never better.' }),
    });

  it('is left alone after three failures however often it is asked how it is', async ({ folder }) => {
    const painter = liar(failing('server', 'Its kiln is broken.'));
    const sketcher = paidProvider({ submit: drawn }, { id: 'sketcher' });
    const easel = await folder.open([painter, sketcher], { routing });
    for (let number = 0; number < 8; number += 1) {
      const job = await easel.ended(await easel.ask(anybody));
      expect(job).toMatchObject({ state: 'succeeded', attempts: expect.anything() as unknown });
      await easel.providers.check('painter');
    }
    expect(painter.sent).toHaveLength(3);
    expect(sketcher.sent).toHaveLength(8);
  });
});

describe('a service that fails every other time', () => {
  it('loses no job, and nobody waits for it', async ({ folder }) => {
    let times = 0;
    const painter = paidProvider({
      submit: (request) => ((times += 1) % 2 === 1 ? failing('server', 'Again.')() : drawn(request)),
    });
    const sketcher = paidProvider({ submit: drawn }, { id: 'sketcher' });
    const easel = await folder.open([painter, sketcher], { routing });
    const jobs = [];
    for (let number = 0; number < 10; number += 1) jobs.push(await easel.ended(await easel.ask(anybody)));
    expect(jobs.every(({ state }) => state === 'succeeded')).toBe(true);
    // Never three failures in a row.
    expect(painter.sent).toHaveLength(10);
    expect(sketcher.sent).toHaveLength(5);
  });
});
