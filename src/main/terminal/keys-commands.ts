import type { Command } from 'commander';
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text as readAll } from 'node:stream/consumers';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import { findCredential, findManifest } from '../keys/credentials.ts';
import { commandFor } from './contract-commands.ts';
import { lines } from './human-lines.ts';
import { askSecret } from './keys-ask.ts';
import { passphrases, readNewPassphrase, readPassphrase } from './keys-passphrase.ts';
import { openKeyStorage, unlock } from './keys-unlock.ts';
import { snakeCase } from './snake-case.ts';
import { createTerminalApp, globalOptions, type GlobalOptions } from './with-app.ts';

/** The commands that ask for secrets, or read and write files; `keys list`, `remove` and `test` are the contract's own. */
export function addKeys(program: Command): void {
  addSet(program);
  addExport(program);
  addImport(program);
  addChangePassphrase(program);
}

function addSet(program: Command): void {
  const command = commandFor(program, ['keys', 'set'])
    .description('Set a key; its value is read from standard input, or asked for without being shown')
    .argument('<provider>', 'Whose key it is (easel keys list names them)')
    .argument('[field]', 'Which one; the first secret one when it is left out')
    // A key that was written here by mistake must not come back in a message.
    .allowUnknownOption()
    .allowExcessArguments();
  command.action(async (provider: string, field: string | undefined) => {
    const globals = globalOptions(command);
    await withKeys(globals, async (app) => {
      const manifests = app.providers.list().map(({ manifest }) => manifest);
      const manifest = findManifest(manifests, provider);
      const fields = manifest.credentials.map((credential) => credential.field);
      if (command.args.length > 2 || (field !== undefined && !fields.includes(field)))
        throw keyOnCommandLine(fields, manifest.keysUrl);
      const credential = findCredential(manifest, field);
      await openKeyStorage(app);
      await app.keys.set(
        provider,
        credential.field,
        await readValue(`${manifest.name}, ${credential.label} (not shown): `),
      );
      const credentials = app.keys.status(provider);
      print(globals, 'keys remove', { provider, credentials });
      const variable = credentials.find((status) => status.field === credential.field)?.variable ?? null;
      if (variable !== null && !globals.quiet)
        process.stderr.write(`note: it is stored, but ${variable} is set and is used as long as it is.\n`);
    });
  });
}

function addExport(program: Command): void {
  const command = commandFor(program, ['keys', 'export'])
    .description('Write all stored keys to a bundle that is locked with a passphrase of its own')
    .argument('[file]', 'Where to; standard output when it is left out');
  command.action(async (file: string | undefined) => {
    const globals = globalOptions(command);
    await withKeys(globals, async (app) => {
      await unlock(app);
      const bundle = await app.keys.exportBundle(await readNewPassphrase(passphrases.newBundle));
      if (file === undefined) {
        process.stdout.write(globals.json ? `${JSON.stringify({ bundle })}\n` : bundle);
        return;
      }
      const path = resolve(file);
      await writeFile(path, bundle, { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
        const message = `The bundle can't be written to ${path}. Choose a name that is not taken, in a folder you can write to.`;
        throw new AppError('badInput', message, {}, { cause: error });
      });
      print(globals, 'keys export', { file: path });
    });
  });
}

function addImport(program: Command): void {
  const command = commandFor(program, ['keys', 'import'])
    .description('Take over the keys of a bundle; they replace those that are stored')
    .argument('[file]', 'The bundle; standard input when it is left out');
  command.action(async (file: string | undefined) => {
    const globals = globalOptions(command);
    const bundle = file === undefined ? await readAll(process.stdin) : await readBundle(resolve(file));
    await withKeys(globals, async (app) => {
      const passphrase = await readPassphrase(passphrases.bundle);
      await openKeyStorage(app);
      print(globals, 'keys import', await app.keys.importBundle(bundle, passphrase));
    });
  });
}

function addChangePassphrase(program: Command): void {
  const command = commandFor(program, ['keys', 'change-passphrase']).description('Change the passphrase of the vault');
  command.action(async () => {
    const globals = globalOptions(command);
    await withKeys(globals, async (app) => {
      await app.keys.refresh();
      if (app.keys.state().storage !== 'vault')
        throw new AppError('wrongState', 'There is no vault with a passphrase yet.');
      const passphrase = await readPassphrase(passphrases.vault);
      await app.keys.changePassphrase(passphrase, await readNewPassphrase(passphrases.changedVault));
      print(globals, 'keys change-passphrase', app.keys.state());
    });
  });
}

async function withKeys(globals: GlobalOptions, work: (app: App) => Promise<void>): Promise<void> {
  const app = createTerminalApp(globals, 'read');
  try {
    await work(app);
  } finally {
    await app.close();
  }
}

function print(globals: GlobalOptions, words: string, answer: unknown): void {
  process.stdout.write(`${globals.json ? JSON.stringify(snakeCase(answer)) : lines(words, answer).join('\n')}\n`);
}

/** Typed where a person sits, else the first line of standard input. */
async function readValue(question: string): Promise<string> {
  if (process.stdin.isTTY) {
    const typed = await askSecret(question);
    if (typed !== null) return typed;
  }
  for await (const line of createInterface({ input: process.stdin })) return line;
  throw new AppError(
    'badInput',
    'No key came on standard input. Pipe it in, or run this in a terminal, where Easel asks for it.',
  );
}

async function readBundle(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new AppError(
      'badInput',
      `The bundle ${path} can't be read. Check the path and its permissions.`,
      {},
      { cause: error },
    );
  }
}

/** Never says what was written: it may be the key. */
function keyOnCommandLine(fields: readonly string[], keysUrl: string | null): AppError {
  const known = fields.length === 0 ? 'This provider needs no key.' : `The fields are: ${fields.join(', ')}.`;
  const remedy = keysUrl === null ? 'make a new one' : `make a new one at ${keysUrl}`;
  return new AppError(
    'badInput',
    `There is no such field. ${known} If that was a key: keys are read from standard input, never from the command line. Your shell's history has seen this one, so ${remedy}.`,
  );
}
