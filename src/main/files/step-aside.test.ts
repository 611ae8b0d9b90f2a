import { readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { letImageThreadsStepAside } from './step-aside.ts';

const threadNames = (): [id: number, name: string][] =>
  readdirSync('/proc/self/task').map((id) => [Number(id), readFileSync(`/proc/self/task/${id}/comm`, 'utf8').trim()]);

describe('letImageThreadsStepAside', () => {
  it.runIf(process.platform === 'linux')('lets those go first that answer the user', async () => {
    const before = getPriority(process.pid);
    const noise = { create: { width: 1024, height: 1024, channels: 3, background: 'teal' } } as const;
    await sharp(noise).resize(300).webp().toBuffer();
    letImageThreadsStepAside();
    const imageThreads = threadNames().filter(([, name]) => name.startsWith('libvips'));
    expect(imageThreads).not.toEqual([]);
    for (const [id] of imageThreads) expect(getPriority(id)).toBeGreaterThan(before);
    expect(getPriority(process.pid)).toBe(before);
  });
});
