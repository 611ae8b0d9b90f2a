import { describe, expect, it } from 'vitest';
import { createBfl } from '../../../src/main/providers/bfl/adapter.ts';
import { requestFor } from '../../provider-kit/requests.ts';
import { failureOf, modelNamed, signal, startBfl } from './stand.ts';

const request = () => requestFor(modelNamed('flux-2-pro'), 'textToImage');

describe('a refusal of Black Forest Labs', () => {
  it.each([
    [403, { detail: 'Not authenticated - Invalid Authentication' }, 'auth', /does not know this API key/],
    [401, { detail: 'Not authenticated - Invalid Authentication' }, 'auth', /does not know this API key/],
    [403, { detail: 'Not authenticated' }, 'auth', /may not use this model/],
    [402, { detail: 'Insufficient credits' }, 'quota', /no credit/],
    [422, { detail: [{ loc: ['body', 'width'], msg: 'too wide' }] }, 'invalid_request', /width: too wide/],
    [400, { error: 'bad_image', message: 'The image is damaged.', details: {} }, 'invalid_request', /is damaged/],
    [400, { error: 'bad_image' }, 'invalid_request', /bad_image/],
    [404, { detail: 'Not Found' }, 'server', /no longer has this model/],
    [429, { detail: 'Too many active tasks' }, 'rate_limit', /as many pictures/],
    [500, { detail: 'Internal' }, 'server', /error of its own/],
    [502, { detail: 'Bad gateway' }, 'unknown_outcome', /may have been charged/],
    [503, { detail: 'Busy' }, 'server', /error of its own/],
  ] as const)('with status %i and %o is %s', async (status, json, code, message) => {
    const { fake, provider } = await startBfl();
    fake.addFault({ on: 'pay', kind: 'status', status, json, times: 1, retryAfter: '4' });
    const failure = await failureOf(provider.submit(await request(), { signal }));
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
    if (status === 429) expect(failure.retryAfterMs).toBe(4000);
    expect(fake.charges).toHaveLength(0);
  });

  it('comes from the service itself for a wrong key, an unknown route and a wrong body', async () => {
    const { fake, provider } = await startBfl();
    const stranger = createBfl({ url: fake.url, credentials: {} });
    expect((await failureOf(stranger.submit(await request(), { signal }))).code).toBe('auth');
    await stranger.close();
    const good = await request();
    expect((await failureOf(provider.submit({ ...good, width: 1001 }, { signal }))).message).toMatch(/width/);
    const unknown = { ...good, model: { ...good.model, id: 'flux-99' } };
    expect((await failureOf(provider.submit(unknown, { signal }))).code).toBe('invalid_request');
    expect(fake.charges).toHaveLength(0);
  });

  it('comes when too many tasks are at work, and nothing was created', async () => {
    const { fake, provider } = await startBfl(10_000);
    const one = await request();
    const all = await Promise.allSettled(Array.from({ length: 26 }, () => provider.submit(one, { signal })));
    const refused = all.flatMap((each): unknown[] => (each.status === 'rejected' ? [each.reason] : []));
    expect(refused).toHaveLength(2);
    for (const failure of refused) expect(failure).toMatchObject({ code: 'rate_limit', retryAfterMs: 1000 });
    expect(fake.charges).toHaveLength(24);
  });
});

describe('the account at Black Forest Labs', () => {
  it('is read for free and falls with each picture', async () => {
    const { fake, provider } = await startBfl();
    expect(await provider.readBalance?.({ signal })).toEqual({ amount: 1000, unit: 'credits', usd: 10 });
    await provider.submit(await request(), { signal });
    const after = await provider.readBalance?.({ signal });
    expect(after?.amount).toBeLessThan(1000);
    expect((await provider.checkHealth({ signal })).message).toMatch(/credits left/);
    expect(fake.charges).toHaveLength(1);
  });
});
