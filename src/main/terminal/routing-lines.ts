import { exactDollars } from '../../shared/dollars.ts';
import type { Override, RoutingSettings, RoutingState } from '../../shared/models/routing.ts';
import type { RankedCandidate, RouteAnswer } from '../../shared/models/route.ts';
import { aboutText, decidingReasons } from '../../shared/routing/route-reasons.ts';
import { counted, money } from './plain-words.ts';

interface StoredRouting {
  readonly settings: RoutingSettings;
  readonly inForce: RoutingSettings;
  readonly overrides: readonly Override[];
}

/** How jobs find their provider in this run; what the environment decides is marked, with what it hides. */
export function routingLines({ settings, inForce, overrides }: StoredRouting): string[] {
  const rows = [
    ['strategy', (routing) => routing.strategy],
    ['mode', (routing) => (routing.mode === 'single' ? 'single: the primary provider only' : 'unified')],
    ['primary', (routing) => routing.primary ?? 'none'],
    ['fallbacks', (routing) => (routing.fallbacks.length > 0 ? routing.fallbacks.join(', ') : 'none')],
    ['fallback', ({ fallback, fallbackAfterRefusal }) => fallbackWords(fallback, fallbackAfterRefusal)],
    ['cloudOff', (routing) => (routing.cloudOff ? 'off' : 'on'), 'cloud'],
    ['musts', (routing) => (routing.musts.length > 0 ? routing.musts.join(', ') : 'none'), 'must hold'],
    ['caps', ({ caps }) => capWords(caps)],
    [
      'breaker',
      ({ breaker }) =>
        `opens after ${counted(breaker.failures, 'failure')} in a row, for ${breaker.coolDownSeconds} to ${breaker.longestCoolDownSeconds} s`,
    ],
    ['limits', ({ limits }) => limitWords(limits)],
    ['healthCheckSeconds', (routing) => `every ${routing.healthCheckSeconds} s`, 'checks'],
  ] as const satisfies readonly (readonly [keyof RoutingSettings, (routing: RoutingSettings) => string, string?])[];
  return rows.map(([name, words, label]) => {
    const override = overrides.find(({ setting }) => setting === name);
    const note = override ? `  (${override.variable} says so for this run; stored: ${words(settings)})` : '';
    return `${(label ?? name).padEnd(10)} ${words(inForce)}${note}`;
  });
}

function fallbackWords(isOn: boolean, afterRefusal: boolean): string {
  if (!isOn) return 'off';
  return afterRefusal ? 'on, also after content was refused' : 'on';
}

function capWords(caps: RoutingSettings['caps']): string {
  const set = Object.entries(caps).flatMap(([name, usd]) => (usd === null ? [] : [`${exactDollars(usd)} per ${name}`]));
  return set.length > 0 ? set.join(', ') : 'none';
}

function limitWords(limits: RoutingSettings['limits']): string {
  const set = Object.entries(limits).flatMap(([provider, { perMinute, atOnce }]) => {
    const parts = [
      perMinute === null ? [] : `${perMinute} per minute`,
      atOnce === null ? [] : `${atOnce} at once`,
    ].flat();
    // One that was set once and is as usual again is no limit any more.
    return parts.length === 0 ? [] : [`${provider} ${parts.join(', ')}`];
  });
  return set.length > 0 ? set.join('; ') : "the providers' own";
}

/** Who would do a request, best first, and who is left out. */
export function routeLines({ strategy, ranked, skipped, pricedInstead }: RouteAnswer): string[] {
  return [
    `strategy: ${strategy}`,
    ...(ranked.length > 0 ? ranked.flatMap(candidateLines) : ['Nobody can do this now.']),
    ...unpricedLines(ranked, pricedInstead),
    ...(skipped.length > 0 ? ['skipped:'] : []),
    ...skipped.map(({ provider, reason, help }) => `   ${provider}: ${reason}${help === '' ? '' : ` ${help}`}`),
  ];
}

/** What the first one costs is not known: who would do it at a price, and how one is entered. */
function unpricedLines([best]: readonly RankedCandidate[], instead: RouteAnswer['pricedInstead']): string[] {
  if (best?.cost.kind !== 'unknown') return [];
  const { provider, model, modelName } = best;
  const other =
    instead === null
      ? []
      : [
          `   ${instead.provider}, ${instead.modelName} would do it: ${money(instead.cost)}. Choose it with: --provider ${instead.provider} --model ${word(instead.model)}`,
        ];
  return [
    `note: what ${provider}, ${modelName} costs is not known, so no sum and no estimate counts it.`,
    ...other,
    `   Enter its price with: easel prices set ${provider}/${model} <usd>`,
  ];
}

/** As a shell takes it for one word. */
const word = (text: string): string => (/^[\w./:@-]+$/.test(text) ? text : `"${text}"`);

function candidateLines(candidate: RankedCandidate, index: number): string[] {
  const { provider, modelName, cost, seconds, waits, reasons, dropped } = candidate;
  const time = seconds === null ? 'time unknown' : aboutText(seconds);
  const deciding = decidingReasons(reasons);
  return [
    `${index + 1}. ${provider}, ${modelName}: ${money(cost)}, ${time}${waits ? ', waits for its turn' : ''}`,
    ...(deciding.length > 0 ? [`   ${deciding.join('; ')}`] : []),
    ...dropped.map(({ note }) => `   note: ${note}`),
  ];
}

/** After a reset: how each provider stands. */
export function standingLines({ standings }: RoutingState): string[] {
  if (standings.length === 0) return ['No provider has been used yet.'];
  return standings.map(
    ({ provider, breaker, running, atOnce, perMinute, startedLastMinute }) =>
      `${provider.padEnd(13)} ${breaker.state.replace('_', ' ').padEnd(10)} ${running}/${atOnce} at once${perMinute === null ? '' : `, ${startedLastMinute}/${perMinute} in this minute`}`,
  );
}
