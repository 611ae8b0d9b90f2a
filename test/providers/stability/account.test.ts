import { describe, expect, it } from 'vitest';
import { failureOf, makeRequest, never } from '../comfyui/requests.ts';
import { model, open, startStability } from './stand.ts';

describe('the account', () => {
  it('tells its balance, which falls with each picture', async () => {
    const { provider } = await startStability();
    expect(await provider.readBalance?.({ signal: never() })).toEqual({ amount: 2500, unit: 'credits', usd: 25 });
    await provider.submit(makeRequest(model('core')), { signal: never() });
    expect(await provider.readBalance?.({ signal: never() })).toMatchObject({ amount: 2497 });
  });

  it('is what shows that the key is right, for nothing', async () => {
    const { fake, provider } = await startStability();
    expect(await provider.checkHealth({ signal: never() })).toEqual({
      version: null,
      message: 'Ready. 2,500 credits are left.',
    });
    expect(fake.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/user/balance']);
    expect(fake.charges).toHaveLength(0);
  });

  it('is not entered with a wrong key', async () => {
    const { fake } = await startStability();
    const wrong = open(fake, 'sk-wrong-0123456789abcdef');
    expect((await failureOf(wrong.checkHealth({ signal: never() }))).code).toBe('auth');
  });

  it('gets the key in its header and nowhere else', async () => {
    const { fake, provider } = await startStability();
    await provider.submit(makeRequest(model('core')), { signal: never() });
    await provider.readBalance?.({ signal: never() });
    const key = fake.keys.apiKey!;
    for (const { headers, path, query, body } of fake.requests) {
      expect(headers.authorization).toBe(`Bearer ${key}`);
      expect(`${path}${query}${body.toString('latin1')}`).not.toContain(key);
    }
  });
});
