import { registerHooks } from 'node:module';
import { runInThisContext } from 'node:vm';
import type { Stage } from './stage.ts';

/** Runs the built main process in plain Node, with the double in Electron's place, and does what the test asks for. */
const electron = new URL('electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: electron, shortCircuit: true } : next(specifier, context),
});

const { app } = await import('./app.ts');
const { stage } = await import('./stage.ts');

interface Question {
  readonly id: number;
  readonly source: string;
  readonly argument: unknown;
}

process.on('message', ({ id, source, argument }: Question) => {
  const act = runInThisContext(`(${source})`) as (stage: Stage, argument: unknown) => unknown;
  Promise.resolve()
    .then(() => act(stage, argument))
    .then(
      (result) => process.send?.({ id, result }),
      (error: unknown) =>
        process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
});

await import(new URL('../../../out/main/index.js', import.meta.url).href);
app.becomeReady();
process.send?.({ id: 'running' });
