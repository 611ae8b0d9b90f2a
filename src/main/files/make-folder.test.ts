import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from './make-folder.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-folder-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('makeFolder', () => {
  it('makes all folders on the way, and may be repeated', () => {
    const path = join(root, 'a', 'b', 'c');
    expect(makeFolder(path)).toEqual([join(root, 'a'), join(root, 'a', 'b'), path]);
    expect(makeFolder(path)).toEqual([]);
    expect(statSync(path).isDirectory()).toBe(true);
  });

  it('refuses a path that leads through a file', () => {
    writeFileSync(join(root, 'file'), '');
    expect(() => {
      makeFolder(join(root, 'file', 'folder'));
    }).toThrow(/EEXIST|ENOTDIR/);
    expect(() => {
      makeFolder(join(root, 'file'));
    }).toThrow('EEXIST');
  });

  it.runIf(existsSync('/proc/self'))('comes back where a file system refuses every new folder', () => {
    expect(() => {
      makeFolder('/proc/no-such-folder/inside');
    }).toThrow('ENOENT');
  });
});
