import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** All that the dark theme changes. */
const rulesOfColour = ['color-contrast', 'link-in-text-block'];

interface RunOnly {
  readonly type: 'rule' | 'tag';
  readonly values: string[];
}

/** What keeps people out, as axe sees the page in both themes with nothing under the mouse. */
export async function seriousProblems(page: Page): Promise<string[]> {
  await page.mouse.move(0, 0);
  return seriousProblemsAsItIs(page);
}

/** The same, wherever the mouse is. */
export async function seriousProblemsAsItIs(page: Page): Promise<string[]> {
  const problems: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    // Colours are judged at rest, not half-way through a transition.
    await page.waitForTimeout(250);
    const runOnly: RunOnly =
      colorScheme === 'dark' ? { type: 'rule', values: rulesOfColour } : { type: 'tag', values: tags };
    const { violations } = await new AxeBuilder({ page })
      // There are no frames, for which it would open a page of its own each time.
      .setLegacyMode()
      // What is well needs no description.
      .options({ runOnly, resultTypes: ['violations'] })
      .analyze();
    for (const { id, impact, nodes } of violations) {
      if (impact !== 'serious' && impact !== 'critical') continue;
      problems.push(`${colorScheme}: ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    }
  }
  return problems;
}
