import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import { asFileProblem } from './file-problem.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const nodeError = (code: string): Error => Object.assign(new Error(`${code}: made up`), { code });
const failure = async (path: string): Promise<unknown> => readFile(path).catch((error: unknown) => error);

describe('asFileProblem', () => {
  it.each<[string, ErrorCode]>([
    ['ENOSPC', 'diskFull'],
    ['EDQUOT', 'diskFull'],
    ['EROFS', 'libraryNotWritable'],
    ['EACCES', 'libraryNotWritable'],
    ['EPERM', 'libraryNotWritable'],
    ['ENODEV', 'libraryMissing'],
    ['EIO', 'libraryMissing'],
    ['ENXIO', 'libraryMissing'],
    ['EMFILE', 'internal'],
    ['ENFILE', 'internal'],
    ['EBUSY', 'internal'],
    ['EWHATEVER', 'internal'],
  ])('calls %s %s and names the folder', (nodeCode, code) => {
    const problem = asFileProblem(nodeError(nodeCode), root);
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(root);
    expect(problem.message).not.toContain('made up');
    expect(problem.details).toEqual({ cause: nodeCode });
  });

  it('says that the library is missing when its folder is gone', async () => {
    const gone = join(root, 'gone');
    expect(asFileProblem(await failure(join(gone, 'pending', 'a.png')), gone).code).toBe('libraryMissing');
  });

  it('says that a file is missing when the library is there', async () => {
    expect(asFileProblem(await failure(join(root, 'pending', 'a.png')), root).code).toBe('notFound');
  });

  it('leaves an error alone that is already in the words of Easel', () => {
    const problem = new AppError('badInput', 'Something else.');
    expect(asFileProblem(problem, root)).toBe(problem);
  });

  it('keeps what happened for the log', () => {
    const cause = nodeError('EIO');
    expect(asFileProblem(cause, root).cause).toBe(cause);
    expect(asFileProblem('a thrown string', root).code).toBe('internal');
  });
});
