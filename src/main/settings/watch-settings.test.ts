import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchSettings } from './watch-settings.ts';

let folder: string;
let stop: () => void = () => undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'easel-watch-'));
});
afterEach(() => {
  stop();
  rmSync(folder, { recursive: true, force: true });
});

/** As settings are written: beside the file, and then put in its place. */
function write(text: string): void {
  writeFileSync(join(folder, 'settings.json.new'), text);
  renameSync(join(folder, 'settings.json.new'), join(folder, 'settings.json'));
}

describe('watching the settings', () => {
  it('tells of each time they are written, the first and later ones, and of nothing else in the folder', async () => {
    const onChange = vi.fn();
    stop = watchSettings(folder, onChange);
    writeFileSync(join(folder, 'accounts.db'), 'x');
    await sleep(100);
    expect(onChange).not.toHaveBeenCalled();
    for (const times of [1, 2]) {
      write(`{"theme":"${times}"}`);
      await vi.waitFor(() => {
        expect(onChange.mock.calls.length).toBeGreaterThanOrEqual(times);
      }, 5_000);
    }
  });

  it('tells nothing once it is stopped', async () => {
    const onChange = vi.fn();
    watchSettings(folder, onChange)();
    write('{}');
    await sleep(100);
    expect(onChange).not.toHaveBeenCalled();
  });
});
