import type { Command } from 'commander';
import { testGeneration } from '../health/test-generation.ts';
import { commandFor } from './contract-commands.ts';
import { makeAndTell } from './generate.ts';
import { unlockFor } from './keys-unlock.ts';
import { globalOptions, withLibrary } from './with-app.ts';

/** One small picture, to see whether a provider draws (R10). */
export function addProvidersTest(program: Command): void {
  const command = commandFor(program, ['providers', 'test'])
    .description('Make one small test picture with a provider, and wait for it; it costs what it costs')
    .argument('<id>', 'The provider')
    .option('--model <model>', 'With this model; with the first that draws from text unless said otherwise');
  command.action(async (id: string, options: { readonly model?: string }) => {
    const globals = globalOptions(command);
    await withLibrary(globals, 'write', async (app) => {
      await unlockFor(app, id);
      await app.providers.ensureFresh(id);
      await makeAndTell(app, globals, testGeneration(app.providers.status(id), options.model));
    });
  });
}
