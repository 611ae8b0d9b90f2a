import { isContractProcedure } from '@orpc/contract';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rows } from '../../import-table.js';
import packageJson from '../../package.json' with { type: 'json' };
import { contract } from '../../src/shared/contract/contract.ts';
import type { OperationMeta } from '../../src/shared/contract/operation.ts';
import { ui } from '../../src/renderer/i18n/en/ui.ts';
import { errorTable } from '../../src/shared/errors.ts';
import { newPlace, runEasel } from '../run-easel.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
/** Those that ask for secrets are made by hand. */
const keyCommands = ['set', 'export', 'import', 'change-passphrase'].map((word) => `keys ${word}`);
/** Those that write files or take amounts in words. */
const moneyCommands = ['costs', 'budget set', 'prices set', 'prices reset'];
/** Those that read standard input, and take parts of settings in words. */
const promptCommands = ['analyse', 'optimize', 'resolve', 'save'].map((word) => `prompt ${word}`);
const routingCommands = ['routing change', 'routing limit'];
const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

describe('the words', () => {
  it('name every command that the program has, and no other', async () => {
    const place = newPlace();
    const listed = [...read('docs/command-line.md').matchAll(/^\| `easel ([a-z -]+?)(?: <\w+>)?` \|/gm)].map(
      ([, words]) => words,
    );
    const fromContract = Object.values(contract)
      .flatMap((subject): unknown[] => Object.values(subject))
      .flatMap((row) => (isContractProcedure(row) ? ((row['~orpc'].meta as OperationMeta).command ?? []) : []));
    expect(listed.sort()).toEqual(
      [
        ...fromContract,
        'generate',
        'route',
        'jobs resume',
        'library alt',
        'library rate',
        // It waits for the picture, which the operation does not.
        'providers test',
        'serve',
        'train',
        'training resume',
        ...keyCommands,
        ...moneyCommands,
        'ollama pull',
        ...promptCommands,
        ...routingCommands,
      ].sort(),
    );
    for (const words of listed) {
      const help = await runEasel(place, [...(words ?? '').split(' '), '--help']);
      expect(help.code, words).toBe(0);
      expect(help.stdout, words).toContain(`Usage: easel ${words ?? ''}`);
    }
    place.remove();
  });

  it('name every option of generate', async () => {
    const place = newPlace();
    const { stdout } = await runEasel(place, ['generate', '--help']);
    const page = read('docs/command-line.md');
    const options = [...stdout.matchAll(/^ {2}--([a-z]+)/gm)].map(([, name]) => name ?? '');
    expect(options.length).toBeGreaterThan(10);
    for (const option of options) expect(page, option).toContain(`\`--${option}`);
    place.remove();
  });

  it('name every exit code that the error table has', () => {
    const listed = [...read('docs/command-line.md').matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
    const real = new Set([0, ...Object.values(errorTable).map(({ exitCode }) => exitCode)]);
    expect(listed.sort((left, right) => left - right)).toEqual([...real].sort((left, right) => left - right));
  });

  it('draw the map as the import table is', () => {
    const map = [...read('README.md').matchAll(/^\| (\w+) \| ((?:`[\w./-]+` ?)+)\|/gm)];
    const drawn: Record<string, string[]> = Object.fromEntries(
      map.map(([, name = '', files]) => [
        name,
        [...(files ?? '').matchAll(/`([^`]+)`/g)].map(([, file = '']) => file.replace(/\/$/, '')),
      ]),
    );
    for (const row of rows) {
      const there = row.paths
        .filter((path) => existsSync(join(root, path)))
        .map((path) => path.replace('src/main/', ''));
      expect(drawn[row.name]?.slice().sort(), row.name).toEqual(there.sort());
    }
  });

  it('name each strategy as the interface does', () => {
    const named = [...read('docs/routing.md').matchAll(/^\| `(\w+)` \| ([A-Z][a-z ]+) \|/gm)].map(([, id, name]) => [
      id,
      name,
    ]);
    expect(named).toEqual(Object.entries(ui.strategies).map(([id, { name }]) => [id, name]));
  });

  it('name only npm scripts that exist', () => {
    const named = pages.flatMap((page) => [...read(page).matchAll(/npm run ([\w:]+)/g)].map(([, script]) => script));
    for (const script of named) expect(Object.keys(packageJson.scripts)).toContain(script);
  });

  it('link to files and pictures that are there', () => {
    for (const page of pages) {
      for (const [, target = ''] of read(page).matchAll(/\]\(([^)#\s]+)/g)) {
        if (/^https?:/.test(target)) continue;
        expect(existsSync(resolve(root, dirname(page), target)), `${page} → ${target}`).toBe(true);
      }
    }
  });
});
