import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { providerKinds } from '../../src/main/providers/registry.ts';
import {
  cheapPassphrases,
  cleanEnvironment,
  easelJson,
  newPlace,
  runEasel,
  type Outcome,
  type Place,
} from '../run-easel.ts';
import { expectPlainFailure } from './plain-failure.ts';

const key = 'sk-test-0123456789abcdefWXYZ';
const passphrase = 'correct horse battery';
const unlocked = { environment: { ...cheapPassphrases, EASEL_PASSPHRASE: passphrase } };
const needed = /EASEL_PASSPHRASE, or set EASEL_PASSPHRASE_FILE .* in a terminal/;

/** Any provider with a single key will do: nothing here talks to it. */
const manifest = providerKinds
  .map((kind) => kind.manifest)
  .find(({ credentials }) => credentials.length === 1 && credentials[0]?.isSecret);
if (!manifest) throw new Error('No provider has a key');
const [{ field, environment: variables }] = manifest.credentials as [(typeof manifest.credentials)[number]];
const provider = manifest.id;
const variable = variables[0]!;

interface KeyList {
  readonly state: { storage: string; is_locked: boolean; problem: string | null };
  readonly providers: { provider: string; credentials: unknown[] }[];
}
const credentialsIn = ({ providers }: KeyList): unknown =>
  providers.find((entry) => entry.provider === provider)?.credentials;
const fromVault = { field, is_set: true, source: 'vault', variable: null, shown: 'WXYZ' };

let place: Place;
beforeAll(async () => {
  place = newPlace();
  const set = await runEasel(place, ['keys', 'set', provider], { ...unlocked, input: `${key}\nnot this line\n` });
  expect(set, set.stderr).toMatchObject({ code: 0 });
  expect(set.stdout).toContain('ends in WXYZ');
});
afterAll(() => {
  place.remove();
});

/** A place of its own with the same vault. */
function copyOfPlace(): Place {
  const copy = newPlace();
  mkdirSync(copy.data, { recursive: true });
  copyFileSync(join(place.data, 'keys.age'), join(copy.data, 'keys.age'));
  return copy;
}

describe('keys set', () => {
  it('makes a vault, and never writes the key in clear text', () => {
    expect(readFileSync(join(place.data, 'keys.age'), 'utf8')).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/);
    for (const entry of readdirSync(place.data, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) expect(readFileSync(join(entry.parentPath, entry.name), 'utf8')).not.toContain(key);
  });

  it('makes one that takes long to guess, which no other test waits for', async () => {
    const workFactor = ({ data }: Place): string | undefined => {
      const [, base64 = ''] = readFileSync(join(data, 'keys.age'), 'utf8').split(/-----[^-]+-----/);
      return /^-> scrypt \S+ (\d+)$/m.exec(Buffer.from(base64, 'base64').toString('latin1'))?.[1];
    };
    const own = newPlace();
    const usual = { environment: { EASEL_PASSPHRASE: passphrase } };
    expect(await runEasel(own, ['keys', 'set', provider], { ...usual, input: key })).toMatchObject({ code: 0 });
    expect(credentialsIn(await easelJson<KeyList>(own, ['keys', 'list'], usual))).toEqual([fromVault]);
    expect(workFactor(own)).toBe('18');
    expect(workFactor(place)).toBe('10');
    own.remove();
  });

  it.each([
    ['as the field', [provider, 'sk-secret-on-the-line']],
    ['as a third word', [provider, field, 'sk-secret-on-the-line']],
    ['as an option', [provider, '--key=sk-secret-on-the-line']],
    ['as an option of its own', [provider, '--key', 'sk-secret-on-the-line']],
    ['instead of the provider', ['sk-secret-on-the-line']],
  ])('does not repeat a key that was written on the command line: %s', async (_, words) => {
    const outcome = await runEasel(place, ['keys', 'set', ...words], { ...unlocked, input: key });
    expectPlainFailure(outcome, 2, words[0] === provider ? /standard input.*history/ : /no such provider/);
    expect(outcome.stdout + outcome.stderr).not.toContain('secret-on-the-line');
  });

  it('says that nothing came, or what came can be no key, without repeating it', async () => {
    expectPlainFailure(await runEasel(place, ['keys', 'set', provider], unlocked), 2, /standard input/);
    const outcome = await runEasel(place, ['keys', 'set', provider], { ...unlocked, input: 'two words' });
    expectPlainFailure(outcome, 2, /Copy the key alone/);
    expect(outcome.stderr).not.toContain('two words');
  });

  it('says that the environment wins', async () => {
    const copy = copyOfPlace();
    const environment = { ...unlocked.environment, [variable]: 'sk-environment-0123456789' };
    const outcome = await runEasel(copy, ['keys', 'set', provider], { environment, input: key });
    expect(outcome).toMatchObject({ code: 0 });
    expect(outcome.stderr).toContain(`${variable} is set`);
    const list = await easelJson<KeyList>(copy, ['keys', 'list'], { environment });
    expect(credentialsIn(list)).toEqual([{ field, is_set: true, source: 'environment', variable, shown: '6789' }]);
    copy.remove();
  });
});

