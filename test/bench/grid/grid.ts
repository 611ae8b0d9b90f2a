import { chromium, type Browser, type Page } from '@playwright/test';
import { chromiumArguments, findChromium } from '../../../scripts/find-chromium.js';
import { ratioRow, valueRow, type Figure, type Row } from '../figure.ts';
import { createRandom } from '../random.ts';
import type { Round } from '../rounds.ts';
import { startProcess } from '../start-process.ts';
import { longest, p95 } from '../statistics.ts';
import { jump, makeRecycledPool, readGeometry, scroll, type Geometry } from './in-page.ts';

const images = 1_000_000;
const rounds = 5;
const speeds = { slow: 1_500, fast: 15_000 } as const;
const jumpsPerRound = 24;

/** The gallery in a real browser against a bare grid of the same size in the same browser. */
export const grid: Figure = {
  id: 'G1',
  title: `The gallery's grid with ${images.toLocaleString('en')} images, in Chromium`,
  async measure(bench) {
    const executablePath = await findChromium({ install: true });
    if (executablePath === null) throw new Error('There is no Chromium to measure in.');
    const library = await bench.libraryOf(images);
    const easel = await startProcess<{ url: string }>([
      'out/easel/cli.js',
      ...['serve', '--no-open', '--json', '--port', '0', '--data', bench.newFolder('grid-data'), '--library', library],
    ]);
    const browser = await chromium.launch({ executablePath, args: chromiumArguments });
    try {
      return await measureIn(browser, easel.answer.url);
    } finally {
      await browser.close();
      await easel.stop();
    }
  },
};

async function measureIn(browser: Browser, url: string): Promise<Row[]> {
  const gallery = await openGallery(browser, url);
  const geometry = await gallery.evaluate(readGeometry);
  const bare = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await bare.setContent('<!doctype html><body style="margin:0;background:#141414">');
  await bare.evaluate(makeRecycledPool, geometry);
  const random = createRandom(7);
  const measured = { nodes: [] as number[], slow: [] as number[], blank: [] as number[] };
  const jumps: number[][] = [];
  const fast: Round[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const slow = await scrollPage(gallery, speeds.slow, 1_500, random());
    const fastBare = await scrollPage(bare, speeds.fast, 2_000, random());
    const fastOurs = await scrollPage(gallery, speeds.fast, 2_000, random());
    const looked = [
      await scrollPage(gallery, speeds.slow, 800, random(), geometry),
      await scrollPage(gallery, speeds.fast, 1_200, random(), geometry),
      await scrollPage(gallery, -speeds.fast, 1_200, random(), geometry),
    ];
    const jumped = await jumpAround(gallery, geometry, random);
    if (round === 0) continue;
    fast.push({ ours: fastOurs.frames, baseline: fastBare.frames });
    measured.slow.push(longest(slow.frames));
    measured.nodes.push(Math.max(...[slow, fastOurs, ...looked].map(({ mostNodes }) => mostNodes)));
    measured.blank.push(looked.reduce((sum, { blank }) => sum + blank, 0));
    jumps.push(jumped);
  }
  const nodesOfPage = await gallery.evaluate(() => document.querySelectorAll('*').length);
  return [
    valueRow(`nodes of the grid (${geometry.columns} columns), most`, 'nodes', measured.nodes, { atMost: 250 }),
    valueRow('nodes of the whole page', 'nodes', [nodesOfPage]),
    valueRow('1,500 px/s: longest frame', 'ms', measured.slow, { atMost: 50 }),
    ratioRow('15,000 px/s: p95 of frames, by a recycled pool', fast, {
      statistic: p95,
      kind: 'time',
      limit: { atMost: 1.1 },
    }),
    ratioRow('15,000 px/s: longest frame', fast, { statistic: longest, kind: 'time' }),
    valueRow('cells in view with neither picture nor placeholder', '', measured.blank, { atMost: 0 }),
    valueRow('jump to any place, until it is drawn: p95', 'ms', jumps.map(p95), { atMost: 30 }),
    valueRow(`jump to any place: longest of ${jumpsPerRound}`, 'ms', jumps.map(longest)),
  ];
}

async function openGallery(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  await page.getByRole('button', { name: 'Gallery', exact: true }).click();
  await page.waitForSelector('[role=option][data-state=shown]');
  await page.waitForTimeout(500);
  return page;
}

async function scrollPage(page: Page, speed: number, ms: number, chance: number, geometry: Geometry | null = null) {
  await page.bringToFront();
  // Far from both ends, so that the way is long enough.
  return page.evaluate(scroll, { speed, ms, from: 0.1 + chance * 0.8, geometry });
}

async function jumpAround(page: Page, geometry: Geometry, random: () => number): Promise<number[]> {
  const times: number[] = [];
  for (let at = 0; at < jumpsPerRound; at += 1) {
    // From rest, as a person does it: the pictures of the place before have come. And at any moment of a frame.
    await page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLElement>('[role=option]:not([hidden])')].every(
        ({ dataset }) => dataset.state === 'shown' || dataset.state === 'missing',
      ),
    );
    await page.waitForTimeout(100 + random() * 40);
    times.push(await page.evaluate(jump, { share: random(), geometry }));
  }
  return times;
}
