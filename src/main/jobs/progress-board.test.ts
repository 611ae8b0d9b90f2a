import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JobProgress } from '../../shared/models/job.ts';
import { createEvents } from '../events.ts';
import { createProgressBoard, type ProgressBoard } from './progress-board.ts';

const jobId = '01a1f9e2-0eab-7362-831c-40174673b737';
let board: ProgressBoard;
let told: JobProgress[];
beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  told = [];
  const events = createEvents();
  events.listen((event) => {
    if (event.kind === 'jobProgress') told.push(event.progress);
  });
  board = createProgressBoard({ events, now: Date.now });
});
afterEach(() => {
  vi.useRealTimers();
});

const at = (fraction: number | null, queuePosition: number | null = 0, stage = 'Sampling'): void => {
  board.progress(jobId, { fraction, stage, queuePosition });
};
const current = (): JobProgress => board.all()[0]!;

describe('the progress board', () => {
  it('tells at most every 80 ms, and always the latest', () => {
    board.begin(jobId, 'ComfyUI', { done: 0, total: 1 });
    for (let step = 1; step <= 100; step += 1) {
      at(step / 100);
      vi.advanceTimersByTime(4);
    }
    vi.advanceTimersByTime(200);
    expect(told.length).toBeGreaterThan(3);
    expect(told.length).toBeLessThanOrEqual(400 / 80 + 2);
    expect(told.at(-1)).toMatchObject({ fraction: 1, stage: 'Sampling', provider: 'ComfyUI' });
  });

  it('goes on telling when the next image of the job begins', () => {
    board.begin(jobId, 'ComfyUI', { done: 0, total: 2 });
    at(0.9);
    board.imagesDone(jobId, 1);
    board.begin(jobId, 'ComfyUI', { done: 1, total: 2 });
    vi.advanceTimersByTime(500);
    const before = told.length;
    at(0.5);
    vi.advanceTimersByTime(500);
    expect(told.length).toBe(before + 1);
    expect(told.at(-1)).toMatchObject({ fraction: 0.5, imagesDone: 1 });
  });

  it('guesses the rest from the pace of this job, and not before there is one', () => {
    board.begin(jobId, 'ComfyUI', { done: 0, total: 3 });
    at(0);
    expect(current().secondsLeft).toBeNull();
    vi.advanceTimersByTime(1_000);
    at(0.05);
    expect(current().secondsLeft).toBeNull();
    vi.advanceTimersByTime(4_000);
    at(0.5);
    // 5 s for half an image: 5 s for the other half, and two more of 10 s.
    expect(current().secondsLeft).toBe(25);
    vi.advanceTimersByTime(5_000);
    board.imagesDone(jobId, 1);
    at(0);
    expect(current()).toMatchObject({ imagesDone: 1, secondsLeft: 20 });
  });

  it('does not let an answer that knows less undo what is known', () => {
    board.begin(jobId, 'ComfyUI', { done: 0, total: 1 });
    at(0.4, 0, 'Sampling, step 4 of 10');
    at(null, 0, 'Working');
    expect(current()).toMatchObject({ fraction: 0.4, stage: 'Sampling, step 4 of 10' });
  });

  it('has no fraction while the job waits at the service', () => {
    board.begin(jobId, 'ComfyUI', { done: 0, total: 1 });
    at(null, 3, 'Waiting');
    expect(current()).toMatchObject({ fraction: null, queuePosition: 3, secondsLeft: null, stage: 'Waiting' });
  });

  it('keeps the latest preview and counts them', () => {
    board.begin(jobId, 'ComfyUI', { done: 0, total: 1 });
    expect(board.previewOf(jobId)).toBeNull();
    for (const byte of [1, 2]) board.preview(jobId, { bytes: Uint8Array.of(byte), mimeType: 'image/jpeg' });
    expect(board.previewOf(jobId)).toEqual({ bytes: Uint8Array.of(2), mimeType: 'image/jpeg' });
    expect(current().previewVersion).toBe(2);
    board.begin(jobId, 'ComfyUI', { done: 1, total: 2 });
    expect(current().previewVersion).toBe(2);
  });

  it('says nothing more of a job that has ended or was never begun', () => {
    board.begin(jobId, 'ComfyUI', { done: 0, total: 1 });
    board.end(jobId);
    at(0.5);
    board.preview(jobId, { bytes: Uint8Array.of(1), mimeType: 'image/jpeg' });
    board.imagesDone(jobId, 1);
    vi.advanceTimersByTime(1_000);
    expect([board.all(), told, board.previewOf(jobId)]).toEqual([[], [], null]);
  });
});
