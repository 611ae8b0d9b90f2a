import { describe, expect, vi } from 'vitest';
import type { GenerationRequestInput } from '../../src/shared/models/generation-request.ts';
import { it, type Easel } from './library-folder.ts';
import { drawn, failing, paidProvider } from './scripted-provider.ts';

/** Names nobody: whoever can do it. */
const anybody: GenerationRequestInput = { provider: undefined };
const routing = { primary: 'painter', fallbacks: ['sketcher'] };

describe('a provider that was tried again', () => {
  it('is thought of after a restart as before it, probes included', async ({ folder }) => {
    let isBroken = true;
    const script = {
      submit: (request: Parameters<typeof drawn>[0]) =>
        isBroken ? failing('server', 'Its kiln is broken.')() : drawn(request),
    };
    const twoProviders = () => [paidProvider(script), paidProvider({ submit: drawn }, { id: 'sketcher' })] as const;
    const breaker = { failures: 3, coolDownSeconds: 1, longestCoolDownSeconds: 1 };
    const [painter, sketcher] = twoProviders();
    const first = await folder.open([painter, sketcher], { routing: { ...routing, breaker } });
    for (let number = 0; number < 3; number += 1) await first.ended(await first.ask(anybody));
    const tracksOf = (easel: Easel) =>
      easel.routing.state().standings.map(({ provider, tracks }) => ({ provider, tracks }));
    /** Asks until the painter was tried. */
    const probe = async (times: number) =>
      vi.waitFor(
        async () => {
          const { attempts } = await first.ended(await first.ask(anybody));
          expect(painter.sent).toHaveLength(times);
          return attempts.find(({ provider }) => provider === 'painter');
        },
        { timeout: 10_000, interval: 200 },
      );
    const failed = await probe(4);
    isBroken = false;
    const succeeded = await probe(5);
    expect([failed, succeeded].map((attempt) => [attempt?.state, attempt?.route?.isTry])).toEqual([
      ['failed', true],
      ['succeeded', true],
    ]);
    const last = await first.ended(await first.ask(anybody));
    expect(last.attempts[0]?.route).not.toHaveProperty('isTry');
    const before = tracksOf(first);
    await first.close();
    const again = await folder.open(twoProviders(), { routing: { ...routing, breaker } });
    expect(tracksOf(again)).toEqual(before);
  });
});
