import { expect, it } from 'vitest';
import { startFakeComfyui } from '../fakes/comfyui/start-fake-comfyui.ts';
import { randomNumbers } from './random-numbers.ts';
import { easelJson, newPlace, runEasel } from '../run-easel.ts';

/** `npm run test:crash` does it at full size; `npm test` a part of it. */
const kills = process.env.EASEL_CRASH_TESTS === 'full' ? 100 : 20;

it(
  `survives ${kills} kills in a row at any moment: no job lost, none sent twice, files and rows agree`,
  { retry: 0, timeout: 300_000 },
  async () => {
    const place = newPlace();
    const fake = await startFakeComfyui({ settings: { stepMs: 6 } });
    const environment = { EASEL_COMFYUI_URL: fake.url };
    const chance = randomNumbers(20261120);
    try {
      // Acknowledged: the id was printed, so the job must be there for ever.
      const acknowledged = new Set<string>();
      let deaths = 0;
      for (let round = 0; round < kills; round += 1) {
        const isNew = round % 3 === 0;
        const words = isNew
          ? [
              'generate',
              `picture ${round}`,
              '--provider',
              chance() < 0.7 ? 'comfyui' : 'builtin',
              '--size',
              '128x128',
              '--steps',
              '8',
              '--count',
              '2',
              '--json',
            ]
          : ['jobs', 'resume'];
        const outcome = await runEasel(place, words, { environment, killAfterMs: 60 + Math.floor(chance() * 560) });
        if (outcome.signal === 'SIGKILL') deaths += 1;
        else expect(outcome.code, outcome.stderr).toBe(0);
        if (isNew && outcome.stdout)
          acknowledged.add((JSON.parse(outcome.stdout) as { generation_id: string }).generation_id);
      }
      expect(deaths).toBeGreaterThan(kills / 4);
      expect((await runEasel(place, ['jobs', 'resume'], { environment })).code).toBe(0);

      const { jobs } = await easelJson<{
        jobs: { id: string; state: string; image_ids: string[]; request: { provider: string; seed: number } }[];
      }>(place, ['jobs', 'list', '--limit', '500']);
      for (const id of acknowledged) expect(jobs.map((job) => job.id)).toContain(id);
      expect(jobs.filter(({ state, image_ids: images }) => state !== 'succeeded' || images.length !== 2)).toEqual([]);
      const verified = await easelJson<{ clean: boolean; images: number; problems: unknown[] }>(place, [
        'library',
        'verify',
      ]);
      expect(verified).toEqual({ clean: true, images: jobs.length * 2, problems: [] });
      // Not only as many pictures as were asked for, but those that were asked for.
      const { images } = await easelJson<{ images: { job_id: string; index: number; seed: number }[] }>(place, [
        'library',
        'list',
        '--limit',
        '500',
      ]);
      for (const job of jobs) {
        const own = images
          .filter(({ job_id: jobId }) => jobId === job.id)
          .sort((left, right) => left.index - right.index);
        expect(own.map(({ seed }) => seed)).toEqual([job.request.seed, job.request.seed + 1]);
      }
      // ComfyUI was asked once for each picture that was kept.
      const pictures = jobs.filter(({ request }) => request.provider === 'comfyui').length * 2;
      expect(fake.promptsSeen.filter(({ accepted }) => accepted)).toHaveLength(pictures);
    } finally {
      await fake.close();
      place.remove();
    }
  },
);
