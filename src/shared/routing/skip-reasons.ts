import type { ErrorCode, ProviderErrorCode } from '../errors.ts';
import type { GenerationRequest } from '../models/generation-request.ts';
import type { ProviderManifest, ProviderStatus } from '../models/provider.ts';
import type { Breaker, RoutingSettings, Standing } from '../models/routing.ts';
import { breakerAt, closedBreaker, letsPass } from './breaker.ts';

export interface FailedProvider {
  readonly provider: string;
  readonly code: ProviderErrorCode;
}

export interface Skip {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly help: string;
  /** When time alone changes it: milliseconds since 1970, at the earliest. */
  readonly againAt?: number;
  /** It ends by itself, though nobody knows when. */
  readonly passes?: boolean;
  /** The job itself says that it is not to be asked. */
  readonly isWish?: boolean;
}

type State = ProviderStatus['health']['state'];

/** What it means for a request that its provider is not ready, and what would help. */
const unready: Readonly<Record<State, { code: ErrorCode; help: string }>> = {
  ready: { code: 'network', help: '' },
  unreachable: { code: 'network', help: 'Start it, or correct its address.' },
  notSetUp: { code: 'network', help: 'Set it up under Providers.' },
  found: { code: 'network', help: 'Accept it under Providers.' },
  checking: { code: 'network', help: 'Wait until it has been checked.' },
  offline: { code: 'offline', help: 'Check the network of this computer.' },
  keyMissing: { code: 'auth', help: 'Enter its key under Providers.' },
  keyRefused: { code: 'auth', help: 'Enter another key under Providers.' },
  locked: { code: 'auth', help: 'Unlock the vault.' },
};

/** Nobody can start a cloud service. */
const cloudAwayHelp = 'Wait, or check its address and the network of this computer.';

/** What a provider comes back from by itself. */
const passing: readonly State[] = ['unreachable', 'offline', 'locked', 'checking'];

/** What a provider did that failed; to be put behind its name. */
export const failureWords: Readonly<Record<ProviderErrorCode, string>> = {
  auth: 'it refused the key',
  quota: 'the account has no credit',
  rate_limit: 'it had too many requests',
  content_policy: 'it refused the content',
  invalid_request: 'it refused the request',
  timeout: 'it did not answer in time',
  network: 'it could not be reached',
  server: 'it had an error',
  task_lost: 'it lost the task',
  unknown_outcome: 'what became of it is not known',
  offline: 'this computer was offline',
  cancelled: 'it was cancelled',
};

const skip = (code: ErrorCode, reason: string, help = ''): Skip => ({ code, reason, help });

/** Whether a single provider may be used, and it is another one. `primaryName` is null where no primary is chosen. */
export function whyNotInMode(
  { id, name }: Pick<ProviderManifest, 'id' | 'name'>,
  settings: Pick<RoutingSettings, 'mode' | 'primary'>,
  primaryName: string | null,
): Skip | null {
  if (settings.mode !== 'single' || settings.primary === id) return null;
  return primaryName === null
    ? skip('noProvider', 'Only the primary provider may be used, and none is chosen.', 'Choose a primary provider.')
    : skip('noProvider', `Only ${primaryName} may be used.`, `Allow several providers, or make ${name} the primary.`);
}

/** Whether it is a cloud service, and those are switched off. */
export function whyNotInCloud(
  { name, kind }: Pick<ProviderManifest, 'name' | 'kind'>,
  { cloudOff }: Pick<RoutingSettings, 'cloudOff'>,
): Skip | null {
  if (kind !== 'cloud' || !cloudOff) return null;
  return skip('noProvider', `${name} is a cloud service, and those are switched off.`, 'Switch cloud services on.');
}

