import type { Page } from '@playwright/test';
import { expect, test } from './easel-page.ts';

const clauses = [
  'a lighthouse on a cliff at dusk',
  'waves that break into white spray',
  'very very detailed brushwork',
  '(golden light:1.2) on wet stone',
  'a small red boat far out',
  'masterpiece, best quality',
  'in daylight, and stars at night',
];

/** Ten thousand characters with something to find in every line. */
function longPrompt(length: number): string {
  let text = '';
  for (let line = 1; text.length < length; line += 1)
    text += `${clauses[line % clauses.length] ?? ''} number ${line}, `;
  return text.slice(0, length - 40);
}

/** Durations that the browser itself calls long, in milliseconds. */
async function watchLongTasks(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const seen: number[] = [];
    const observer = new PerformanceObserver((list) => seen.push(...list.getEntries().map(({ duration }) => duration)));
    observer.observe({ type: 'longtask' });
    Object.assign(window, { longTasks: { seen, observer } });
  });
  return () =>
    page.evaluate(() => {
      const { seen, observer } = (window as never as { longTasks: { seen: number[]; observer: PerformanceObserver } })
        .longTasks;
      return [...seen, ...observer.takeRecords().map(({ duration }) => duration)];
    });
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds that it took, and that its thread really ran. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** How long each task of the page's own thread kept the processor, in milliseconds, longest first. */
async function traceTasks(page: Page): Promise<() => Promise<number[]>> {
  const devtools = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  devtools.on('Tracing.dataCollected', ({ value }) => events.push(...(value as never as TraceEvent[])));
  await devtools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'] },
  });
  return async () => {
    const isComplete = new Promise((resolve) => devtools.once('Tracing.tracingComplete', resolve));
    await devtools.send('Tracing.end');
    await isComplete;
    const pages = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
    return events
      .filter(
        ({ name, pid, tid }) => name.endsWith('RunTask') && pages.some((own) => own.pid === pid && own.tid === tid),
      )
      .map(({ tdur = 0 }) => tdur / 1000)
      .sort((one, other) => other - one);
  };
}

test('typing into a prompt of 10,000 characters never holds the page up for 50 ms', async ({ page, start }) => {
  const easel = await start();
  await page.goto(easel.url);
  const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true });
  await prompt.fill(longPrompt(9_980));
  await expect(page.getByText(/things to look at/)).toBeVisible();
  await prompt.press('End');
  // What the first long text sets off has nothing to do with typing.
  await page.waitForTimeout(1000);

  const tasks = await traceTasks(page);
  const longTasks = await watchLongTasks(page);
  for (const pause of [30, 160]) {
    await prompt.pressSequentially('a small house', { delay: pause });
    await page.waitForTimeout(400);
    for (let at = 0; at < 13; at += 1) await prompt.press('Backspace');
  }
  await page.waitForTimeout(1000);
  const long = await longTasks();
  const [longest = Infinity, ...others] = await tasks();
  expect(others.length).toBeGreaterThan(50);
  // On a busy computer a task is long that only waited for its turn: what it worked itself decides.
  expect(longest, `long tasks: ${JSON.stringify(long)} ms`).toBeLessThan(50);
});
