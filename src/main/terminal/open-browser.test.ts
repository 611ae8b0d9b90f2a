import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openBrowser } from './open-browser.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'easel-browser-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it.runIf(process.platform === 'linux')(
  'hands its own environment on, but not where Easel keeps what it compiled',
  async () => {
    const seen = join(folder, 'seen');
    const script = `#!/bin/sh\n{ echo "$1"; /usr/bin/env; echo end; } > "${seen}"\n`;
    writeFileSync(join(folder, 'xdg-open'), script, { mode: 0o755 });
    openBrowser('http://127.0.0.1:1/', { PATH: folder, DISPLAY: ':7', NODE_COMPILE_CACHE: '/easel/compiled' });
    const lines = await vi.waitFor(() => {
      const read = readFileSync(seen, 'utf8').trim().split('\n');
      expect(read.at(-1)).toBe('end');
      return read;
    });
    expect(lines).toContain('http://127.0.0.1:1/');
    expect(lines).toContain('DISPLAY=:7');
    expect(lines.join('\n')).not.toContain('NODE_COMPILE_CACHE');
  },
);
