import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFakeComfyui, type FakeComfyui } from '../fakes/comfyui/start-fake-comfyui.ts';
import { easelJson, newPlace, runEasel, type Place } from '../run-easel.ts';
import { expectNoStack, expectPlainFailure } from './plain-failure.ts';

const builtin = ['--provider', 'builtin', '--size', '64x64'];
let place: Place;
let fake: FakeComfyui;
let environment: Record<string, string>;
beforeAll(async () => {
  place = newPlace();
  fake = await startFakeComfyui();
  environment = { EASEL_COMFYUI_URL: fake.url };
  await easelJson(place, ['generate', 'x', ...builtin]);
});
afterAll(async () => {
  await fake.close();
  place.remove();
});

describe.concurrent('a command line that can not be used', () => {
  it.each([
    ['no command at all', [], /Usage: easel/],
    ['an unknown command, with the one that was meant', ['genrate', 'x'], /unknown command 'genrate'.*generate/],
    ['an unknown command of a group', ['jobs', 'lst'], /unknown command 'lst'.*list/],
    ['an unknown option', ['generate', 'x', '--sise', '4'], /unknown option '--sise'.*--size/],
    ['no prompt', ['generate'], /Write a prompt first/],
    ['two prompts', ['generate', 'x', 'y'], /too many arguments/],
    ['a choice that is none', ['jobs', 'list', '--state', 'lost'], /Allowed choices are queued, running/],
    ['a limit that is no number', ['jobs', 'list', '--limit', 'many'], /limit: must be a number/],
    ['a limit of nothing', ['jobs', 'list', '--limit', '0'], /limit: must be at least 1/],
    ['a job that is no id', ['jobs', 'show', 'x'], /id: must be an id/],
    ['an image that is no id', ['library', 'path', 'x'], /image: must be an id/],
    ['a port that is none', ['serve', '--no-open', '--port', '70000'], /"70000" is no port/],
  ])('says so: %s', async (_, words, message) => {
    expectPlainFailure(await runEasel(place, words), 2, message);
  });

  it('is one line of JSON for a program that asked for JSON', async () => {
    const outcome = await runEasel(place, ['generate', 'x', '--sise', '4', '--json']);
    expect(JSON.parse(outcome.stderr)).toMatchObject({ error: { code: 'badInput' } });
    expect(outcome.code).toBe(2);
  });
});

