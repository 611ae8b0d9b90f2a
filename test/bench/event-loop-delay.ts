import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { insideLibrary, thumbnailPath } from '../../src/main/files/library-paths.ts';
import { GenerationRequest } from '../../src/shared/models/generation-request.ts';
import type { App } from '../../src/main/app.ts';
import { openApp } from '../open-app.ts';
import { valueRow, type Figure } from './figure.ts';
import { startProcess } from './start-process.ts';

const rounds = 5;
const jobsPerRound = 40;

/**
 * `monitorEventLoopDelay` with a resolution of 1 ms: a timer that should come every millisecond notes how long it took to
 * come, that millisecond included; nothing is subtracted.
 */
export const eventLoopDelay: Figure = {
  id: 'I3',
  title: `Delay of the main thread while ${rounds * jobsPerRound} jobs of 1024 × 1024 finish (timer of 1 ms, nothing subtracted)`,
  async measure(bench) {
    const [picture = ''] = await bench.pictures();
    const standIn = await startProcess<{ url: string }>([
      'test/bench/stand-in.ts',
      '--pictures',
      dirname(picture),
      '--unique',
    ]);
    const app = await openApp({ libraryFolder: bench.newFolder('event-loop'), comfyuiUrl: standIn.answer.url });
    app.startWork({ waitsForProviders: false });
    const measured = {
      p50: [] as number[],
      p99: [] as number[],
      longest: [] as number[],
      jobsPerSecond: [] as number[],
    };
    for (let round = 0; round <= rounds; round += 1) {
      const { p50, p99, longest, jobsPerSecond } = await measureRound(app);
      // The first round loads what is loaded at first use.
      if (round === 0) continue;
      measured.p50.push(p50);
      measured.p99.push(p99);
      measured.longest.push(longest);
      measured.jobsPerSecond.push(jobsPerSecond);
    }
    await app.close();
    await standIn.stop();
    return [
      valueRow('delay: p99', 'ms', measured.p99, { atMost: 8 }),
      valueRow('delay: longest', 'ms', measured.longest, { atMost: 30 }),
      valueRow('delay: p50', 'ms', measured.p50),
      valueRow('jobs a second, with thumbnails', 'jobs', measured.jobsPerSecond),
    ];
  },
};

async function measureRound(app: App): Promise<{ p50: number; p99: number; longest: number; jobsPerSecond: number }> {
  const { jobs, queue, root } = app.library();
  const request = GenerationRequest.parse({
    prompt: 'a fox in the snow',
    width: 1024,
    height: 1024,
    steps: 4,
    seed: 7,
    provider: 'comfyui',
  });
  const hashes: string[] = [];
  const stopListening = app.events.listen((event) => {
    if (event.kind === 'imageAdded') hashes.push(event.image.hash);
  });
  const added = await jobs.add(
    Array.from({ length: jobsPerRound }, () => request),
    false,
  );
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const startedAt = performance.now();
  delay.enable();
  const ended = await Promise.all(added.map(({ id }) => queue.ended(id)));
  const hasThumbnails = (): boolean =>
    hashes.every((hash) => existsSync(insideLibrary(root, thumbnailPath(hash, 'small'))));
  while (!hasThumbnails()) await wait(10);
  delay.disable();
  const seconds = (performance.now() - startedAt) / 1000;
  stopListening();
  const failed = ended.find(({ state }) => state !== 'succeeded');
  if (failed) throw new Error(`A job ended as ${failed.state}: ${failed.error?.message ?? ''}`);
  return {
    p50: delay.percentile(50) / 1e6,
    p99: delay.percentile(99) / 1e6,
    longest: delay.max / 1e6,
    jobsPerSecond: jobsPerRound / seconds,
  };
}
