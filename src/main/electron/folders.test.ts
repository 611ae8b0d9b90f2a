import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseFolders, prepareFolders } from './folders.ts';

const usual = { usualDataFolder: resolve('/usual/data'), usualLibraryFolder: resolve('/usual/pictures') };

describe('chooseFolders', () => {
  it('takes the usual folders where nothing is said', () => {
    expect(chooseFolders({ words: ['.'], environment: {}, ...usual })).toEqual({
      dataFolder: usual.usualDataFolder,
      browserFolder: join(usual.usualDataFolder, 'browser'),
      libraryFolder: null,
      usualLibraryFolder: usual.usualLibraryFolder,
    });
  });

  it('lets the command line win over the environment', () => {
    const environment = { EASEL_DATA: '/environment/data', EASEL_LIBRARY: '/environment/library' };
    const words = ['--data', '/given/data', '--library=/given/library'];
    const folders = chooseFolders({ words, environment, ...usual });
    expect(folders.dataFolder).toBe(resolve('/given/data'));
    expect(folders.libraryFolder).toBe(resolve('/given/library'));
  });

  it('keeps everything together in a data folder of one’s own', () => {
    const folders = chooseFolders({ words: [], environment: { EASEL_DATA: '/mine' }, ...usual });
    expect(folders.usualLibraryFolder).toBe(join(resolve('/mine'), 'library'));
  });

  it('is not confused by what Electron and Chromium have on the command line', () => {
    const words = [
      '--inspect=0',
      '-r',
      'loader.js',
      '--remote-debugging-port=0',
      '.',
      '--data',
      'mine',
      '--no-sandbox',
    ];
    expect(chooseFolders({ words, environment: {}, ...usual }).dataFolder).toBe(resolve('mine'));
  });

  it('ignores a folder without a name', () => {
    const folders = chooseFolders({ words: ['--library='], environment: { EASEL_DATA: '' }, ...usual });
    expect(folders.dataFolder).toBe(usual.usualDataFolder);
    expect(folders.libraryFolder).toBeNull();
  });
});

describe('prepareFolders', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'easel-folders-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const at = (dataFolder: string) => chooseFolders({ words: ['--data', dataFolder], environment: {}, ...usual });

  it('says that a damaged settings file was set aside', () => {
    writeFileSync(join(root, 'settings.json'), '{ "theme": ');
    expect(prepareFolders(at(root))).toEqual([expect.stringContaining('set aside')]);
  });

  it('explains a data folder that can not be made', () => {
    writeFileSync(join(root, 'file'), '');
    expect(() => prepareFolders(at(join(root, 'file', 'data')))).toThrow(
      expect.objectContaining({ code: 'libraryNotWritable' }) as Error,
    );
  });
});
