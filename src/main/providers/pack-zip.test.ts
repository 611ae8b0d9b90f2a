import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packZip } from './pack-zip.ts';

const files = [
  { name: '001.png', bytes: Buffer.from('the first picture') },
  { name: 'Möwe.jpg', bytes: Buffer.from([0, 1, 2, 255]) },
  { name: 'empty.txt', bytes: Buffer.alloc(0) },
];

/** Whether Info-ZIP is on this machine. */
function hasUnzip(): boolean {
  try {
    execFileSync('unzip', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('packZip', () => {
  it('ends in a directory that leads to each file', () => {
    const archive = packZip(files);
    const end = archive.length - 22;
    expect(archive.toString('latin1', end, end + 4)).toBe('PK\x05\x06');
    expect(archive.readUInt16LE(end + 10)).toBe(3);
    let at = archive.readUInt32LE(end + 16);
    expect(at + archive.readUInt32LE(end + 12)).toBe(end);
    for (const { name, bytes } of files) {
      expect(archive.toString('latin1', at, at + 4)).toBe('PK\x01\x02');
      expect(archive.readUInt32LE(at + 16)).toBe(crc32(bytes));
      const nameLength = archive.readUInt16LE(at + 28);
      expect(archive.toString('utf8', at + 46, at + 46 + nameLength)).toBe(name);
      const start = archive.readUInt32LE(at + 42) + 30 + nameLength;
      expect(archive.subarray(start, start + bytes.length).equals(bytes)).toBe(true);
      at += 46 + nameLength;
    }
  });

  it('makes the same archive of the same files', () => {
    expect(packZip(files).equals(packZip(files))).toBe(true);
  });

  it.runIf(hasUnzip())('makes what another program unpacks', () => {
    const folder = mkdtempSync(join(tmpdir(), 'easel-zip-'));
    try {
      writeFileSync(join(folder, 'a.zip'), packZip(files));
      execFileSync('unzip', ['-q', 'a.zip'], { cwd: folder });
      expect(readFileSync(join(folder, '001.png')).equals(files[0]?.bytes ?? Buffer.alloc(0))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
