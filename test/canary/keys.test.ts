import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { providerKinds } from '../../src/main/providers/registry.ts';
import { addressOf, credentialsOf } from '../fake-environment.ts';
import { allFakes } from '../fakes/all-fakes.ts';
import type { Fake } from '../fakes/kit/fake-types.ts';
import { startFake } from '../fakes/kit/start-fake.ts';
import { startComfyuiSubject } from '../provider-kit/comfyui-subject.ts';
import { makeInput } from '../provider-kit/requests.ts';
import { cheapPassphrases, neverLeaveAlone, newPlace, runEasel, type Place } from '../run-easel.ts';
import { startServe } from '../server/start-serve.ts';
import { exerciseProvider, quoting, type Inputs, type Tried } from './exercise-provider.ts';
import { filesBelow, findSecrets, formsOf, type Evidence, type Secret } from './find-secrets.ts';
import { recordedClient, type RecordedClient } from './recorded-client.ts';

const options = { stepMs: 3, largestSide: 64 };
const passphrase = 'canary-passphrase-of-the-vault';
const bundlePassphrase = 'canary-passphrase-of-the-bundle';
/** ComfyUI has no key, but its address may hold a password. */
const addressPassword = 'canary-password-in-the-address';
const wrongEnding = 'WRONG';

/** A service with the credentials that belong into the vault or into the environment. */
interface Stand {
  readonly id: string;
  readonly fake: Fake;
  readonly inVault: boolean;
  readonly secrets: readonly Secret[];
}

let place: Place;
let stands: readonly Stand[];
let environment: Record<string, string>;
let secrets: readonly Secret[];

beforeAll(async () => {
  place = newPlace();
  const known = allFakes.filter(({ id }) => providerKinds.some(({ manifest }) => manifest.id === id));
  stands = await Promise.all(
    known.map(async (definition, at) => {
      const fake = await startFake(definition, options);
      return { id: fake.id, fake, inVault: at % 2 === 0, secrets: secretsOf(fake) };
    }),
  );
  const comfyui = await startComfyuiSubject(options);
  const own: Secret = { name: 'comfyui address', value: addressPassword };
  stands = [...stands, { id: 'comfyui', fake: comfyui, inVault: false, secrets: [own] }];
  const temporary = join(place.data, 'temporary');
  mkdirSync(temporary, { recursive: true });
  environment = {
    TMPDIR: temporary,
    ...cheapPassphrases,
    ...Object.assign({}, ...stands.map(({ fake }) => addressOf(fake))),
    ...Object.assign({}, ...stands.filter(({ inVault }) => !inVault).map(({ fake }) => credentialsOf(fake))),
    ...addressOf({ id: 'comfyui', url: withPassword(comfyui.url) }),
  };
  secrets = [
    ...stands.flatMap((stand) => stand.secrets),
    { name: 'passphrase', value: passphrase },
    { name: 'passphrase of the bundle', value: bundlePassphrase },
  ];
});
afterAll(async () => {
  for (const { fake } of stands) await fake.close();
  place.remove();
});

/** A key that the service takes, and one that it does not. */
function secretsOf({ id, keys }: Fake): Secret[] {
  const credentials = providerKinds.find(({ manifest }) => manifest.id === id)?.manifest.credentials ?? [];
  return credentials.flatMap(({ field, isSecret }) => {
    const value = keys[field];
    if (!isSecret || value === undefined) return [];
    return [
      { name: `${id} ${field}`, value },
      { name: `${id} wrong ${field}`, value: wrongKey(value) },
    ];
  });
}

function wrongKey(value: string): string {
  return `${value.slice(0, -wrongEnding.length)}${wrongEnding}`;
}

function withPassword(address: string): string {
  const url = new URL(address);
  url.username = 'easel';
  url.password = addressPassword;
  return url.href;
}

/** What a service can repeat: the keys that it was given, not others. */
function given({ fake, secrets: own }: Stand): string[] {
  const values = Object.values(fake.keys);
  return own.map(({ value }) => value).filter((value) => values.includes(value) || value === addressPassword);
}

async function upload(client: RecordedClient, seed: number): Promise<string> {
  const { bytes } = await makeInput(seed);
  const answer = await client.get('/inputs', { method: 'POST', body: new Uint8Array(bytes) });
  return (JSON.parse(answer.bytes.toString()) as { id: string }).id;
}