describe('the passphrase', () => {
  it('comes from the environment or from a file', async () => {
    const file = join(place.data, 'passphrase');
    writeFileSync(file, `${passphrase}\n`);
    for (const environment of [unlocked.environment, { ...cheapPassphrases, EASEL_PASSPHRASE_FILE: file }]) {
      const list = await easelJson<KeyList>(place, ['keys', 'list'], { environment });
      expect(list.state).toMatchObject({ storage: 'vault', is_locked: false });
      expect(credentialsIn(list)).toEqual([fromVault]);
    }
    const missing = { EASEL_PASSPHRASE_FILE: `${file}-not-there` };
    expectPlainFailure(await runEasel(place, ['keys', 'list'], { environment: missing }), 2, /EASEL_PASSPHRASE_FILE/);
  });

  it('is said to be missing where it is needed, and only there', async () => {
    for (const words of [
      ['keys', 'test', provider],
      ['keys', 'remove', provider],
      ['keys', 'export'],
      ['keys', 'set', provider],
      ['keys', 'change-passphrase'],
      ['generate', 'x', '--provider', provider],
    ])
      expectPlainFailure(await runEasel(place, words, { input: key }), 9, needed);
    const list = await easelJson<KeyList>(place, ['keys', 'list']);
    expect(list.state).toEqual({ storage: 'vault', is_locked: true, keychain_name: null, problem: null });
    expect(await runEasel(place, ['generate', 'x', '--provider', 'builtin', '--size', '64x64'])).toMatchObject({
      code: 0,
    });
    const unnamed = await runEasel(place, ['generate', 'x', '--size', '64x64']);
    // A drawing that nobody asked for is no stand-in for what may be behind the lock.
    expectPlainFailure(unnamed, 9, /keys are locked/);
    expect(unnamed.stderr).toContain('stays locked');
  });

  it('is what the list of a locked vault waits for: none of its keys counts as missing', async () => {
    const lineOf = (stdout: string): string | undefined =>
      stdout.split('\n').find((line) => line.startsWith(`${provider} `));
    const locked = await runEasel(place, ['keys', 'list']);
    expect(lineOf(locked.stdout)).toMatch(/ locked$/);
    expect(locked.stdout).toContain('which is locked');
    expect(locked.stdout).not.toContain('not set');
    const environment = { [variable]: 'sk-environment-0123456789' };
    expect(lineOf((await runEasel(place, ['keys', 'list'], { environment })).stdout)).toContain(
      `set, from ${variable}`,
    );
    const open = await runEasel(place, ['keys', 'list'], unlocked);
    expect(lineOf(open.stdout)).toContain('set, from the vault');
    expect(open.stdout).toContain('not set');
    expect(open.stdout).not.toContain('locked\n');
  });

  it('is said to be wrong where it is', async () => {
    const wrong = { environment: { ...cheapPassphrases, EASEL_PASSPHRASE: 'not the passphrase' } };
    for (const words of [
      ['keys', 'list'],
      ['keys', 'export'],
      ['generate', 'x', '--provider', provider],
    ])
      expectPlainFailure(await runEasel(place, words, wrong), 9, /does not open/);
    expect(existsSync(join(place.data, 'keys.age'))).toBe(true);
  });

  it('can be changed', async () => {
    const copy = copyOfPlace();
    const environment = { ...unlocked.environment, EASEL_NEW_PASSPHRASE: 'another passphrase' };
    expect(await runEasel(copy, ['keys', 'change-passphrase'], { environment })).toMatchObject({ code: 0 });
    expectPlainFailure(await runEasel(copy, ['keys', 'list'], unlocked), 9, /does not open/);
    const list = await easelJson<KeyList>(copy, ['keys', 'list'], {
      environment: { ...cheapPassphrases, EASEL_PASSPHRASE: 'another passphrase' },
    });
    expect(credentialsIn(list)).toEqual([fromVault]);
    copy.remove();
  });
});

describe('keys test', () => {
  it('ends well for what can be used, and with the code of what is wrong', async () => {
    expect(await runEasel(place, ['keys', 'test', 'builtin'])).toMatchObject({ code: 0 });
    const outcome = await runEasel(place, ['keys', 'test', 'nobody']);
    expectPlainFailure(outcome, 2, /no provider/);
  });
});

