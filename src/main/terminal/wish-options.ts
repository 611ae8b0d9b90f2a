import type { Command } from 'commander';
import { AppError } from '../../shared/errors.ts';
import { Must, strategies, tiers, type RouteWishes } from '../../shared/models/route-wishes.ts';
import { didYouMean } from '../../shared/nearest-names.ts';
import type { App } from '../app.ts';
import { readNumber } from './read-number.ts';

/** What the command line says of who may do a request. */
export interface WishOptions {
  readonly provider?: string;
  readonly model?: string;
  readonly strategy?: string;
  readonly tier?: string;
  readonly maxPrice?: string;
  readonly localOnly?: boolean;
  readonly only?: string;
  readonly must?: string;
  readonly orOther?: boolean;
}

export function addWishOptions(command: Command): void {
  command
    .option('--strategy <name>', `How its provider is found: ${strategies.join(', ')}`)
    .option('--tier <name>', `Prefer models of this tier: ${tiers.join(', ')}`)
    .option('--max-price <usd>', 'US dollars for the whole job; nobody who may cost more is asked')
    .option('--local-only', 'Nothing leaves for a cloud service')
    .option('--only <ids>', 'Only these providers, separated by commas')
    .option('--must <names>', 'What must hold, separated by commas: size, seed, negative, mask, tier and others')
    .option('--or-other', 'Another provider may do it where the named one or its model cannot');
}

/** Undefined where none is said: then the settings decide everything. */
export function readWishes(app: App, options: WishOptions): { [Name in keyof RouteWishes]: unknown } | undefined {
  if (options.orOther === true && options.provider === undefined && options.model === undefined) {
    throw new AppError(
      'badInput',
      '--or-other is about a named provider or model: give --provider or --model as well.',
    );
  }
  const wishes = {
    strategy: options.strategy?.toLowerCase().replaceAll('-', '_'),
    tier: options.tier?.toLowerCase(),
    maxUsd: readNumber('max-price', options.maxPrice),
    localOnly: options.localOnly,
    // An id that does not exist is told here, with the ones that do.
    providers: readList('only', options.only)?.map((id) => app.providers.status(id).manifest.id),
    musts: readMusts('must', options.must),
    orOther: options.orOther,
  };
  const said = Object.entries(wishes).filter(([, value]) => value !== undefined);
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

/** What must hold, as an option of this name lists it. Throws AppError. */
export function readMusts(option: string, text: string | undefined): Must[] | undefined {
  return readList(option, text)?.map((name) => readMust(option, name));
}

/** The field of a request that a name on the command line means: `negative`, `output-format`. */
function readMust(option: string, name: string): Must {
  const short: Readonly<Record<string, Must>> = { negative: 'negativePrompt', format: 'outputFormat', lora: 'loras' };
  const field = name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const found = Must.safeParse(Object.hasOwn(short, field) ? short[field] : field);
  if (found.success) return found.data;
  const message = `--${option} does not know "${name}".${didYouMean(name, Must.options)} It takes: ${Must.options.join(', ')}.`;
  throw new AppError('badInput', message);
}

function readList(option: string, text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  const names = [...new Set(text.split(/[,\s]+/).filter((name) => name !== ''))];
  if (names.length === 0) throw new AppError('badInput', `--${option} needs at least one name.`);
  return names;
}

/** The option that a wish comes from; null for what is none. */
export function wishOptionOf(field: string): string | null {
  const [request, name] = field.split('.');
  if (request !== 'wishes' || name === undefined) return null;
  const others: Readonly<Record<string, string>> = { maxUsd: 'max-price', providers: 'only', musts: 'must' };
  return others[name] ?? name;
}
