import { describe, expect, it } from 'vitest';
import { failureOf, makeInput, never, taskIn } from '../comfyui/requests.ts';
import { finish, openAgain, requestFor, sentAs, startStand } from './stand.ts';

const signal = never();
const size = { width: 256, height: 256 };

describe('a prompt that ends without pictures', () => {
  it.each([
    ['forbidden', 'content_policy'],
    ['unsafe', 'content_policy'],
    ['broken', 'invalid_request'],
  ])('for something %s is %s, for good', async (word, code) => {
    const { provider } = await startStand();
    const request = await requestFor(provider, '1504944', { ...size, prompt: `something ${word}` });
    const failure = await failureOf(finish(provider, request));
    expect(failure).toMatchObject({ code, isFinal: true, cost: { kind: 'reported', usd: 0 } });
    expect(failure.providerText).not.toBeNull();
  });

  it('in part says so', async () => {
    const { provider } = await startStand();
    const request = await requestFor(provider, '1504944', { ...size, count: 3, prompt: 'partly' });
    const { images, dropped } = await finish(provider, request);
    expect(images).toHaveLength(2);
    expect(dropped).toEqual([{ parameter: 'count', note: 'Astria left out one of the pictures.' }]);
  });
});

describe('a refusal', () => {
  it.each([
    [400, { error: 'bad callback' }, 'invalid_request', 'bad callback'],
    [401, {}, 'auth', ''],
    [402, {}, 'quota', ''],
    [404, { error: 'Not found' }, 'invalid_request', 'Choose another one'],
    [422, { text: ["can't be blank"] }, 'invalid_request', "text can't be blank"],
    [422, { message: 'no such thing' }, 'invalid_request', 'no such thing'],
    [500, {}, 'server', 'half a minute'],
    [504, {}, 'unknown_outcome', ''],
  ] as const)('with %d and %j is %s', async (status, json, code, words) => {
    const { fake, provider } = await startStand();
    const request = await requestFor(provider, '1504944', size);
    fake.addFault({ on: 'pay', kind: 'status', status, json, times: 1 });
    const failure = await failureOf(provider.submit(request, { signal }));
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(words);
  });

  it('for asking too often means half a minute of rest, at least', async () => {
    const { fake, provider } = await startStand();
    const request = await requestFor(provider, '1504944', size);
    for (const [retryAfter, waited] of [
      [undefined, 30_000],
      ['7', 30_000],
      ['90', 90_000],
    ] as const) {
      fake.addFault({ on: 'pay', kind: 'status', status: 429, times: 1, ...(retryAfter ? { retryAfter } : {}) });
      const failure = await failureOf(provider.submit(request, { signal }));
      expect(failure).toMatchObject({ code: 'rate_limit', retryAfterMs: waited });
    }
  });

  it('comes when the balance is gone', async () => {
    const { fake, provider } = await startStand({ balanceMc: 7000 });
    await finish(provider, await requestFor(provider, '1504944', size));
    expect(await provider.readBalance?.({ signal })).toEqual({ amount: 0.0075, unit: 'USD', usd: 0.0075 });
    const failure = await failureOf(finish(provider, await requestFor(provider, '1504944', { ...size, seed: 8 })));
    expect(failure.code).toBe('quota');
    expect(fake.charges).toHaveLength(1);
  });

  it('names the fields it is about', async () => {
    const { provider } = await startStand();
    const image = { ...makeInput(64, 64), bytes: Buffer.from('no picture') };
    const request = await requestFor(provider, '1504944', { ...size, operation: 'imageToImage', image });
    const failure = await failureOf(provider.submit(request, { signal }));
    expect(failure).toMatchObject({ code: 'invalid_request', providerText: 'input_image is not an image' });
  });
});

