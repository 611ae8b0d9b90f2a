import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeOllama, type FakeOllama } from '../fakes/ollama/start-fake-ollama.ts';
import { easelJson, newPlace, runEasel, type Place } from '../run-easel.ts';
import { until } from '../server/start-serve.ts';
import { longPrompt } from './long-prompt.ts';

let place: Place;
let fake: FakeOllama;
beforeEach(async () => {
  place = newPlace();
  fake = await startFakeOllama();
});
afterEach(async () => {
  await fake.close().catch(() => undefined);
  place.remove();
});

const nowhere = { EASEL_OLLAMA_URL: 'http://127.0.0.1:1' };
const here = (): Record<string, string> => ({ EASEL_OLLAMA_URL: fake.url });

describe('easel prompt optimize', () => {
  const input = longPrompt(9000);

  it('shortens 9,000 characters with Ollama, and says who did', async () => {
    const { code, stdout, stderr } = await runEasel(place, ['prompt', 'optimize', '-'], { environment: here(), input });
    expect(code).toBe(0);
    expect(stdout.trimEnd().length).toBeLessThan(3000);
    expect(stdout).toContain('<lora:ink-wash:0.7>');
    expect(stderr).toMatch(/^easel: shortened by gpt-oss:20b: 9000 to \d+ characters in .* key concepts kept\.\n$/);
    expect(fake.chats[0]?.state).toBe('done');
  });

  it('does it by rules without Ollama, and says why', async () => {
    const { code, stdout, stderr } = await runEasel(place, ['prompt', 'optimize', '-'], {
      environment: nowhere,
      input,
    });
    expect(code).toBe(0);
    expect(stdout.trimEnd().length).toBeLessThan(3000);
    expect(stderr).toMatch(
      /shortened by rules, without a model: 9000 to .* No Ollama answers at http:\/\/127.0.0.1:1\./,
    );
  });

  it('takes a limit and terms to keep, and answers in JSON', async () => {
    const words = ['prompt', 'optimize', '-', '--limit', '1000', '--lock', 'a sleeping grey cat'];
    const answer = await easelJson<{ text: string; by: string; concepts_kept: number }>(place, words, {
      environment: here(),
      input,
    });
    expect(answer.text.length).toBeLessThanOrEqual(1000);
    expect(answer.text).toContain('a sleeping grey cat');
    expect(answer.concepts_kept).toBeGreaterThan(0.5);
  });

  it.each([
    [['-'], 'p'.repeat(10_001), 2, /10001 characters, 1 more than the 10000/],
    [['-', '--limit', 'many'], 'a fox', 2, /--limit needs a number/],
    [['-', '--limit', '3000'], 'a fox', 2, /limit/],
  ] as const)('refuses %j', async (words, text, code, message) => {
    const outcome = await runEasel(place, ['prompt', 'optimize', ...words], { environment: here(), input: text });
    expect(outcome).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(message) as string });
    expect(fake.requests).toEqual([]);
  });

  it('leaves a short one as it is', async () => {
    const { stdout, stderr } = await runEasel(place, ['prompt', 'optimize', 'a fox'], { environment: here() });
    expect(stdout).toBe('a fox\n');
    expect(stderr).toBe('easel: left as it was, 5 characters\n');
  });

  it('stops the model on Ctrl+C', async () => {
    fake.settings.answerMs = 20_000;
    const outcome = await runEasel(place, ['prompt', 'optimize', '-'], {
      environment: here(),
      input,
      onStart: (child) => {
        void until(() => fake.chats[0]?.state === 'writing').then(() => child.kill('SIGINT'));
      },
    });
    expect(outcome).toMatchObject({ code: 130, stdout: '', stderr: 'easel: Stopped.\n' });
    await until(() => fake.chats[0]?.state === 'closed');
  });
});

describe('easel ollama', () => {
  it('tells what is there, gets, tests and removes models', async () => {
    const run = async (...words: string[]) => {
      const { code, stdout, stderr } = await runEasel(place, ['ollama', ...words], { environment: here() });
      return { code, stdout, stderr };
    };
    expect((await run('status')).stdout).toBe(`Ollama 0.33.0 answers at ${fake.url} (from EASEL_OLLAMA_URL).\n`);
    expect((await run('models')).stdout).toMatch(/gpt-oss:20b +13\.8 GB +20\.9B MXFP4 +completion, tools, thinking/);
    const pulled = await run('pull', 'llama3.2');
    expect(pulled).toMatchObject({ code: 0, stdout: 'llama3.2 is there.\n' });
    expect(pulled.stderr).toMatch(/success {2}2\.0 GB of 2\.0 GB\n$/);
    expect((await run('test', 'llama3.2')).stdout).toMatch(/llama3\.2:latest: first words after .* tokens\/s/);
    expect((await run('remove', 'llama3.2')).stdout).not.toContain('llama');
    expect(await run('remove', 'llama3.2')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('not installed'),
    });
  });

  it('says what is wrong, and what to do', async () => {
    const run = (words: string[], environment: Record<string, string>) =>
      runEasel(place, ['ollama', ...words], { environment });
    expect((await run(['status'], nowhere)).stdout).toMatch(/^No Ollama answers at .* Start Ollama/);
    expect(await run(['models'], nowhere)).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/No Ollama answers/),
    });
    expect((await run(['status'], { EASEL_OLLAMA_URL: 'x y' })).stdout).toMatch(/EASEL_OLLAMA_URL is no address/);
    expect(await run(['pull', 'nothing'], here())).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/There is no model "nothing"/) as string,
    });
    fake.addFaults({ on: 'pull', kind: 'errorLine' });
    expect(await run(['pull', 'gemma3:4b'], here())).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/goes on where it stopped/) as string,
    });
  });

  it('stops a pull on Ctrl+C, which goes on the next time', async () => {
    fake.settings.pullMs = 20_000;
    const environment = here();
    const outcome = await runEasel(place, ['ollama', 'pull', 'llama3.2', '--quiet'], {
      environment,
      onStart: (child) => {
        const isPulling = () => fake.requests.some(({ path }) => path === '/api/pull');
        void until(isPulling).then(() => setTimeout(() => child.kill('SIGINT'), 1500));
      },
    });
    expect(outcome).toMatchObject({ code: 130, stderr: 'easel: Stopped. The same command goes on from here.\n' });
    fake.settings.pullMs = 10;
    expect((await runEasel(place, ['ollama', 'pull', 'llama3.2', '--quiet'], { environment })).code).toBe(0);
  });
});
