import { analytics } from './analytics.ts';
import { comparison } from './comparison.ts';
import { compose } from './compose.ts';
import { firstRun } from './first-run.ts';
import { gallery } from './gallery.ts';
import { prompts } from './prompts.ts';
import { promptEditor } from './prompt-editor.ts';
import { providers } from './providers.ts';
import { queue } from './queue.ts';
import { route } from './route.ts';
import { settings } from './settings.ts';
import { stage } from './stage.ts';
import { ui } from './ui.ts';
import { viewer } from './viewer.ts';

/** English is the reference: the keys of every other language are checked against it. */
export const english = {
  ui,
  compose,
  route,
  stage,
  promptEditor,
  queue,
  firstRun,
  gallery,
  comparison,
  viewer,
  prompts,
  providers,
  analytics,
  settings,
};
