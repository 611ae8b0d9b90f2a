import { jobs } from './jobs.ts';
import { library } from './library.ts';
import { providers } from './providers.ts';
import { settings } from './settings.ts';
import { system } from './system.ts';

/** Everything a user can ask Easel for. The window, the browser and the terminal are all derived from it. */
export const contract = { jobs, library, providers, settings, system };
export type Contract = typeof contract;