describe.concurrent('a request that can not be made', () => {
  it.each([
    ['an empty prompt', '', builtin, /Write a prompt first/],
    ['a prompt of blanks', ' \n ', builtin, /Write a prompt first/],
    ['a prompt that is too long', 'p'.repeat(10_001), builtin, /10001 characters, 1 more than the 10000/],
    ['an unknown provider', 'x', ['--provider', 'buildin'], /no provider "buildin".*Did you mean builtin\?/],
    [
      'an unknown model',
      'x',
      ['--provider', 'builtin', '--model', 'sketsh'],
      /no model "sketsh".*Did you mean sketch\?/,
    ],
    ['a size without a height', 'x', ['--size', '512'], /"512" is no size.*1024x768/],
    ['a size in words', 'x', ['--size', 'bigxsmall'], /is no size/],
    ['a size of nothing', 'x', ['--size', '0x0'], /--size: must be at least 16/],
    ['a size beyond the model', 'x', ['--provider', 'builtin', '--size', '4000x64'], /4000×64.*64 to 2048 pixels/],
    ['a count of 0', 'x', [...builtin, '--count', '0'], /--count: must be at least 1/],
    ['a count of 65', 'x', [...builtin, '--count', '65'], /--count: must be at most 64/],
    ['half an image', 'x', [...builtin, '--count', '1.5'], /--count: must be a whole number/],
    ['a negative seed', 'x', [...builtin, '--seed', '-1'], /--seed: must be at least 0/],
    [
      'a seed that no number holds',
      'x',
      [...builtin, '--seed', '9007199254740992'],
      /--seed: must be at most 9007199254740991/,
    ],
    ['no steps', 'x', [...builtin, '--steps', '0'], /--steps: must be at least 1/],
    [
      'guidance that is no number',
      'x',
      [...builtin, '--guidance', 'NaN'],
      /--guidance needs a number, and "NaN" is none/,
    ],
    ['an empty number', 'x', [...builtin, '--steps', ''], /--steps needs a number/],
    ['a strength of 2', 'x', [...builtin, '--strength', '2'], /--strength: must be at most 1/],
    ['a project outside of the library', 'x', [...builtin, '--project', '../up'], /--project: must not contain/],
    ['a project that Windows could not open', 'x', [...builtin, '--project', 'CON'], /--project: .*Windows/],
    [
      'a project with a very long name',
      'x',
      [...builtin, '--project', 'a'.repeat(200)],
      /--project: must have at most 80 characters/,
    ],
    ['a LoRA of too much weight', 'x', [...builtin, '--lora', 'ink:11'], /--lora: must be at most 10/],
    ['a LoRA without a name', 'x', [...builtin, '--lora', ''], /--lora: must have at least 1 character/],
    [
      'more LoRAs than fit',
      'x',
      [...builtin, ...Array(21).fill(['--lora', 'ink']).flat()],
      /--lora: must have at most 20/,
    ],
    [
      'a factor that is no number',
      'x',
      [...builtin, '--scale', 'twice'],
      /--scale needs a number, and "twice" is none/,
    ],
    ['a factor of nothing', 'x', [...builtin, '--scale', '0'], /--scale: must be at least 1/],
    ['a video without an end', 'x', [...builtin, '--seconds', '601'], /--seconds: must be at most 600/],
    ['a format that is none', 'x', [...builtin, '--format', 'bmp'], /Allowed choices are png, jpg, webp/],
    [
      'an operation that is none',
      'x',
      [...builtin, '--operation', 'draw'],
      /Allowed choices are text-to-image, .*video/,
    ],
    ['an operation that the model has not', 'x', [...builtin, '--operation', 'video'], /can't do videos/],
    [
      'a reference that is missing',
      'x',
      [...builtin, '--reference', 'nowhere.png'],
      /There is no image at .*nowhere\.png/,
    ],
    ['several faults at once', 'x', [...builtin, '--count', '0', '--steps', '0'], /--count: .*--steps: /],
    [
      'a negative prompt that is too long',
      'x',
      [...builtin, '--negative', 'n'.repeat(10_001)],
      /--negative: must have at most 10000/,
    ],
  ])('is refused: %s', async (_, prompt, words, message) => {
    const ownPlace = newPlace();
    try {
      expectPlainFailure(await runEasel(ownPlace, ['generate', prompt, ...words]), 2, message);
    } finally {
      ownPlace.remove();
    }
  });

  it('leaves nothing in the queue', async () => {
    const ownPlace = newPlace();
    await runEasel(ownPlace, ['generate', 'x', ...builtin, '--count', '65']);
    await runEasel(ownPlace, ['generate', '', ...builtin]);
    expect(await easelJson(ownPlace, ['jobs', 'list'])).toEqual({ jobs: [], next: null });
    ownPlace.remove();
  });

  it('names the models that are near, of many', async () => {
    const words = ['generate', 'x', '--provider', 'comfyui', '--model', 'sdxl-base'];
    const ownPlace = newPlace();
    const outcome = await runEasel(ownPlace, words, { environment });
    expectPlainFailure(outcome, 2, /has no model "sdxl-base".*Did you mean .*sd_?xl.*\? It has:/i);
    expect(fake.promptsSeen).toEqual([]);
    ownPlace.remove();
  });

  it('says of a model that nobody has which provider is not there to ask', async () => {
    const ownPlace = newPlace();
    const outcome = await runEasel(ownPlace, ['generate', 'x', '--model', 'flux1-dev-fp8']);
    expectPlainFailure(outcome, 2, /has a model "flux1-dev-fp8".*not set up: ComfyUI, /);
    ownPlace.remove();
  });
});

describe('where copies are to go', () => {
  it.each(['a file', 'a folder inside a file'])('is looked at before a picture is made: %s', async (kind) => {
    const file = join(place.data, 'taken');
    mkdirSync(place.data, { recursive: true });
    writeFileSync(file, 'a letter');
    const out = kind === 'a file' ? file : join(file, 'inside');
    const library = join(place.data, 'no-library-yet');
    const outcome = await runEasel({ ...place, library }, ['generate', 'x', ...builtin, '--out', out]);
    expectPlainFailure(outcome, 2, /can't write to .*nothing was generated/);
    expect(existsSync(library)).toBe(false);
  });

  it.runIf(existsSync('/proc/self'))('may be a place that refuses every file', async () => {
    const outcome = await runEasel(place, ['generate', 'x', ...builtin, '--out', '/proc/no-such-folder']);
    expectPlainFailure(outcome, 2, /can't write to/);
  });
});

describe.concurrent('a prompt', () => {
  it.each([
    ['from standard input, without the blanks around it', ' a quiet lake \n', 'a quiet lake'],
    ['with emoji, right-to-left text and several lines', '🎨 مرحبا بالعالم\nשלום\tend', '🎨 مرحبا بالعالم\nשלום\tend'],
  ])('is kept as it is: %s', async (_, input, prompt) => {
    const ownPlace = newPlace();
    const answer = await easelJson<{ prompt: string; images: { id: string; local_path: string }[] }>(
      ownPlace,
      ['generate', '-', ...builtin],
      { input },
    );
    expect(answer.prompt).toBe(prompt);
    expect(answer.images[0]!.local_path).toMatch(/[\w./-]+\.png$/);
    const { images } = await easelJson<{ images: { id: string; request: { prompt: string } }[] }>(ownPlace, [
      'library',
      'list',
      '--limit',
      '1',
    ]);
    expect(images[0]).toMatchObject({ id: answer.images[0]!.id, request: { prompt } });
    ownPlace.remove();
  });

  it('with control characters and NUL is kept as it was typed, and sent without them', async () => {
    const ownPlace = newPlace();
    const prompt = 'one\0two\u001b[31mred';
    await easelJson(ownPlace, ['generate', '-', ...builtin], { input: prompt });
    const { images } = await easelJson<{
      images: { request: { prompt: string }; stages: { typed: { prompt: string } } }[];
    }>(ownPlace, ['library', 'list']);
    expect(images[0]!.stages.typed.prompt).toBe(prompt);
    expect(images[0]!.request.prompt).toBe('onetwo[31mred');
    ownPlace.remove();
  });

  it('of exactly as many characters as may be is shortened, and kept as it was typed', async () => {
    const ownPlace = newPlace();
    const prompt = 'p'.repeat(10_000);
    const answer = await easelJson<{ prompt: string }>(ownPlace, ['generate', '-', ...builtin], { input: prompt });
    expect(answer.prompt).toBe(prompt);
    const { images } = await easelJson<{
      images: { request: { prompt: string }; stages: { typed: { prompt: string } } }[];
    }>(ownPlace, ['library', 'list']);
    expect(images[0]!.stages.typed.prompt).toBe(prompt);
    expect(images[0]!.request.prompt).toBe('p'.repeat(2_999));
    ownPlace.remove();
  });

  it('can not take over the terminal that lists it', async () => {
    const ownPlace = newPlace();
    await easelJson(ownPlace, ['generate', '-', ...builtin], {
      input: 'wipe \u001b[2J\u001b]0;title\u0007 and\r\nmore',
    });
    const { stdout } = await runEasel(ownPlace, ['jobs', 'list', '--limit', '1']);
    ownPlace.remove();
    // Two lines for a job, and no third one from its prompt.
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toMatch(/\p{Cc}/u);
    expect(stdout).toContain('wipe');
  });

  it('that is empty on standard input is refused', async () => {
    expectPlainFailure(
      await runEasel(place, ['generate', '-', ...builtin], { input: ' \n' }),
      2,
      /Write a prompt first/,
    );
  });
});

describe('a size', () => {
  it('that is no multiple of what the model makes is rounded, and the answer says so', async () => {
    const words = ['generate', 'x', '--provider', 'comfyui', '--size', '261x259', '--steps', '2'];
    const answer = await easelJson<{
      images: { width: number; height: number }[];
      metadata: { dropped: { parameter: string; note: string }[] };
    }>(place, words, { environment });
    expect(answer.images[0]).toMatchObject({ width: 256, height: 256 });
    expect(answer.metadata.dropped).toEqual([{ parameter: 'size', note: expect.stringMatching(/256×256/) as string }]);
    const plain = await runEasel(place, words, { environment });
    expect(plain.stderr).toMatch(/note: .*256×256/);
    expectNoStack(plain);
  });
});
