import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const out = join(import.meta.dirname, '..', '..', 'out');
const scripts = (folder: string): { name: string; text: string }[] =>
  readdirSync(join(out, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[cm]?js$/.test(name))
    .map((name) => ({ name: join(folder, name), text: readFileSync(join(out, folder, name), 'utf8') }));

/** Each way to load a module, with the module's name in quotation marks. */
const electronLoads = /(from|import|require|require\.resolve)\s*\(?\s*["'`]electron(-store)?(\/[\w-]+)?["'`]/;
const loads = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["'`]([^"'`]+)["'`]/g;

describe('the built bundles', () => {
  it('recognise a load of electron in every spelling', () => {
    for (const text of ['from "electron"', "require('electron')", 'import("electron/main")', 'import "electron-store"'])
      expect(text).toMatch(electronLoads);
  });

  it('leave Electron out of `easel`', () => {
    const files = scripts('easel');
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter(({ text }) => electronLoads.test(text)).map(({ name }) => name)).toEqual([]);
  });

  it('keep workers from loading an entry, which would start the program again inside of them', () => {
    for (const folder of ['easel', 'main']) {
      const workers = scripts(folder).filter(({ name }) => name.endsWith('-worker.js'));
      expect(workers.length).toBeGreaterThan(0);
      for (const { name, text } of workers) expect(text, name).not.toMatch(/["'`]\.\/(index|cli)\.js["'`]/);
    }
  });

  it('make one CommonJS file of the preload, which requires nothing but electron', () => {
    expect(readdirSync(join(out, 'preload'))).toEqual(['index.cjs']);
    const [preload] = scripts('preload');
    const names = [...preload!.text.matchAll(loads)].map(([, name]) => name);
    expect(names).toEqual(['electron']);
    expect(preload!.text).not.toMatch(/^\s*(import|export)\b/m);
  });
});