/** Enters a key that is wrong, hears that it is, and enters the right one. */
async function enterKeys({ id, fake, secrets: own }: Stand, client: RecordedClient): Promise<void> {
  const credentials = providerKinds.find(({ manifest }) => manifest.id === id)?.manifest.credentials ?? [];
  const set = async (field: string, value: string, forSession: boolean): Promise<void> => {
    const { status, answer } = await client.call('keys/set', { provider: id, field, value, forSession });
    if (status !== 200) throw new Error(`${id}: ${JSON.stringify(answer)}`);
  };
  const values = credentials.flatMap(({ field, isSecret }) => {
    const value = fake.keys[field];
    return value === undefined ? [] : [{ field, isSecret, value }];
  });
  for (const { field, isSecret, value } of values) if (isSecret) await set(field, wrongKey(value), true);
  await client.call('keys/test', { provider: id });
  const wrong = own.map(({ value }) => value).filter((value) => value.endsWith(wrongEnding));
  fake.addFault({ on: 'free', kind: 'status', status: 401, times: 1, json: quoting(wrong) });
  await client.call('keys/test', { provider: id });
  fake.clearFaults();
  for (const { field, value } of values) await set(field, value, false);
}

/** Asks for everything that an interface may ask for. */
async function readEverything(client: RecordedClient): Promise<void> {
  for (const operation of ['keys/state', 'keys/list', 'jobs/queue', 'settings/get', 'system/info'])
    await client.call(operation);
  await client.call('providers/list', { check: true });
  await client.call('jobs/list', { limit: 500 });
  const { answer } = await client.call<{ images: { id: string; sha256: string; sequence: number }[] }>('library/list', {
    limit: 500,
  });
  for (const { id, sha256 } of answer.images) {
    await client.call('library/image', { id });
    await client.get(`/images/${id}`);
    await client.get(`/thumbnails/${sha256}/medium.webp?id=${id}`);
  }
  const trashed = answer.images.slice(0, 10).map(({ id }) => id);
  await client.call('library/trash', { ids: trashed });
  await client.call('library/verify', {});
  const page = await client.get('/');
  for (const [, path] of page.bytes.toString().matchAll(/(?:src|href)="([^"]+)"/g)) await client.get(path!);
}

async function manageKeys({ id, secrets: own }: Stand, client: RecordedClient): Promise<void> {
  const { answer } = await client.call<{ bundle: string }>('keys/export', { passphrase: bundlePassphrase });
  expect(answer.bundle).toContain('BEGIN AGE ENCRYPTED FILE');
  await client.call('keys/remove', { provider: id });
  const imported = await client.call<{ imported: unknown[] }>('keys/import', {
    bundle: answer.bundle,
    passphrase: bundlePassphrase,
  });
  expect(imported.answer.imported.length).toBeGreaterThan(0);
  const [{ value } = { value: '' }] = own;
  // In all the wrong places.
  await client.call('keys/set', { provider: value, value });
  await client.call('keys/set', { provider: id, field: value, value });
  await client.call('keys/set', { provider: id, value: `${value} and more` });
  await client.call('keys/set', { provider: id, value: { value } });
  await client.call('keys/unlock', { passphrase: 'not the passphrase' });
  await client.call('keys/import', { bundle: answer.bundle, passphrase });
  await client.call('keys/lock');
  await client.call('keys/test', { provider: id });
  await client.call('keys/unlock', { passphrase });
}

/** What must have come to pass, or the search has looked at nothing. */
function expectTried(all: ReadonlyMap<string, readonly Tried[]>): void {
  const succeeded = ['succeeded', 'ready'];
  for (const { id, fake } of stands) {
    const tried = all.get(id) ?? [];
    const pictures = tried.filter(({ state }) => succeeded.includes(state));
    expect(pictures.length, `${id}: ${JSON.stringify(tried)}`).toBeGreaterThan(1);
    const failures = tried.filter(({ state }) => !succeeded.includes(state));
    expect(failures.length, `${id}: ${JSON.stringify(tried)}`).toBeGreaterThan(id === 'comfyui' ? 1 : 6);
    expect(fake.charges.length, id).toBeGreaterThan(1);
  }
}

