import type { ProviderHealth, ProviderStatus } from '../../shared/models/provider.ts';
import type { Log } from '../log.ts';
import { ProviderError, type ImageProvider } from '../providers/provider.ts';
import type { ProviderEntries, ProviderEntry } from './provider-entries.ts';
import { healthAfter, type ProviderKeys } from './provider-standing.ts';

const checkTimeoutMs = 15_000;
const probeTimeoutMs = 4_000;
/** A server that works at full load may be slow to answer; so many probes in a row must be before it counts as away. */
const slowProbesAtMost = 3;

/** How one check of a provider ended. */
export interface CheckOutcome {
  readonly provider: string;
  /** Milliseconds since 1970, at its end. */
  readonly at: number;
  readonly tookMs: number;
  /** Its models were read as well. */
  readonly isWhole: boolean;
  readonly failure: { readonly code: ProviderError['code']; readonly message: string } | null;
}

/** Asks providers whether they can be used: free calls only. */
export function createProviderChecks(dependencies: {
  entries: ProviderEntries;
  keys: ProviderKeys;
  log: Log;
  now: () => number;
  onChecked: (outcome: CheckOutcome) => void;
}) {
  const { entries, keys, log, now, onChecked } = dependencies;
  const closing = new AbortController();
  const signalFor = (milliseconds: number): AbortSignal =>
    AbortSignal.any([closing.signal, AbortSignal.timeout(milliseconds)]);

  const openAt = (state: ProviderEntry, url: string): Promise<ImageProvider> =>
    state.connections.open(url, keys.of(state.id));

  const ask = async (
    state: ProviderEntry,
    url: string,
  ): Promise<ProviderHealth & Pick<ProviderStatus, 'models' | 'balance'>> => {
    const provider = await openAt(state, url);
    const signal = signalFor(checkTimeoutMs);
    const { version, message } = await provider.checkHealth({ signal });
    const models = provider.listModels ? [...(await provider.listModels({ signal }))] : state.kind.manifest.models;
    // Only for showing: a service whose account page is down still draws.
    const balance = (await provider.readBalance?.({ signal }).catch(() => null)) ?? null;
    return { state: 'ready', version, message, checkedAt: now(), models, balance };
  };

  const failureOf = (error: unknown, { kind: { manifest } }: ProviderEntry): ProviderError => {
    if (error instanceof ProviderError && error.code === 'cancelled' && !closing.signal.aborted) {
      return new ProviderError('timeout', `${manifest.name} did not answer within ${checkTimeoutMs / 1000} seconds.`);
    }
    if (error instanceof ProviderError) return error;
    log.error('provider check failed', error, { provider: manifest.id });
    return new ProviderError('server', `${manifest.name} gave an answer that Easel does not understand.`);
  };

  const run = async (state: ProviderEntry, onlyNews: boolean): Promise<ProviderStatus> => {
    const { manifest } = state.kind;
    const address = entries.givenAddress(state);
    if (manifest.kind === 'builtin' || address.problem || entries.barred(state, address)) {
      return entries.tell(state, { onlyNews });
    }
    const urls = address.source === 'default' ? manifest.defaultUrls : [address.url ?? ''];
    if (state.health.state !== 'ready' && !onlyNews) {
      state.health = { ...state.health, state: 'checking', message: `Asking ${manifest.name}…` };
      entries.tell(state);
    }
    state.checks.asked += 1;
    state.slowProbes = 0;
    const began = performance.now();
    const note = (failure: CheckOutcome['failure']): void => {
      if (closing.signal.aborted) return;
      onChecked({ provider: state.id, at: now(), tookMs: performance.now() - began, isWhole: true, failure });
    };
    let failure: unknown = null;
    for (const url of urls) {
      try {
        const { models, balance, ...health } = await ask(state, url);
        state.health = health;
        state.models = models;
        state.balance = balance;
        state.answeredAt = url;
        const status = entries.tell(state, { onlyNews });
        note(null);
        return status;
      } catch (error) {
        failure ??= error;
      }
    }
    const known = failureOf(failure, state);
    state.health = healthAfter(known, now());
    state.answeredAt = null;
    const status = entries.tell(state, { onlyNews });
    note({ code: known.code, message: known.message });
    return status;
  };

  /** Where a provider is and with what it is entered, as one text. */
  const placeOf = (state: ProviderEntry): string => JSON.stringify([entries.addressOf(state).url, keys.of(state.id)]);

  const check = (state: ProviderEntry, { onlyNews = false } = {}): Promise<ProviderStatus> => {
    const place = placeOf(state);
    const running = state.checking;
    if (running?.place === place) return running.answer;
    // An address or a key that changed meanwhile has to be asked anew, after the old one.
    const answer = (running?.answer ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => run(state, onlyNews))
      .finally(() => {
        if (state.checking?.answer === answer) state.checking = null;
      });
    state.checking = { place, answer };
    return answer;
  };

  /** What a probe has seen is of no use once somebody has begun to ask in earnest. */
  const isOutrun = ({ checking, health }: ProviderEntry): boolean => checking !== null || health.state !== 'ready';

  return {
    openAt,
    check,
    /** Whether a server that was ready still answers: one cheap call, and a whole check where it does not. */
    probe: async (state: ProviderEntry): Promise<void> => {
      if (state.checking) return;
      const began = performance.now();
      try {
        const provider = await openAt(state, entries.addressOf(state).url ?? '');
        const { version, message } = await provider.checkHealth({ signal: signalFor(probeTimeoutMs) });
        if (isOutrun(state)) return;
        const isNews = version !== state.health.version || message !== state.health.message;
        state.slowProbes = 0;
        state.health = { state: 'ready', version, message, checkedAt: now() };
        state.status = null;
        if (isNews) entries.tell(state);
        onChecked({ provider: state.id, at: now(), tookMs: performance.now() - began, isWhole: false, failure: null });
      } catch (error) {
        if (closing.signal.aborted) return;
        const isSlow = error instanceof ProviderError && (error.code === 'timeout' || error.code === 'cancelled');
        state.slowProbes += 1;
        if (isSlow && state.slowProbes < slowProbesAtMost) return;
        await check(state, { onlyNews: true });
      }
    },
    close: (): void => closing.abort(),
  };
}
