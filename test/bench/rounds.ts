/** What one round measured on each side: times in milliseconds, one per sample. */
export interface Round {
  readonly ours: readonly number[];
  readonly baseline: readonly number[];
}

type Side = () => Promise<readonly number[]> | readonly number[];

export const usualRounds = 7;

/** Lets both sides take turns, the one that begins changing from round to round. A first round to warm up is not counted. */
export async function compare({
  rounds = usualRounds,
  ours,
  baseline,
}: {
  rounds?: number;
  ours: Side;
  baseline: Side;
}): Promise<Round[]> {
  const measured: Round[] = [];
  for (let number = 0; number <= rounds; number += 1) {
    const round = await (number % 2 === 0 ? oursFirst(ours, baseline) : baselineFirst(ours, baseline));
    if (number > 0) measured.push(round);
  }
  return measured;
}

async function oursFirst(ours: Side, baseline: Side): Promise<Round> {
  const first = await ours();
  return { ours: first, baseline: await baseline() };
}

async function baselineFirst(ours: Side, baseline: Side): Promise<Round> {
  const first = await baseline();
  return { ours: await ours(), baseline: first };
}

/** Milliseconds that each call took. */
export function timeEach(times: number, work: (at: number) => unknown): number[] {
  const samples: number[] = [];
  for (let at = 0; at < times; at += 1) {
    const startedAt = performance.now();
    work(at);
    samples.push(performance.now() - startedAt);
  }
  return samples;
}

/**
 * The same, each call's quickest of five: what else the computer does takes the processor away for longer than a short call
 * takes, hardly ever five times in a row.
 */
export function timeEachUndisturbed(times: number, work: (at: number) => unknown): number[] {
  const five = Array.from({ length: 5 }, () => timeEach(times, work));
  return Array.from({ length: times }, (_, at) => Math.min(...five.map((samples) => samples[at] ?? Infinity)));
}

/** Milliseconds that each call took, for work that is waited for, one after the other. */
export async function timeEachAwaited(times: number, work: (at: number) => Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  for (let at = 0; at < times; at += 1) {
    const startedAt = performance.now();
    await work(at);
    samples.push(performance.now() - startedAt);
  }
  return samples;
}

/** Milliseconds for all of it, `atOnce` at a time. */
export async function timeAll(times: number, atOnce: number, work: (at: number) => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < times) {
      const at = next;
      next += 1;
      await work(at);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return performance.now() - startedAt;
}
