import { assistants } from './assistants.ts';
import { comparison } from './comparison.ts';
import { costs } from './costs.ts';
import { jobs } from './jobs.ts';
import { keys } from './keys.ts';
import { library } from './library.ts';
import { prompts } from './prompts.ts';
import { ollama } from './ollama.ts';
import { providers } from './providers.ts';
import { routing } from './routing.ts';
import { settings } from './settings.ts';
import { system } from './system.ts';
import { training } from './training.ts';

/** Everything a user can ask Easel for. The window, the browser and the terminal are all derived from it. */
export const contract = {
  assistants,
  comparison,
  costs,
  jobs,
  keys,
  library,
  prompts,
  ollama,
  providers,
  routing,
  settings,
  system,
  training,
};
export type Contract = typeof contract;
