import { subscribe } from 'node:diagnostics_channel';

/** Loaded into Easel before it starts: ends the process without warning at one of its steps. */
const [, step, occurrence = '1', delayMs = '0'] =
  /^([a-z-]+)(?:#(\d+))?(?:\+(\d+))?$/.exec(process.env.EASEL_TEST_KILL_AT ?? '') ?? [];

let seen = 0;
subscribe('easel:step', (name) => {
  if (name !== step) return;
  seen += 1;
  if (seen !== Number(occurrence)) return;
  const kill = (): void => {
    process.kill(process.pid, 'SIGKILL');
    // The signal takes effect on return to the event loop at the latest; nothing more may happen before.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
  };
  if (Number(delayMs) === 0) kill();
  else setTimeout(kill, Number(delayMs));
});
