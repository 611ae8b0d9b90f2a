import { describe, expect } from 'vitest';
import { providerErrorCodes } from '../../src/shared/errors.ts';
import { it, type LibraryFolder } from './library-folder.ts';
import { accepted, failing, freeProvider, paidProvider, type ScriptedProvider } from './scripted-provider.ts';

/** What each attempt of a failed job cost. */
async function costsOf(folder: LibraryFolder, provider: ScriptedProvider): Promise<unknown[]> {
  const easel = await folder.open([provider]);
  const { state, attempts, error } = await easel.ended(await easel.ask());
  expect(attempts.at(-1)?.error, state).toEqual(error);
  return attempts.map(({ cost }) => cost);
}

const unknown = { kind: 'unknown' };
const nothing = { kind: 'reported', usd: 0 };
const told = { kind: 'reported', usd: 0.02 } as const;
const refusals = ['auth', 'quota', 'invalid_request', 'content_policy', 'offline'] as const;

describe('a failed attempt costs', () => {
  it.concurrent.for(refusals)('nothing where it was refused at once (%s)', async (code, { folder }) => {
    expect(await costsOf(folder, paidProvider({ submit: failing(code, 'No.') }))).toEqual([nothing]);
  });

  it.concurrent.for(['rate_limit', 'network'] as const)(
    'nothing each time it was refused (%s)',
    async (code, { folder }) => {
      const painter = paidProvider({ submit: failing(code, 'No.', { retryAfterMs: 1 }) });
      expect(await costsOf(folder, painter)).toEqual([nothing, nothing, nothing]);
    },
  );

  it.concurrent('nothing where the service had an error before it took it', async ({ folder }) => {
    expect(await costsOf(folder, paidProvider({ submit: failing('server', 'Out of order.') }))).toEqual([nothing]);
  });

  it.concurrent.for(['server', 'unknown_outcome', 'task_lost', 'cancelled'] as const)(
    'nobody knows what where it may have been taken (%s)',
    async (code, { folder }) => {
      expect(await costsOf(folder, paidProvider({ submit: failing(code, 'No.', { isFinal: true }) }))).toEqual([
        unknown,
      ]);
    },
  );

  it.concurrent.for([...refusals, 'rate_limit', 'network', 'timeout', 'server', 'cancelled'] as const)(
    'nobody knows what once it was accepted (%s)',
    async (code, { folder }) => {
      const collect = failing(code, 'No.', { isFinal: true });
      expect(await costsOf(folder, paidProvider({ submit: accepted, collect }))).toEqual([unknown]);
    },
  );

  it.concurrent.for(['content_policy', 'server'] as const)('what the service says (%s)', async (code, { folder }) => {
    const failure = failing(code, 'No.', { isFinal: true, cost: told });
    const atOnce = await folder.open([paidProvider({ submit: failure })]);
    expect((await atOnce.ended(await atOnce.ask())).attempts).toMatchObject([{ cost: told }]);
    await atOnce.close();
    const later = await folder.open([paidProvider({ submit: accepted, collect: failure })]);
    expect((await later.ended(await later.ask())).attempts).toMatchObject([{ cost: told }]);
  });

  it.concurrent('nothing on the own machine, whenever it fails', async ({ folder }) => {
    const collect = failing('server', 'No.', { isFinal: true });
    expect(await costsOf(folder, freeProvider({ submit: accepted, collect }))).toEqual([nothing]);
  });
});

const failures = providerErrorCodes.flatMap((code) => [true, false].map((isFinal) => ({ code, isFinal })));

describe('a request that is sent again by itself', () => {
  it.concurrent.for(failures)('cost nothing before ($code, final: $isFinal)', async ({ code, isFinal }, { folder }) => {
    const painter = paidProvider({ submit: failing(code, 'No.', { isFinal, retryAfterMs: 1 }) });
    const costs = await costsOf(folder, painter);
    expect(costs).toHaveLength(painter.sent.length);
    expect(costs.slice(0, -1)).toEqual(costs.slice(1).map(() => nothing));
    if (isFinal) expect(painter.sent).toHaveLength(1);
  });
});