describe('after a lost answer', () => {
  it('finds the prompt by its words and its seed, and fetches it', async () => {
    const { fake, provider } = await startStand();
    const wish = { ...size, seed: 2 ** 40 + 9 };
    const request = await requestFor(provider, 'lora/1504944/2100001', wish);
    await provider.submit(await requestFor(provider, '1504944', { ...wish, seed: 10 }), { signal });
    fake.addFault({ on: 'pay', kind: 'statusAfter', status: 504, times: 1 });
    expect((await failureOf(provider.submit(request, { signal }))).code).toBe('unknown_outcome');
    const again = openAgain(fake);
    const found = await again.find?.(sentAs(request), { signal });
    expect(found?.state).toBe('found');
    const task = found?.state === 'found' ? found.task : { remoteId: '' };
    expect(task.remoteId).toBe(fake.charges.at(-1)?.id);
    expect(fake.charges).toHaveLength(2);
  });

  it('is never sure that the prompt did not arrive, since Astria promises nothing about its list', async () => {
    const { provider } = await startStand();
    const request = await requestFor(provider, '1504944', size);
    for (const agoMs of [0, 300_000]) {
      expect(await provider.find?.(sentAs(request, Date.now() - agoMs), { signal })).toEqual({ state: 'unsure' });
    }
  });

  it('does not choose among prompts that are alike', async () => {
    const { provider } = await startStand();
    const request = await requestFor(provider, '1504944', size);
    const sent = sentAs(request);
    await provider.submit({ ...request, guidance: 3 }, { signal });
    expect((await provider.find?.(sent, { signal }))?.state).toBe('found');
    await provider.submit(request, { signal });
    expect(await provider.find?.(sent, { signal })).toEqual({ state: 'unsure' });
  });

  it('does not take an older prompt with the same words for it', async () => {
    const { provider } = await startStand();
    const request = await requestFor(provider, '1504944', size);
    await provider.submit(request, { signal });
    const later = sentAs(request, Date.now() + 60_000);
    expect((await provider.find?.(later, { signal }))?.state).toBe('unsure');
  });
});

describe('a task', () => {
  it('is fetched by another start of Easel, and lost once it was deleted', async () => {
    const { fake, provider } = await startStand({}, { stepMs: 100 });
    const task = taskIn(await provider.submit(await requestFor(provider, '1504944', size), { signal }));
    const again = openAgain(fake);
    const kept = JSON.parse(JSON.stringify(task)) as typeof task;
    let answer = await again.collect(kept, { signal });
    expect(answer).toMatchObject({ state: 'pending', askAgainInMs: 5000, progress: { stage: 'Waiting at Astria' } });
    while (answer.state === 'pending') answer = await again.collect(kept, { signal });
    expect(answer).toMatchObject({ state: 'finished', images: [{ seed: 7 }] });
    expect(await again.collect({ ...kept, remoteId: '1' }, { signal })).toEqual({ state: 'lost' });
  });

  it('is stopped by deleting it, but not once there is something to lose', async () => {
    const { provider } = await startStand({}, { stepMs: 200 });
    const request = await requestFor(provider, '1504944', size);
    const task = taskIn(await provider.submit(request, { signal }));
    expect(await provider.cancel?.(task, { signal })).toBe(true);
    expect(await provider.collect(task, { signal })).toEqual({ state: 'lost' });
    expect(await provider.cancel?.(task, { signal })).toBe(false);
    const quick = await startStand();
    const done = taskIn(await quick.provider.submit(request, { signal }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await quick.provider.cancel?.(done, { signal })).toBe(false);
    expect((await quick.provider.collect(done, { signal })).state).toBe('finished');
  });

  it('whose picture can not be fetched at once is asked for again', async () => {
    const { fake, provider } = await startStand();
    const task = taskIn(await provider.submit(await requestFor(provider, '1504944', size), { signal }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    fake.addFault({ on: 'file', kind: 'status', status: 403, times: 1 });
    expect((await failureOf(provider.collect(task, { signal }))).isFinal).toBe(false);
    expect((await provider.collect(task, { signal })).state).toBe('finished');
    const file = fake.requests.find(({ path }) => path.startsWith('/files/'));
    expect(file?.headers.authorization).toBeUndefined();
  });
});
