import { startDesktop } from './electron/start.ts';

// Nothing is awaited here: Electron becomes ready only after this module has run, and what must come before that is done in it.
startDesktop();
