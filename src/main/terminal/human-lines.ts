import type { InferContractRouterOutputs } from '@orpc/contract';
import type { Contract } from '../../shared/contract/contract.ts';
import type { Job } from '../../shared/models/job.ts';
import type { KeysState } from '../../shared/models/keys.ts';
import type { CredentialStatus, ProviderStatus } from '../../shared/models/provider.ts';
import type { Training } from '../../shared/models/training.ts';
import { imageLines, jobLines } from './list-lines.ts';
import { modelLines } from './model-lines.ts';
import { counted, cutTo, dateAndTime, money, printable } from './plain-words.ts';
import { healthLines, metricsLines } from './health-lines.ts';
import { ollamaModelLines, ollamaStatusLines, ollamaTestLines } from './ollama-lines.ts';
import { routingLines, standingLines } from './routing-lines.ts';
import { budgetLines } from './budget-lines.ts';
import { priceLines } from './price-lines.ts';

type Outputs = InferContractRouterOutputs<Contract>;

/** How each command's answer looks to a person. A command without a row here prints as JSON. */
const printers = {
  'jobs list': ({ jobs }: Outputs['jobs']['list']) => (jobs.length > 0 ? jobLines(jobs) : ['No jobs yet.']),
  'jobs show': (job: Outputs['jobs']['show']) => [
    jobLine(job),
    `  prompt: ${job.request.prompt}`,
    ...job.imageIds.map((id) => `  image: ${id}`),
    ...job.attempts.map(
      ({ number, provider, model, state, cost, error }) =>
        `  attempt ${number}: ${provider}, ${model}: ${state}, ${money(cost)}${error ? ` — ${error.message}` : ''}`,
    ),
    ...(job.error ? [`  ${job.error.message}`] : []),
  ],
  'jobs cancel': (job: Job) => [jobLine(job)],
  'jobs retry': (job: Job) => [jobLine(job), 'Run it with: easel jobs resume'],
  'jobs check': ({ outcome, message, job }: Outputs['jobs']['check']) => [
    jobLine(job),
    message,
    ...(outcome === 'found' ? ['Go on with it: easel jobs resume'] : []),
  ],
  'jobs send-again': (job: Job) => [jobLine(job), 'Run it with: easel jobs resume'],
  'jobs give-up': (job: Job) => [jobLine(job)],
  'library list': ({ images }: Outputs['library']['list']) =>
    images.length > 0 ? imageLines(images) : ['No images yet.'],
  'library path': ({ path }: Outputs['library']['path']) => [path],
  'library verify': ({ images, clean, problems }: Outputs['library']['verify']) => [
    ...problems.map(({ kind, path, message }) => `${kind}  ${path}  ${message}`),
    clean
      ? `${counted(images, 'image')}, everything is in order.`
      : `${counted(images, 'image')}, ${counted(problems.length, 'problem')}.`,
  ],
  'prompt history': ({ prompts }: Outputs['prompts']['history']) =>
    prompts.length > 0 ? prompts.map(promptLine) : ['No prompts yet.'],
  'prompt saved': ({ prompts }: Outputs['prompts']['saved']) =>
    prompts.length > 0
      ? prompts.map(
          ({ folder, name, version }) => `${folder === '' ? '' : `${folder}/`}${name}  ${cutTo(version.prompt, 80)}`,
        )
      : ['No prompt was kept yet. Keep one with: easel prompt save <name> <text>'],
  'prompt styles': ({ styles, notice }: Outputs['prompts']['styles']) => [
    ...(notice === null ? [] : [notice]),
    ...styles.map(({ id, kind, isBuiltIn }) => `${id}  ${kind}${isBuiltIn ? '' : ', your own'}`),
  ],
  'prompt wildcards': ({ wildcards }: Outputs['prompts']['wildcards']) =>
    wildcards.map(({ name, lines, problem }) => `__${name}__  ${problem ?? counted(lines ?? 0, 'option')}`),
  'training list': ({ trainings }: Outputs['training']['list']) =>
    trainings.length > 0 ? trainings.map(trainingLine) : ['No trainings yet.'],
  'training show': (training: Training) => [
    trainingLine(training),
    `  ${training.subject}, called by “${training.triggerWord}”, ${counted(training.images.length, 'picture')}`,
    ...(training.model ? [`  model: ${training.model.id}`] : []),
    ...(training.error ? [`  ${training.error.message}`] : []),
    ...(training.state === 'unknown' ? ['  Answer with: easel training answer <id> sendAgain, or giveUp'] : []),
  ],
  'training cancel': (training: Training) => [
    trainingLine(training),
    ...(training.error ? [`  ${training.error.message}`] : []),
  ],
  'training answer': (training: Training) => [
    trainingLine(training),
    ...(training.state === 'queued' ? ['Send it with: easel training resume'] : []),
  ],
  'training models': ({ models }: Outputs['training']['models']) =>
    models.length > 0
      ? models.map(({ provider, name, triggerWord, id }) => `${provider.padEnd(10)} ${name} (${triggerWord})  ${id}`)
      : ['No models of your own yet.'],
  'budget get': budgetLines,
  'prices list': priceLines,
  'keys list': ({ state, providers }: Outputs['keys']['list']) => [
    keyPlace(state),
    ...providers.flatMap(({ provider, credentials }) => credentialLines(provider, credentials, state)),
  ],
  'keys remove': ({ provider, credentials }: Outputs['keys']['remove']) => credentialLines(provider, credentials),
  'keys test': ({ manifest, health }: Outputs['keys']['test']) => [
    `${manifest.id}  ${health.state}  ${health.message}`,
  ],
  'keys export': ({ file }: { file: string }) => [
    `The keys are in ${file}, locked with the passphrase of this bundle.`,
  ],
  'keys import': ({ imported }: Outputs['keys']['import']) => [
    ...imported.map(
      ({ provider, field, replaced }) => `${provider}  ${field}  ${replaced ? 'replaced' : 'taken over'}`,
    ),
    `${counted(imported.length, 'key')} imported.`,
  ],
  'keys change-passphrase': () => ['The vault has a new passphrase.'],
  models: ({ models, unheard }: Outputs['providers']['models']) => [
    ...(models.length > 0 ? modelLines(models) : ['No models.']),
    ...unheard.map(({ provider, message }) => `${provider} was not heard: ${message}`),
  ],
  providers: ({ providers }: Outputs['providers']['list']) => providers.map(providerLine),
  'providers check': (status: ProviderStatus) => [providerLine(status)],
  'providers reinitialize': (status: ProviderStatus) => [providerLine(status)],
  'ollama status': ollamaStatusLines,
  'ollama models': ollamaModelLines,
  'ollama remove': ollamaModelLines,
  'ollama test': ollamaTestLines,
  health: healthLines,
  metrics: metricsLines,
  'routing get': routingLines,
  'routing set': routingLines,
  'routing primary': routingLines,
  'routing fallbacks': routingLines,
  'routing reset': standingLines,
} satisfies Record<string, (answer: never) => string[]>;

