import type { Rectangle } from 'electron';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How the window stood: its bounds when it is neither maximised nor full screen, in pixels of the desktop. */
export interface WindowState {
  readonly bounds: Rectangle;
  readonly isMaximised: boolean;
  readonly isFullScreen: boolean;
}

export const smallestWindow = { width: 900, height: 600 } as const;

/** What must be within reach of the mouse to drag a window: a part of its title bar this large. */
const grip = { width: 100, height: 20, titleBar: 32 } as const;

const fileName = 'window.json';

/** How the window stood last; null where that isn't known or can't be read: it is worth no error. */
export function readWindowState(dataFolder: string): WindowState | null {
  try {
    return asWindowState(JSON.parse(readFileSync(join(dataFolder, fileName), 'utf8')));
  } catch {
    // No file yet, or a damaged one: the window then opens at its usual place, and writes a good one.
    return null;
  }
}

/** Throws where the file can't be written. */
export function writeWindowState(dataFolder: string, state: WindowState): void {
  const path = join(dataFolder, fileName);
  writeFileSync(`${path}.part`, JSON.stringify(state));
  renameSync(`${path}.part`, path);
}

/** The bounds to restore: as saved while the title bar is still on a display, and no larger than that display; null otherwise. */
export function reachableBounds({ x, y, ...saved }: Rectangle, workAreas: readonly Rectangle[]): Rectangle | null {
  for (const area of workAreas) {
    const width = Math.max(smallestWindow.width, Math.min(saved.width, area.width));
    const height = Math.max(smallestWindow.height, Math.min(saved.height, area.height));
    const isInReach =
      overlap(x, width, area.x, area.width) >= grip.width &&
      overlap(y, grip.titleBar, area.y, area.height) >= grip.height;
    if (isInReach) return { x, y, width, height };
  }
  return null;
}

function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
}

function asWindowState(value: unknown): WindowState | null {
  if (!isRecord(value) || !isRecord(value.bounds)) return null;
  const { x, y, width, height } = value.bounds;
  if (!isWhole(x) || !isWhole(y) || !isWhole(width) || !isWhole(height) || width <= 0 || height <= 0) return null;
  return {
    bounds: { x, y, width, height },
    isMaximised: value.isMaximised === true,
    isFullScreen: value.isFullScreen === true,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Electron takes 32-bit whole numbers and throws at anything else. */
function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31;
}