describe('a bundle', () => {
  const bundled = { environment: { ...unlocked.environment, EASEL_BUNDLE_PASSPHRASE: 'the bundle’s own' } };

  it('carries the keys to another place, through a file or a pipe', async () => {
    const file = join(place.data, 'bundle.age');
    expect(await runEasel(place, ['keys', 'export', file], bundled)).toMatchObject({ code: 0 });
    expectPlainFailure(await runEasel(place, ['keys', 'export', file], bundled), 2, /not taken/);
    const piped = await runEasel(place, ['keys', 'export'], bundled);
    for (const [words, input] of [
      [[file], ''],
      [[], piped.stdout],
    ] as const) {
      const other = newPlace();
      const answer = await easelJson(other, ['keys', 'import', ...words], { ...bundled, input });
      expect(answer).toEqual({ imported: [{ provider, field, replaced: false }] });
      expect(credentialsIn(await easelJson<KeyList>(other, ['keys', 'list'], unlocked))).toEqual([fromVault]);
      other.remove();
    }
  });

  it('needs a passphrase of its own', async () => {
    expectPlainFailure(await runEasel(place, ['keys', 'export'], unlocked), 9, /EASEL_BUNDLE_PASSPHRASE/);
    const outcome = await runEasel(place, ['keys', 'import'], { ...bundled, input: 'no bundle' });
    expectPlainFailure(outcome, 9, /no bundle of keys/);
  });
});

describe('keys remove', () => {
  it('forgets a key', async () => {
    const copy = copyOfPlace();
    expect(await runEasel(copy, ['keys', 'remove', provider, field], unlocked)).toMatchObject({ code: 0 });
    expect(credentialsIn(await easelJson<KeyList>(copy, ['keys', 'list'], unlocked))).toMatchObject([
      { is_set: false },
    ]);
    copy.remove();
  });
});

describe('a damaged vault', () => {
  it('is set aside in plain words, and new keys go into a new one', async () => {
    const copy = copyOfPlace();
    writeFileSync(join(copy.data, 'keys.age'), 'damaged');
    const outcome = await runEasel(copy, ['keys', 'list']);
    expect(outcome.stdout).toMatch(/damaged.*set aside as .*keys\.age\.damaged-/);
    expect(await runEasel(copy, ['keys', 'set', provider], { ...unlocked, input: key })).toMatchObject({ code: 0 });
    expect(readdirSync(copy.data).filter((name) => name.startsWith('keys.'))).toHaveLength(2);
    copy.remove();
  });
});

const canPlayTerminal = process.platform === 'linux' && spawnSync('script', ['--version']).error === undefined;
if (!canPlayTerminal) process.stderr.write('Questions on a terminal are not tried: there is no `script` of Linux.\n');

describe.skipIf(!canPlayTerminal)('a person at a terminal', () => {
  const cli = fileURLToPath(new URL('../../out/easel/cli.js', import.meta.url));

  /** Types each line when something that is "not shown", or "again", is asked for. */
  const atTerminal = (where: Place, words: readonly string[], lines: readonly string[]): Promise<Outcome> => {
    const command = [process.execPath, cli, '--data', where.data, '--library', where.library, ...words];
    const quoted = command.map((word) => `'${word}'`).join(' ');
    const child = spawn('script', ['-qec', quoted, '/dev/null'], {
      env: { ...cleanEnvironment(), ...cheapPassphrases },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const left = [...lines];
    let asked = 0;
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      for (const count = [...stdout.matchAll(/not shown[^:\n]*: |again: /g)].length; asked < count; asked += 1) {
        const line = left.shift();
        if (line === undefined) child.kill();
        else child.stdin.write(line);
      }
    });
    return new Promise((resolve) => {
      child.on('close', (code, signal) => {
        resolve({ code, signal, stdout, stderr: '' });
      });
    });
  };

  it('is asked for key and passphrase, which are not shown', async () => {
    const own = newPlace();
    const set = await atTerminal(own, ['keys', 'set', provider], [`${passphrase}\r`, `${passphrase}\r`, `${key}\r`]);
    expect(set, set.stdout).toMatchObject({ code: 0 });
    const list = await runEasel(own, ['keys', 'list'], unlocked);
    expect(list.stdout).toContain('ends in WXYZ');
    const test = await atTerminal(own, ['keys', 'remove', provider], [`${passphrase}\r`]);
    expect(test, test.stdout).toMatchObject({ code: 0 });
    for (const { stdout } of [set, test]) {
      expect(stdout).not.toContain(key);
      expect(stdout).not.toContain(passphrase);
    }
    own.remove();
  });

  it('has nothing changed by two passphrases that differ, or by Ctrl+C', async () => {
    const own = newPlace();
    const differs = await atTerminal(own, ['keys', 'set', provider], [`${passphrase}\r`, 'another one\r']);
    expect(differs.stdout).toContain('two different passphrases');
    expect(differs.code).toBe(2);
    const stopped = await atTerminal(own, ['keys', 'set', provider], ['corr\u0003']);
    expect(stopped, stopped.stdout).toMatchObject({ code: 130 });
    expect(existsSync(join(own.data, 'keys.age'))).toBe(false);
    own.remove();
  });

  it('can go on without the vault’s keys', async () => {
    const generated = await atTerminal(place, ['generate', 'x', '--size', '64x64'], ['\r']);
    // With nobody else set up, there is nobody left.
    expect(generated, generated.stdout).toMatchObject({ code: 9 });
    expect(generated.stdout).toContain('stays locked');
  });
});
