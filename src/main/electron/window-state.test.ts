import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reachableBounds, readWindowState, smallestWindow, writeWindowState } from './window-state.ts';

const left = { x: 0, y: 0, width: 1920, height: 1040 };
const right = { x: 1920, y: 0, width: 2560, height: 1400 };
const bounds = { x: 2000, y: 80, width: 1300, height: 900 };

describe('window state', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'easel-window-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('reads what it wrote', () => {
    const state = { bounds, isMaximised: true, isFullScreen: false };
    writeWindowState(folder, state);
    expect(readWindowState(folder)).toEqual(state);
  });

  it('knows nothing before the first time', () => {
    expect(readWindowState(folder)).toBeNull();
  });

  it('takes any damaged file for none', () => {
    const path = join(folder, 'window.json');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.json().map((bad) => `{"bounds":${bad}}`),
        ),
        (text) => {
          writeFileSync(path, text);
          const state = readWindowState(folder);
          expect(state === null || Object.values(state.bounds).every(Number.isInteger)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
    writeFileSync(path, '{"bounds":{"x":0,"y":0,"width":"wide","height":900}}');
    expect(readWindowState(folder)).toBeNull();
  });
});

describe('reachableBounds', () => {
  it('restores a window where it was', () => {
    expect(reachableBounds(bounds, [left, right])).toEqual(bounds);
  });

  it('gives up bounds on a display that is gone', () => {
    expect(reachableBounds(bounds, [left])).toBeNull();
  });

  it('gives up bounds whose title bar is above or below every display', () => {
    expect(reachableBounds({ ...bounds, y: -400 }, [left, right])).toBeNull();
    expect(reachableBounds({ ...bounds, y: 1399 }, [left, right])).toBeNull();
  });

  it('makes a window no larger than its display and no smaller than its smallest', () => {
    expect(reachableBounds({ x: 10, y: 10, width: 5000, height: 4000 }, [left])).toMatchObject({
      width: 1920,
      height: 1040,
    });
    expect(reachableBounds({ x: 10, y: 10, width: 300, height: 200 }, [left])).toMatchObject(smallestWindow);
  });

  it('never answers with bounds that can not be dragged', () => {
    const number = fc.integer({ min: -10_000, max: 10_000 });
    const size = fc.integer({ min: 1, max: 8000 });
    fc.assert(
      fc.property(fc.record({ x: number, y: number, width: size, height: size }), (saved) => {
        const found = reachableBounds(saved, [left]);
        if (!found) return;
        expect(found.x + found.width).toBeGreaterThanOrEqual(100);
        expect(found.x).toBeLessThanOrEqual(left.width - 100);
        expect(found.y).toBeLessThan(left.height);
        expect(found.y + 32).toBeGreaterThan(0);
      }),
    );
  });
});
