/** How fast something moves, in pixels a second, forgetting within about a tenth of a second. Negative going up. */
export interface ScrollSpeed {
  moved(byPixels: number, nowMs: number): number;
  stop(): void;
  current(): number;
}

const memoryMs = 60;

export function createScrollSpeed(): ScrollSpeed {
  let speed = 0;
  let lastMs: number | null = null;
  return {
    moved(byPixels, nowMs) {
      const elapsedMs = lastMs === null ? memoryMs : Math.max(1, nowMs - lastMs);
      lastMs = nowMs;
      const weight = Math.min(1, elapsedMs / memoryMs);
      speed += (byPixels * (1000 / elapsedMs) - speed) * weight;
      return speed;
    },
    stop() {
      speed = 0;
      lastMs = null;
    },
    current: () => speed,
  };
}