/** Looks only at who it is, not at what it can do. Null: it may be asked. */
export function whyNotAsked(
  status: ProviderStatus,
  {
    request,
    settings,
    failed,
    hasRealProvider,
    primaryName,
  }: {
    request: GenerationRequest;
    settings: RoutingSettings;
    failed: readonly FailedProvider[];
    hasRealProvider: boolean;
    primaryName: string | null;
  },
): Skip | null {
  const { id, name, kind } = status.manifest;
  const { wishes } = request;
  const isNamed = request.provider === id;
  const isOutside = whyNotInMode(status.manifest, settings, primaryName);
  if (isOutside) return isOutside;
  const isChosen =
    isNamed ||
    (settings.mode === 'single' && settings.primary === id) ||
    (kind === 'builtin' && ((wishes?.providers?.includes(id) ?? false) || hasNamedModel(request, status)));
  if (!isChosen) {
    if (kind === 'builtin' && hasRealProvider) {
      return skip(
        'noProvider',
        `${name} is only used when you choose it or no other provider is set up.`,
        `Choose ${name} by name.`,
      );
    }
    if (kind === 'cloud' && !status.enabled && !['notSetUp', 'ready'].includes(status.health.state)) {
      // While the keys are locked nobody knows whether its own is among them. It says itself what to do.
      const { state, message } = status.health;
      return state === 'locked'
        ? { ...skip('auth', message, unready.locked.help), passes: true }
        : skip('noProvider', message);
    }
    if (kind !== 'builtin' && !status.enabled) {
      return skip('noProvider', `${name} is not set up.`, unready.notSetUp.help);
    }
  }
  const isOff = whyNotInCloud(status.manifest, settings);
  if (isOff) return isOff;
  if (kind === 'cloud' && wishes?.localOnly === true) {
    const reason = `${name} is a cloud service, and this job stays on your own machines.`;
    return { ...skip('noProvider', reason, 'Allow cloud services for this job.'), isWish: true };
  }
  if (wishes?.providers && !wishes.providers.includes(id)) {
    return {
      ...skip('noProvider', `${name} is not among the providers of this job.`, 'Add it to them.'),
      isWish: true,
    };
  }
  const own = failed.find(({ provider }) => provider === id);
  if (own) return skip(own.code, `${name} failed at this job: ${failureWords[own.code]}.`);
  if (failed.length > 0 && !settings.fallback) {
    return skip('noProvider', `${name} may not take over: fallback is off.`, 'Switch fallback on.');
  }
  if (!settings.fallbackAfterRefusal && failed.some(({ code }) => code === 'content_policy')) {
    return skip('noProvider', `${name} may not take over what another one refused.`, 'Allow fallback after a refusal.');
  }
  const { state, message } = status.health;
  if (state === 'ready') return null;
  const help = state === 'unreachable' && kind === 'cloud' ? cloudAwayHelp : unready[state].help;
  return { ...skip(unready[state].code, message, help), passes: passing.includes(state) };
}

export function hasNamedModel(request: GenerationRequest, { models }: ProviderStatus): boolean {
  return request.model !== undefined && models.some(({ id }) => id === request.model);
}

/** Its probe tells at the end of an attempt, whose time nobody knows. */
const askAgainMs = 1_000;

/** Whether it may be sent something at this moment, named or not, and its breaker as it is now. */
export function whyNotNow(
  { manifest: { name } }: ProviderStatus,
  standing: Standing | null,
  settings: RoutingSettings,
  now: number,
): { skip: Skip | null; breaker: Breaker } {
  if (standing === null) return { skip: null, breaker: closedBreaker };
  const breaker = breakerAt(standing.breaker, settings.breaker, now);
  const why = breaker.reason === null ? '' : ` after failures: ${failureWords[breaker.reason]}`;
  if (breaker.state === 'open') {
    const until = breaker.until ?? now;
    return {
      breaker,
      skip: {
        code: breaker.reason ?? 'network',
        reason: `${name} is cooling down${why}, ${secondsText(until - now)} left.`,
        help: 'Wait, or reset its breaker.',
        againAt: until,
      },
    };
  }
  if (!letsPass(breaker)) {
    return {
      breaker,
      skip: {
        code: breaker.reason ?? 'network',
        reason: `${name} is being tried again${why}; its one try is under way.`,
        help: 'Wait, or reset its breaker.',
        againAt: now + askAgainMs,
      },
    };
  }
  const { pausedUntil } = standing;
  if (pausedUntil === null || pausedUntil <= now) return { skip: null, breaker };
  return {
    breaker,
    skip: {
      code: 'rate_limit',
      reason: `${name} asked to be left alone, ${secondsText(pausedUntil - now)} left.`,
      help: 'Wait, or lower its limit a minute.',
      againAt: pausedUntil,
    },
  };
}

/** "40 s", "3 min", "2 h": never shorter than it is. */
export function secondsText(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3_600)} h`;
}
