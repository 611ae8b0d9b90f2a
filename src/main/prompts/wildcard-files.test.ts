import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { resolvePrompt } from '../../shared/prompt-text/resolve-prompt.ts';
import { createWildcardFiles } from './wildcard-files.ts';
import { linesOfText } from './wildcard-text.ts';

let root: string;
let wildcards: ReturnType<typeof createWildcardFiles>;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-'));
  wildcards = createWildcardFiles({ root, now: () => Date.UTC(2026, 0, 2, 3, 4, 5) });
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const put = (name: string, content: string | Uint8Array): string => {
  const path = join(root, 'wildcards', name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
};
const problem = (act: () => unknown): AppError => {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It went well.');
};

describe('the built-in wildcards', () => {
  it('are there without any file, and each line can be drawn', () => {
    const names = [
      'animals',
      'art-mediums',
      'camera-angles',
      'colors',
      'landscapes',
      'materials',
      'moods',
      'times-of-day',
      'weather',
    ];
    expect(wildcards.names()).toEqual(names);
    for (const name of names) {
      const lines = wildcards.lines(name) ?? [];
      expect(lines.length).toBeGreaterThan(15);
      expect(new Set(lines).size).toBe(lines.length);
      for (const line of lines) expect(line).toMatch(/^[a-z0-9][a-zA-Z0-9 '-]+$/);
    }
    const { text } = resolvePrompt('a __colors__ __animals__', { seed: 1, wildcards: wildcards.lines, variables: {} });
    expect(text).toMatch(/^a \S.+ \S/);
  });

  it('step back for a file of the same name', () => {
    put('colors.txt', 'my red');
    expect(wildcards.lines('colors')).toEqual(['my red']);
    expect(wildcards.names().filter((name) => name === 'colors')).toHaveLength(1);
  });
});

describe('lines', () => {
  it('leaves out comments and empty lines, and takes a byte order mark and any line end', () => {
    put('a.txt', '\uFEFF# comment\r\nred\r\n\r\n  blue \r\n#green\nx # y');
    expect(wildcards.lines('a')).toEqual(['red', 'blue', 'x # y']);
    expect(linesOfText('a\rb')).toEqual(['a', 'b']);
  });

  it('finds files in folders, and all that a star means', () => {
    put('places/north.txt', 'fjord');
    put('places/south.txt', 'reef');
    expect(wildcards.lines('places/north')).toEqual(['fjord']);
    expect(wildcards.lines('places/*')).toEqual(['fjord', 'reef']);
    expect(wildcards.lines('pl*th')).toEqual(['fjord', 'reef']);
    expect(wildcards.lines('nothing*')).toBeNull();
    expect(wildcards.lines('places')).toBeNull();
  });

  it('reads a file anew when it has changed', () => {
    const path = put('a.txt', 'one');
    expect(wildcards.lines('a')).toEqual(['one']);
    expect(wildcards.lines('a')).toBe(wildcards.lines('a'));
    writeFileSync(path, 'two');
    utimesSync(path, 1_000, 2_000);
    expect(wildcards.lines('a')).toEqual(['two']);
    rmSync(path);
    expect(wildcards.lines('a')).toBeNull();
  });

  it('finds names whose accents are stored apart', () => {
    put('cafe\u0301.txt', 'espresso');
    expect(wildcards.lines('caf\u00e9')).toEqual(['espresso']);
    expect(wildcards.names()).toContain('caf\u00e9');
  });

  it('never leaves its folder', () => {
    writeFileSync(join(root, 'secret.txt'), 'key');
    put('a.txt', 'x');
    for (const name of ['../secret', '/etc/passwd', 'a/../../secret', '..', '', 'a/', 'C:\\x', 'a\0', '.hidden']) {
      expect(wildcards.lines(name)).toBeNull();
      expect(problem(() => wildcards.read(name)).code).toBe('badInput');
    }
  });

  it.skipIf(process.platform === 'win32')(
    'refuses links that lead out of its folder, and follows those that stay',
    async () => {
      writeFileSync(join(root, 'secret.txt'), 'key');
      const inside = put('a.txt', 'x');
      symlinkSync(join(root, 'secret.txt'), join(root, 'wildcards', 'out.txt'));
      symlinkSync(root, join(root, 'wildcards', 'up'));
      symlinkSync(inside, join(root, 'wildcards', 'in.txt'));
      expect(wildcards.lines('in')).toEqual(['x']);
      expect(problem(() => wildcards.lines('out')).message).toContain('leads out of');
      expect(problem(() => wildcards.lines('up/secret')).message).toContain('leads out of');
      await expect(wildcards.write('up/new', 'x')).rejects.toThrow('leads out of');
      expect(existsSync(join(root, 'new.txt'))).toBe(false);
      expect((await wildcards.list()).find(({ name }) => name === 'out')?.problem).toContain('leads out of');
    },
  );

  it('refuses what is too large or no text in UTF-8', () => {
    put('big.txt', Buffer.alloc(10_000_001, 'a\n'));
    put('latin.txt', Buffer.from([0x63, 0xe9]));
    put('binary.txt', 'a\0b');
    expect(problem(() => wildcards.lines('big')).message).toContain('10.0 MB, more than the 10 MB');
    for (const name of ['latin', 'binary'])
      expect(problem(() => wildcards.lines(name)).message).toContain('save it as UTF-8');
  });

  it('reads 10 MB', () => {
    put('big.txt', 'red fox\n'.repeat(1_250_000));
    expect(wildcards.lines('big')).toHaveLength(1_250_000);
  });
});

describe('list', () => {
  it('counts the options and says what can not be used', async () => {
    put('mine.txt', 'a\nb');
    put('empty.txt', '# nothing');
    put('with space.txt', 'a');
    put('notes.md', 'a');
    const list = await wildcards.list();
    expect(list.find(({ name }) => name === 'mine')).toEqual({
      name: 'mine',
      lines: 2,
      isBuiltIn: false,
      problem: null,
    });
    expect(list.find(({ name }) => name === 'empty')).toMatchObject({
      lines: 0,
      problem: expect.stringContaining('no lines'),
    });
    expect(list.find(({ name }) => name === 'with space')?.problem).toContain('Rename the file');
    expect(list.find(({ name }) => name === 'weather')).toMatchObject({ isBuiltIn: true, problem: null });
    expect(list.map(({ name }) => name)).not.toContain('notes.md');
  });
});

describe('write and remove', () => {
  it('write a file that is read back, and replace one only when told to', async () => {
    expect(await wildcards.write(' people/jobs ', '# who\nbaker\n')).toEqual({ name: 'people/jobs' });
    expect(wildcards.lines('people/jobs')).toEqual(['baker']);
    expect(wildcards.read('people/jobs').text).toBe('# who\nbaker\n');
    await expect(wildcards.write('people/jobs', 'miner')).rejects.toMatchObject({ code: 'wrongState' });
    await wildcards.write('people/jobs', 'miner', { replace: true });
    expect(wildcards.lines('people/jobs')).toEqual(['miner']);
  });

  it('keep what was removed under another name', async () => {
    const path = put('a.txt', 'x');
    expect(await wildcards.remove('a')).toEqual({ keptAs: 'wildcards/a.txt.removed-2026-01-02T03-04-05-000Z' });
    expect(readdirSync(join(path, '..'))).toEqual(['a.txt.removed-2026-01-02T03-04-05-000Z']);
    expect(wildcards.lines('a')).toBeNull();
    await expect(wildcards.remove('a')).rejects.toMatchObject({ code: 'notFound' });
    await expect(wildcards.remove('colors')).rejects.toThrow('comes with Easel');
  });

  it('refuse names and texts that can not be used', async () => {
    for (const name of ['../x', 'a b', 'a__b', '_a', 'con', 'a*', 'x'.repeat(300), '...'])
      await expect(wildcards.write(name, 'x')).rejects.toThrow("can't be the name of a wildcard");
    await expect(wildcards.write('a', 'x\0')).rejects.toMatchObject({ code: 'badInput' });
    await expect(wildcards.write('a', 'x'.repeat(10_000_001))).rejects.toThrow('10 MB');
    expect(existsSync(join(root, 'wildcards'))).toBe(false);
  });

  it('may be called at once for the same file', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, number) => wildcards.write('a', String(number), { replace: true })),
    );
    expect(readFileSync(join(root, 'wildcards', 'a.txt'), 'utf8')).toBe('19');
  });
});
