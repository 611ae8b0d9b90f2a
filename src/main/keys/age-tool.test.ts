import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { key, newFolder, openKeys, passphrase } from './keys-for-tests.ts';

const isThere = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;
const tool = ['age', 'rage'].find(isThere);
const whyNot =
  process.platform !== 'linux' || !isThere('script')
    ? 'the tool asks for passphrases on a terminal only, and `script` of Linux is needed to play one'
    : tool === undefined
      ? 'neither `age` nor `rage` is installed'
      : null;
if (whyNot !== null) process.stderr.write(`The vault is not tried with the standard age tool: ${whyNot}.\n`);

/** Runs the tool on a terminal of its own and types the passphrase as often as it is asked for. Answers its exit code. */
function runTool(words: readonly string[]): Promise<number | null> {
  const command = [tool, ...words.map((word) => `'${word}'`)].join(' ');
  const child = spawn('script', ['-qec', command, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] });
  let answered = 0;
  let screen = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    const asked = [...screen.matchAll(/passphrase[^:\n]*:/gi)].length;
    for (; answered < asked; answered += 1) child.stdin.write(`${passphrase}\n`);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
}

describe.skipIf(whyNot !== null)('the standard age tool', { timeout: 60_000 }, () => {
  it('opens a vault that Easel has made, and a bundle', async () => {
    const keys = openKeys();
    await keys.usePassphrase(passphrase);
    await keys.set('painter', 'apiKey', key);
    writeFileSync(join(keys.folder, 'bundle.age'), await keys.exportBundle(passphrase));
    for (const name of ['keys.age', 'bundle.age']) {
      const clear = join(keys.folder, `${name}.json`);
      expect(await runTool(['-d', '-o', clear, join(keys.folder, name)])).toBe(0);
      expect(JSON.parse(readFileSync(clear, 'utf8'))).toEqual({ version: 1, keys: { painter: { apiKey: key } } });
    }
  });

  it.each([[['-a']], [[]]])('makes a vault that Easel opens and goes on with: %s', async (form) => {
    const folder = newFolder();
    const clear = join(folder, 'clear.json');
    writeFileSync(clear, JSON.stringify({ version: 1, keys: { painter: { apiKey: key } } }));
    expect(await runTool(['-p', ...form, '-o', join(folder, 'keys.age'), clear])).toBe(0);
    const keys = openKeys({ folder });
    await keys.unlock(passphrase);
    expect(keys.of('painter')).toEqual({ apiKey: key });
    await keys.set('renderer', 'apiKey', key);
    expect(keys.of('renderer')).toEqual({ apiKey: key });
  });
});
