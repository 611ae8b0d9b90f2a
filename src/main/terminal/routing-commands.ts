import { Option, type Command } from 'commander';
import { AppError } from '../../shared/errors.ts';
import type { OwnLimits, RoutingChange } from '../../shared/models/routing.ts';
import type { App } from '../app.ts';
import { callOperation } from './call-operation.ts';
import { commandFor } from './contract-commands.ts';
import { printAnswer } from './print-answer.ts';
import { readNumber } from './read-number.ts';
import { readMusts } from './wish-options.ts';
import { createTerminalApp, globalOptions, type GlobalOptions } from './with-app.ts';

interface ChangeOptions {
  readonly mode?: 'unified' | 'single';
  readonly cloud?: 'on' | 'off';
  readonly fallback?: 'on' | 'off' | 'after-refusal';
  readonly musts?: string;
  readonly breakerFailures?: string;
  readonly breakerSeconds?: string;
  readonly breakerLongest?: string;
  readonly checkSeconds?: string;
}

/** What can be set of how jobs find their provider, beside strategy, primary and fallbacks, which are the contract's own. */
export function addRouting(program: Command): void {
  const change = commandFor(program, ['routing', 'change'])
    .description('Change how jobs find their provider; only what is given changes')
    .addOption(
      new Option('--mode <mode>', 'unified: all providers; single: the primary one only').choices([
        'unified',
        'single',
      ]),
    )
    .addOption(new Option('--cloud <switch>', 'Whether cloud services may be used').choices(['on', 'off']))
    .addOption(
      new Option('--fallback <switch>', 'Whether another provider takes over, also after content was refused').choices([
        ...['on', 'off', 'after-refusal'],
      ]),
    )
    .option('--musts <names>', 'What must hold of every job, separated by commas; none for nothing')
    .option('--breaker-failures <n>', 'A provider is left alone after so many failures in a row')
    .option('--breaker-seconds <n>', 'For so long the first time')
    .option('--breaker-longest <n>', 'And at most for so long')
    .option('--check-seconds <n>', 'Time between two checks of a provider');
  change.action(async (options: ChangeOptions) => {
    const wanted = readChange(options);
    if (Object.keys(wanted).length === 0) {
      throw new AppError('badInput', 'Say what is to change: easel routing change --help shows what there is.');
    }
    await update(globalOptions(change), () => wanted);
  });

  const limit = commandFor(program, ['routing', 'limit'])
    .description('Limit how much a provider is given')
    .argument('<provider>', 'Whose limits')
    .option('--at-once <n>', 'Jobs at the same time; usual: as the provider has it')
    .option('--per-minute <n>', 'Requests a minute; usual: as the provider has it');
  limit.action(async (provider: string, options: { readonly atOnce?: string; readonly perMinute?: string }) => {
    if (options.atOnce === undefined && options.perMinute === undefined) {
      throw new AppError('badInput', 'Give --at-once, --per-minute or both: a number, or usual.');
    }
    await update(globalOptions(limit), (app) => {
      const { limits } = app.settings.get().routing;
      const before: OwnLimits = limits[provider] ?? { atOnce: null, perMinute: null };
      const next = {
        atOnce: readLimit('at-once', options.atOnce, before.atOnce),
        perMinute: readLimit('per-minute', options.perMinute, before.perMinute),
      };
      return { limits: { ...limits, [provider]: next } };
    });
  });
}

function readChange(options: ChangeOptions): RoutingChange {
  const { mode, cloud, fallback, musts } = options;
  const breaker = withoutUnsaid({
    failures: readNumber('breaker-failures', options.breakerFailures),
    coolDownSeconds: readNumber('breaker-seconds', options.breakerSeconds),
    longestCoolDownSeconds: readNumber('breaker-longest', options.breakerLongest),
  });
  return withoutUnsaid({
    mode,
    cloudOff: cloud === undefined ? undefined : cloud === 'off',
    fallback: fallback === undefined ? undefined : fallback !== 'off',
    fallbackAfterRefusal: fallback === undefined ? undefined : fallback === 'after-refusal',
    musts: musts === 'none' ? [] : readMusts('musts', musts),
    breaker: Object.keys(breaker).length === 0 ? undefined : breaker,
    healthCheckSeconds: readNumber('check-seconds', options.checkSeconds),
  });
}

type Said<Values> = { [Name in keyof Values]?: Exclude<Values[Name], undefined> };

function withoutUnsaid<Values extends object>(values: Values): Said<Values> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Said<Values>;
}

function readLimit(option: string, text: string | undefined, before: number | null): number | null {
  if (text === undefined) return before;
  return text === 'usual' ? null : (readNumber(option, text) ?? null);
}

/** Goes the way every other change goes, so that numbers out of range are told in the same words. */
async function update(globals: GlobalOptions, change: (app: App) => RoutingChange): Promise<void> {
  const app = createTerminalApp(globals, 'read');
  try {
    printAnswer(globals, await callOperation(app.handlers, ['routing', 'update'], change(app)), 'routing get');
  } finally {
    await app.close();
  }
}
