import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPlace, runEasel, type Place } from '../run-easel.ts';

const builtin = ['--provider', 'builtin', '--size', '64x64'];
let place: Place;
beforeAll(async () => {
  place = newPlace();
  const { code, stderr } = await runEasel(place, ['generate', 'a leaf', ...builtin]);
  expect(code, stderr).toBe(0);
});
afterAll(() => {
  place.remove();
});

const commands = [
  [],
  ['generate'],
  ['jobs'],
  ['jobs', 'list'],
  ['jobs', 'show'],
  ['jobs', 'cancel'],
  ['jobs', 'retry'],
  ['jobs', 'resume'],
  ['library'],
  ['library', 'list'],
  ['library', 'path'],
  ['library', 'verify'],
  ['library', 'alt'],
  ['models'],
  ['providers'],
  ['providers', 'check'],
  ['providers', 'reinitialize'],
  ['providers', 'test'],
  ['route'],
  ['routing'],
  ['routing', 'get'],
  ['routing', 'set'],
  ['routing', 'primary'],
  ['routing', 'fallbacks'],
  ['routing', 'reset'],
  ['health'],
  ['metrics'],
  ['serve'],
];

describe.concurrent('help', () => {
  it.each(commands.map((words) => [words.join(' ') || 'easel', words] as const))(
    'tells what there is: %s',
    async (_, words) => {
      const { code, stdout, stderr } = await runEasel(place, [...words, '--help']);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(new RegExp(`^Usage: easel ${words.join(' ')}`));
      for (const option of ['--json', '--quiet', '--library', '--data']) expect(stdout).toContain(option);
      // Every argument, option and command has words of its own.
      for (const line of stdout.split('\n').filter((text) => /^ {2}\S/.test(text)))
        expect(line).toMatch(/^ {2}\S.* {2,}\S/);
      expect(stdout).not.toMatch(/undefined|display help|\[object/);
    },
  );

  it('is offered where something was mistyped', async () => {
    expect((await runEasel(place, ['genrate'])).stderr).toContain('easel --help');
  });

  it('tells the version', async () => {
    const { code, stdout } = await runEasel(place, ['--version']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
  });
});

/** All names of fields in a JSON value, but those of a person's own making. */
function fieldNames(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(fieldNames);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...fieldNames(inner)]);
}

describe('an answer as JSON', () => {
  it.each([
    ['generate', ['generate', 'a leaf', ...builtin, '--count', '2']],
    ['jobs list', ['jobs', 'list']],
    ['jobs resume with nothing to do', ['jobs', 'resume']],
    ['library list', ['library', 'list']],
    ['library verify', ['library', 'verify']],
    ['providers', ['providers']],
    ['models', ['models', 'builtin']],
    ['providers check', ['providers', 'check', 'builtin']],
    ['routing get', ['routing', 'get']],
    ['health', ['health']],
    ['metrics', ['metrics']],
  ])('is one line in snake_case: %s', async (_, words) => {
    const { code, stdout } = await runEasel(place, [...words, '--json']);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout.endsWith('\n')).toBe(true);
    for (const name of fieldNames(JSON.parse(stdout))) expect(name).toMatch(/^[a-z0-9]+(_[a-z0-9]+)*$/);
  });

  it('may be asked for before the command or behind it', async () => {
    const [before, behind] = [
      await runEasel(place, ['--json', 'jobs', 'list']),
      await runEasel(place, ['jobs', 'list', '--json']),
    ];
    expect(before.stdout).toBe(behind.stdout);
  });

  it('of a failure is on standard error, with its code', async () => {
    const outcome = await runEasel(place, ['jobs', 'show', '00000000-0000-7000-8000-000000000000', '--json']);
    expect(outcome).toMatchObject({ code: 5, stdout: '' });
    expect(JSON.parse(outcome.stderr)).toEqual({
      error: { code: 'notFound', message: expect.stringContaining('no job') as string },
    });
  });
});

describe('a list for people', () => {
  it.each([['jobs'], ['library']])('says when, who, what it cost and of which words: %s', async (subject) => {
    const { stdout } = await runEasel(place, [subject, 'list', '--limit', '1']);
    const [facts, words] = stdout.split('\n');
    expect(facts).toMatch(/^[0-9a-f-]{36} {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}.* {2}free$/);
    expect(words).toMatch(/^ {4}builtin sketch {2}a leaf$/);
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
  });

  it('of jobs says the same to a program', async () => {
    const { stdout } = await runEasel(place, ['jobs', 'list', '--limit', '1', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      jobs: [{ provider: 'builtin', model: 'sketch', cost: { kind: 'reported', usd: 0 } }],
    });
  });
});

describe('standard output and standard error', () => {
  it('are for the answer and for everything else', async () => {
    const { stdout, stderr } = await runEasel(place, ['generate', 'a leaf', ...builtin, '--steps', '9']);
    expect(stdout).toMatch(/^\/.*\.png\n$/);
    expect(stderr).toMatch(/note: .*steps/);
    expect(stderr).toMatch(/1 image, seed \d+, free/);
    expect(stderr).not.toContain('\u001b');
  });

  it('stay silent beyond the answer when that is wished', async () => {
    const { code, stdout, stderr } = await runEasel(place, [
      'generate',
      'a leaf',
      ...builtin,
      '--steps',
      '9',
      '--quiet',
    ]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^\/.*\.png\n$/);
  });
});

describe('jobs resume', () => {
  it('with nothing to do says so and is content', async () => {
    expect(await runEasel(place, ['jobs', 'resume'])).toMatchObject({
      code: 0,
      stdout: 'Nothing was left to do.\n',
      stderr: '',
    });
  });
});

describe('a library that is not there yet', () => {
  it.each([[['jobs', 'list']], [['library', 'list']], [['library', 'verify']]])(
    'is not made by looking: %j',
    async (words) => {
      const empty = newPlace();
      const outcome = await runEasel(empty, words);
      expect(outcome).toMatchObject({ code: 4, stdout: '' });
      expect(outcome.stderr).toMatch(/no library in .* yet\. Generating a first picture makes one/);
      empty.remove();
    },
  );
});

describe('what can be asked of one provider', () => {
  const nothingThere = { environment: { EASEL_FAL_URL: 'http://127.0.0.1:9', FAL_KEY: 'no-key-of-anybody' } };

  it.each(['check', 'reinitialize'])('is whether it can be used: %s', async (word) => {
    expect(await runEasel(place, ['providers', word, 'builtin'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^builtin +ready +Built-in sketches: /) as string,
    });
    const { code, stdout } = await runEasel(place, ['providers', word, 'fal'], nothingThere);
    const where = 'at http://127.0.0.1:9 (set by EASEL_FAL_URL)';
    expect([code, stdout]).toEqual([3, expect.stringMatching(/^fal +unreachable /)]);
    expect(stdout).toContain(where);
    expect(await runEasel(place, ['providers', word, 'nobody'])).toMatchObject({ code: 2, stdout: '' });
  });

  it('is a test picture, which is kept in a project of its own', async () => {
    const own = newPlace();
    const { code, stdout } = await runEasel(own, ['providers', 'test', 'builtin', '--json']);
    const [image] = (JSON.parse(stdout) as { images: { local_path: string; width: number }[] }).images;
    expect([code, image?.width]).toEqual([0, 256]);
    expect(image?.local_path).toContain('Test pictures');
    for (const words of [['builtin', '--model', 'nope'], ['nobody']])
      expect((await runEasel(own, ['providers', 'test', ...words])).code).toBe(2);
    own.remove();
  });
});