function providerLine({ manifest, health, url, urlVariable, models }: ProviderStatus): string {
  const from = urlVariable === null ? '' : ` (set by ${urlVariable})`;
  const where = url === null ? '' : ` at ${url}${from}`;
  return `${manifest.id.padEnd(13)} ${health.state.padEnd(11)} ${manifest.name}${where}: ${health.message} (${counted(models.length, 'model')})`;
}

function keyPlace({ storage, isLocked, keychainName, problem }: KeysState): string {
  if (problem !== null) return problem;
  switch (storage) {
    case 'vault':
      return `Keys are kept in the vault, which is ${isLocked ? 'locked' : 'unlocked'}.`;
    case 'keychain':
      return `Keys are kept in the keychain (${keychainName ?? 'of this computer'}).`;
    case 'none':
      return 'No keys are stored yet. `easel keys set <provider>` makes a vault for them.';
  }
}

function credentialLines(
  provider: string,
  credentials: readonly CredentialStatus[],
  { isLocked }: Pick<KeysState, 'isLocked'> = { isLocked: false },
): string[] {
  // What lies behind the lock may hold it.
  const absent = isLocked ? 'locked' : 'not set';
  return credentials.map(({ field, isSet, source, variable, shown }) => {
    const from = source === 'environment' ? `from ${variable ?? 'the environment'}` : `from the ${source ?? ''}`;
    return `${provider.padEnd(13)} ${field.padEnd(12)} ${isSet ? `set, ${from}${shown === null ? '' : `, ends in ${shown}`}` : absent}`;
  });
}

export function lines(command: string, answer: unknown): string[] {
  const print = (printers as unknown as Record<string, ((answer: unknown) => string[]) | undefined>)[command];
  return print ? print(answer).map(printable) : [JSON.stringify(answer, null, 2)];
}

/** Of a terminal's columns, beside the rest of the line. */
const promptColumns = 60;

/** A job by itself. */
export function jobLine(job: Job): string {
  const done = `${job.imageIds.length}/${job.request.count}`;
  return printable(`${job.id}  ${job.state.padEnd(15)}  ${done}  ${cutTo(job.request.prompt, promptColumns)}`);
}

export function trainingLine({ id, state, provider, name, cost }: Training): string {
  const spent = state === 'queued' ? '' : `  ${money(cost)}`;
  return printable(`${id}  ${state.padEnd(9)}  ${provider}  ${name}${spent}`);
}

function promptLine({ id, prompt, usedAt, uses }: Outputs['prompts']['history']['prompts'][number]): string {
  return `${String(id).padStart(6)}  ${dateAndTime(usedAt)}  ${cutTo(prompt.replaceAll(/\s+/g, ' '), 100)}${uses > 1 ? `  (${uses} times)` : ''}`;
}