describe('a key', () => {
  it('is nowhere but in the vault, encrypted, whatever services and users do', { timeout: 300_000 }, async () => {
    neverLeaveAlone(place);
    const served = await startServe(place, { environment });
    const client = recordedClient(served);
    const tried = new Map<string, readonly Tried[]>();
    let whileRunning: Evidence[] = [];
    try {
      await client.listen();
      await client.call('keys/usePassphrase', { passphrase });
      const inVault = stands.filter((stand) => stand.inVault);
      for (const stand of inVault) await enterKeys(stand, client);
      const inputs: Inputs = { image: await upload(client, 1), mask: await upload(client, 2) };
      await Promise.all(
        stands.map(async (stand) => {
          const { id, fake } = stand;
          tried.set(id, await exerciseProvider({ id, fake, repeated: given(stand) }, client, inputs));
        }),
      );
      await manageKeys(inVault[0]!, client);
      await readEverything(client);
      whileRunning = [...filesBelow(place.library), ...filesBelow(place.data)];
    } finally {
      await client.stop();
      const { stdout, stderr } = await served.stop();
      whileRunning.push({ place: 'the output of serve', bytes: Buffer.from(`${stdout}\n${stderr}`) });
    }
    const files = [...filesBelow(place.library), ...filesBelow(place.data)];
    expectTried(tried);
    expect(client.eventCount()).toBeGreaterThan(100);
    expect(files.map(({ place: path }) => path)).toContain(join(place.data, 'keys.age'));
    expect(findSecrets([...whileRunning, ...files, ...client.evidence()], secrets)).toEqual([]);
  });

  it('is not in the words of the terminal', { timeout: 120_000 }, async () => {
    const outputs: Evidence[] = [];
    const run = async (words: readonly string[], more: Record<string, string> = {}, input = ''): Promise<string> => {
      const outcome = await runEasel(place, words, {
        environment: { ...environment, EASEL_PASSPHRASE: passphrase, ...more },
        input,
      });
      const text = `${outcome.stdout}\n${outcome.stderr}`;
      outputs.push({ place: `easel ${words[0]} ${words[1] ?? ''}`, bytes: Buffer.from(text) });
      return text;
    };
    expect(await run(['keys', 'list', '--json'])).toContain('"is_locked":false');
    await run(['keys', 'list'], { EASEL_PASSPHRASE: secrets[0]!.value });
    expect(await run(['providers', '--json', '--check'])).toContain('"ready"');
    await run(['keys', 'export'], { EASEL_BUNDLE_PASSPHRASE: bundlePassphrase });
    // One from the environment, the others from the vault; one answers at once, the others are asked again.
    const some = stands.filter(({ id }) => ['openai', 'bfl', 'fal', 'automatic1111', 'comfyui'].includes(id));
    for (const stand of some) {
      const json = quoting(given(stand));
      if (stand.id !== 'comfyui') stand.fake.addFault({ on: 'free', kind: 'status', status: 401, times: 1, json });
      await run(['keys', 'test', stand.id]);
      stand.fake.clearFaults();
      stand.fake.addFault({ on: 'pay', kind: 'status', status: 400, times: 1, json });
      expect(await run(['generate', 'a lighthouse', '--provider', stand.id])).toMatch(/easel: ./);
      stand.fake.clearFaults();
    }
    const [{ value }] = secrets as readonly [Secret];
    await run(['keys', 'set', stands[0]!.id, value]);
    await run(['keys', 'set', stands[0]!.id], {}, `${value}\n`);
    await run(['jobs', 'list', '--json']);
    const files = [...filesBelow(place.library), ...filesBelow(place.data)];
    expect(findSecrets([...outputs, ...files], secrets)).toEqual([]);
  });
});

describe('the search', () => {
  const secret: Secret = { name: 'control', value: 'control"key/with+all&signs-0123456789' };

  it('finds a key that was planted in a file, in each of its forms', () => {
    const folder = join(place.data, 'planted');
    for (const [form, bytes] of formsOf(secret.value)) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'file'), Buffer.concat([Buffer.from([0, 255]), bytes, Buffer.from([255, 0])]));
      const found = findSecrets(filesBelow(place.data), [secret]);
      expect(found.map((finding) => finding.form)).toContain(form);
      rmSync(folder, { recursive: true });
    }
    expect(findSecrets(filesBelow(place.data), [secret])).toEqual([]);
  });

  it('finds it wherever it stands in a Base64 text, and in the name of a file', () => {
    for (const before of ['', 'a', 'ab', 'abc']) {
      const bytes = Buffer.from(Buffer.from(`${before}${secret.value} and more`).toString('base64'));
      expect(findSecrets([{ place: 'here', bytes }], [secret])).not.toEqual([]);
    }
    expect(findSecrets([{ place: `/log-${secret.value}`, bytes: Buffer.alloc(0) }], [secret])).toMatchObject([
      { place: 'the name of a file', form: 'clear' },
    ]);
  });
});
