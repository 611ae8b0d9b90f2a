import type { Override, RoutingSettings } from '../../shared/models/routing.ts';
import { strategies } from '../../shared/models/route-wishes.ts';
import { didYouMean } from '../../shared/nearest-names.ts';
import { readDuration, readProvider, readProviders, readSwitch, type Reading } from './environment-values.ts';

export interface RoutingInForce {
  /** The stored settings with what the environment says in their place. */
  readonly inForce: RoutingSettings;
  readonly overrides: readonly Override[];
  /** Variables that can't be used, and why: they are ignored. */
  readonly notices: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Limits of `healthCheckSeconds`. */
const seconds = { min: 5, max: 86_400 } as const;

/**
 * The routing settings of this run: environment variables win over what is stored (spec section 9). Of two variables for one
 * setting the first that can be used wins; what can't be used is named in a notice and ignored.
 */
export function routingInForce(
  stored: RoutingSettings,
  environment: Environment,
  providers: readonly string[],
): RoutingInForce {
  const changes: Partial<RoutingSettings> = {};
  const overrides: Override[] = [];
  const notices: string[] = [];

  /** Takes the first of these variables that says something usable. */
  const decide = <Value>(
    variables: readonly string[],
    read: (text: string) => Reading<Value>,
    apply: (value: Value, variable: string) => void,
  ): void => {
    for (const variable of variables) {
      const text = environment[variable]?.trim() ?? '';
      if (text === '') continue;
      const { value, problems } = read(text);
      notices.push(...problems.map((problem) => `${variable} ${problem}`));
      if (value === null) continue;
      apply(value, variable);
      return;
    }
  };
  const set = <Name extends keyof RoutingSettings>(
    setting: Name,
    variable: string,
    value: RoutingSettings[Name],
    words: string,
  ): void => {
    changes[setting] = value;
    overrides.push({ setting, variable, value: words });
  };
  const oneProvider = (text: string): Reading<string> => readProvider(text, providers);

  decide(
    ['AI_PROVIDER'],
    (text) => (isUnified(text) ? { value: null, problems: [] } : oneProvider(text)),
    (id, by) => {
      set('mode', by, 'single', 'single');
      set('primary', by, id, id);
    },
  );
  if (isUnified(environment.AI_PROVIDER ?? '')) set('mode', 'AI_PROVIDER', 'unified', 'unified');
  if (changes.primary === undefined) {
    decide(['PRIMARY_IMAGE_PROVIDER', 'AI_PRIMARY_PROVIDER'], oneProvider, (id, by) => set('primary', by, id, id));
  }
  decide(
    ['FALLBACK_IMAGE_PROVIDERS', 'AI_SECONDARY_PROVIDER'],
    (text) => readProviders(text, providers),
    (ids, by) => set('fallbacks', by, ids, ids.join(', ')),
  );
  decide(['SERVICE_ROUTING_STRATEGY'], readStrategy, (strategy, by) => set('strategy', by, strategy, strategy));
  decide(
    ['SERVICE_HEALTH_CHECK_INTERVAL'],
    (text) => readDuration(text, seconds),
    (value, by) => set('healthCheckSeconds', by, value, String(value)),
  );
  decide(['AI_FALLBACK_ENABLED'], readSwitch, (isOn, by) => set('fallback', by, isOn, isOn ? 'on' : 'off'));
  // Who turned the cloud off in the settings must not find it on because a variable was left over.
  decide(['AI_ENABLED'], readSwitch, (isOn, by) => {
    if (!isOn) set('cloudOff', by, true, 'on');
  });
  return { inForce: { ...stored, ...changes }, overrides, notices };
}

function isUnified(text: string): boolean {
  return text.trim().toLowerCase() === 'unified';
}

function readStrategy(text: string): Reading<RoutingSettings['strategy']> {
  const wanted = text.toLowerCase().replaceAll(/[\s-]+/g, '_');
  const value = strategies.find((strategy) => strategy === wanted) ?? null;
  if (value !== null) return { value, problems: [] };
  const near = didYouMean(text, strategies);
  return { value, problems: [`names no strategy, so it is ignored.${near} There are: ${strategies.join(', ')}.`] };
}
