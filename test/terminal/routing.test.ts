import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { easelJson, newPlace, runEasel, type Place } from '../run-easel.ts';

interface Routing {
  readonly settings: Record<string, unknown>;
  readonly in_force: Record<string, unknown>;
  readonly overrides: readonly { setting: string; variable: string; value: string }[];
}

let place: Place;
beforeAll(() => {
  place = newPlace();
});
afterAll(() => {
  place.remove();
});

describe('easel routing', () => {
  it('sets strategy, primary and fallbacks, and keeps them', async () => {
    expect((await runEasel(place, ['routing', 'set', 'cost_optimized'])).code).toBe(0);
    expect((await runEasel(place, ['routing', 'primary', 'fal'])).code).toBe(0);
    expect((await runEasel(place, ['routing', 'fallbacks', 'runware', 'comfyui'])).code).toBe(0);
    expect(await easelJson<Routing>(place, ['routing', 'get'])).toMatchObject({
      settings: { strategy: 'cost_optimized', primary: 'fal', fallbacks: ['runware', 'comfyui'] },
      overrides: [],
    });
    const cleared = await easelJson<Routing>(place, ['routing', 'fallbacks']);
    expect(cleared.settings).toMatchObject({ primary: 'fal', fallbacks: [] });
  });

  it('takes fallbacks with commas, and none for nobody in particular', async () => {
    const listed = await easelJson<Routing>(place, ['routing', 'fallbacks', 'runware,comfyui', 'fal']);
    expect(listed.settings).toMatchObject({ fallbacks: ['runware', 'comfyui', 'fal'] });
    expect((await easelJson<Routing>(place, ['routing', 'primary', 'none'])).settings.primary).toBeNull();
    await easelJson(place, ['routing', 'fallbacks']);
    await easelJson(place, ['routing', 'primary', 'fal']);
  });

  it('changes everything else there is to it, and only what is given', async () => {
    const words = '--mode single --cloud off --fallback after-refusal --musts seed,negative --breaker-failures 5';
    await easelJson(place, ['routing', 'change', ...words.split(' ')]);
    const changed = await easelJson<Routing>(place, ['routing', 'change', '--check-seconds', '90']);
    expect(changed.settings).toMatchObject({
      ...{ mode: 'single', cloud_off: true, fallback: true, fallback_after_refusal: true },
      ...{ musts: ['seed', 'negativePrompt'], health_check_seconds: 90, breaker: { failures: 5 } },
    });
    await easelJson(place, ['routing', 'limit', 'fal', '--at-once', '3']);
    const limited = await easelJson<Routing>(place, ['routing', 'limit', 'fal', '--per-minute', '20']);
    expect(limited.settings).toMatchObject({ limits: { fal: { at_once: 3, per_minute: 20 } } });
    const back = await easelJson<Routing>(place, ['routing', 'limit', 'fal', '--at-once', 'usual']);
    expect(back.settings).toMatchObject({ limits: { fal: { at_once: null, per_minute: 20 } } });
    const usual = '--mode unified --cloud on --fallback on --musts none --breaker-failures 3';
    const reset = await easelJson<Routing>(place, ['routing', 'change', ...usual.split(' ')]);
    expect(reset.settings).toMatchObject({
      mode: 'unified',
      cloud_off: false,
      fallback_after_refusal: false,
      musts: [],
    });
  });

  it('says what is wrong with a change, and changes nothing', async () => {
    for (const [words, said] of [
      [['change'], '--help'],
      [['change', '--breaker-failures', '0'], 'breaker'],
      [['change', '--musts', 'sead'], 'seed'],
      [['limit', 'nobody', '--at-once', '2'], 'nobody'],
      [['limit', 'fal', '--at-once', 'many'], 'at-once'],
    ] as const) {
      const { code, stderr } = await runEasel(place, ['routing', ...words]);
      expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
    }
  });

  it('takes a strategy as people write it', async () => {
    for (const [written, strategy] of [
      ['Local-First', 'local_first'],
      ['cost-optimized', 'cost_optimized'],
    ] as const) {
      const set = await easelJson<Routing>(place, ['routing', 'set', written]);
      expect(set.settings).toMatchObject({ strategy });
    }
  });

  it('shows what the environment decides for this run, and stores nothing of it', async () => {
    const environment = { SERVICE_ROUTING_STRATEGY: 'fastest', AI_PROVIDER: 'runware', AI_ENABLED: 'perhaps' };
    const shown = await easelJson<Routing>(place, ['routing', 'get'], { environment });
    expect(shown).toMatchObject({
      settings: { strategy: 'cost_optimized', primary: 'fal', mode: 'unified' },
      in_force: { strategy: 'fastest', primary: 'runware', mode: 'single' },
    });
    expect(shown.overrides.map(({ variable }) => variable)).toEqual([
      'AI_PROVIDER',
      'AI_PROVIDER',
      'SERVICE_ROUTING_STRATEGY',
    ]);
    const { stdout, stderr, code } = await runEasel(place, ['routing', 'get'], { environment });
    expect(code).toBe(0);
    expect(stdout).toContain('SERVICE_ROUTING_STRATEGY says so for this run; stored: cost_optimized');
    expect(stderr).toContain('AI_ENABLED must be true or false');
    const quiet = await runEasel(place, ['routing', 'get', '--quiet'], { environment });
    expect(quiet.stderr).toBe('');
    expect((await easelJson<Routing>(place, ['routing', 'get'])).in_force).toMatchObject({ primary: 'fal' });
  });

  it.each([
    [['routing', 'set', 'cheapest'], /strategy: must be one of primary_first/],
    [['routing', 'set'], /missing/],
    [['routing', 'primary', 'runwar'], /no provider "runwar"\. Did you mean runware/],
    [['routing', 'fallbacks', 'fal', 'nobody'], /no provider "nobody"/],
  ])('refuses %j', async (words, message) => {
    const { code, stderr } = await runEasel(place, words);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});

describe('easel route', () => {
  it('says the price and the time of each once', async () => {
    await runEasel(place, ['generate', 'a leaf', '--provider', 'builtin', '--size', '64x64']);
    const { code, stdout } = await runEasel(place, [
      'route',
      'a leaf',
      '--provider',
      'builtin',
      '--strategy',
      'fastest',
    ]);
    expect(code, stdout).toBe(0);
    expect(stdout.match(/free/g)).toHaveLength(1);
    expect(stdout.match(/about \d+(\.\d)? s/g)).toHaveLength(1);
    expect(stdout).toContain('named by this job');
  });
});

describe('what a request may say of who does it', () => {
  it.each([
    [['--strategy', 'quick'], /--strategy: must be one of/],
    [['--tier', 'luxury'], /--tier: must be one of fast, standard, premium/],
    [['--max-price', 'cheap'], /--max-price needs a number/],
    [['--max-price', '-1'], /--max-price: must be at least 0/],
    [['--only', 'fal,nobody'], /no provider "nobody"/],
    [['--only', ','], /--only needs at least one name/],
    [['--must', 'size,sed'], /--must does not know "sed"\. Did you mean seed/],
    [['--or-other'], /give --provider or --model/],
  ])('is refused where it can not be: %j', async (words, message) => {
    const { code, stderr } = await runEasel(place, ['generate', 'a leaf', ...words]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  it('is kept with the job', async () => {
    const wishes = ['--strategy', 'local-first', '--tier', 'fast', '--max-price', '0', '--must', 'size,negative'];
    const { code, stderr } = await runEasel(place, [
      'generate',
      'a leaf',
      '--provider',
      'builtin',
      '--size',
      '64x64',
      ...wishes,
      '--only',
      'builtin',
      '--local-only',
      '--or-other',
    ]);
    expect(code, stderr).toBe(0);
    const { jobs } = await easelJson<{ jobs: { request: { wishes: unknown } }[] }>(place, ['jobs', 'list']);
    expect(jobs[0]?.request.wishes).toEqual({
      strategy: 'local_first',
      tier: 'fast',
      max_usd: 0,
      local_only: true,
      providers: ['builtin'],
      musts: ['size', 'negativePrompt'],
      or_other: true,
    });
  });
});

describe('easel route', () => {
  const environment = { SERVICE_ROUTING_STRATEGY: 'fastest' };

  it('says who would do a request, and who is left out, and makes no job of it', async () => {
    const before = await easelJson(place, ['jobs', 'list']);
    const answer = await easelJson<{ ranked: object[]; skipped: { provider: string; reason: string }[] }>(
      place,
      ['route', 'a leaf', '--size', '64x64', '--strategy', 'cost_optimized'],
      { environment },
    );
    expect(answer).toMatchObject({
      strategy: 'cost_optimized',
      ranked: [{ provider: 'builtin', model_name: 'Sketch' }],
    });
    expect(answer.skipped.map(({ provider }) => provider)).toContain('fal');
    const { stdout } = await runEasel(place, ['route', 'a leaf'], { environment });
    expect(stdout).toMatch(/^strategy: fastest\n1\. builtin, Sketch: free/);
    expect(await easelJson(place, ['jobs', 'list'])).toEqual(before);
  });

  it('needs no library, and makes none; what is kept in one is missed', async () => {
    const empty = newPlace();
    try {
      expect((await runEasel(empty, ['budget', 'set', '--job', '0'])).code).toBe(0);
      const { code, stdout } = await runEasel(empty, ['route', 'a leaf', '--style', 'cinematic'], { environment });
      expect([code, stdout]).toEqual([0, expect.stringMatching(/^strategy: fastest\n1\. builtin, Sketch: free/)]);
      expect(existsSync(empty.library)).toBe(false);
      const kept = await runEasel(empty, ['route', '--template', 'portraits/studio']);
      expect(kept).toMatchObject({ code: 4, stdout: '' });
      expect(kept.stderr).toMatch(/no library in .* yet/);
    } finally {
      empty.remove();
    }
  });

  it('ends with code 3 where nobody can, with everybody and the reason', async () => {
    const { code, stdout, stderr } = await runEasel(place, ['route', 'a leaf', '--only', 'fal', '--max-price', '0']);
    expect([code, stderr]).toEqual([3, '']);
    expect(stdout).toContain('Nobody can do this now.');
    expect(stdout).toMatch(/fal: .*API key/);
  });
});

describe('easel health and easel metrics', () => {
  it('ask who is set up, and end with code 3 where nobody is ready', async () => {
    expect(await easelJson(place, ['health'])).toEqual({
      level: 'healthy',
      message: expect.stringContaining('nothing to watch') as string,
      records: [],
    });
    // To a person it is neither well nor ill.
    expect((await runEasel(place, ['health'])).stdout).toMatch(/^No provider is set up/);
    const environment = { EASEL_COMFYUI_URL: 'http://127.0.0.1:9' };
    const away = await runEasel(place, ['health'], { environment });
    expect(away.code).toBe(3);
    expect(away.stdout).toMatch(/^critical: No provider can be used now\..*127\.0\.0\.1:9/);
    expect(away.stdout).toContain('last error (check, network)');
  });

  it('tell what was done, over the hours that are asked for', async () => {
    const { code, stderr } = await runEasel(place, ['metrics', '--hours', '0']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('hours: must be at least 1')]);
    const answer = await easelJson<{ health: unknown; providers: unknown[] }>(place, ['metrics', '--hours', '2'], {
      environment: { EASEL_COMFYUI_URL: 'http://127.0.0.1:9' },
    });
    expect(answer.health).toMatchObject({ level: 'critical' });
    expect(answer.providers).toContainEqual(
      expect.objectContaining({ provider: 'comfyui', attempts: 0, times: null, per_hour: expect.any(Array) as [] }),
    );
  });
});
