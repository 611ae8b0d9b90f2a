import type { Refusal } from '../http-failures.ts';
import { ProviderError } from '../provider.ts';
import type { Explain } from './explain-refusal.ts';

/** Modal holds a request for 150 seconds, then names an address where to go on waiting, as often as it takes. */
export const hopTimeoutMs = 170_000;
const mostHops = 20;

/** Where Modal says that the answer will be, as a whole address; null for any other answer. */
export function locationOf({ status, header }: Refusal, address: string): string | null {
  const location = status === 303 ? header('location') : null;
  return location !== null && URL.canParse(location, address) ? new URL(location, address).href : null;
}

/**
 * Follows Modal's 303 by hand, to addresses of the app only (`again` sees to that) and with the key. Asking there starts nothing
 * again. Throws what the calls throw; after a paid call was passed on, a lost answer is `unknown_outcome`.
 */
export async function throughSeeOther<T>(
  address: string,
  explain: Explain,
  calls: { first(explain: Explain): Promise<T>; again(location: string, explain: Explain): Promise<T> },
  isPaid = false,
): Promise<T> {
  const seen: string[] = [];
  const noting: Explain = (refusal) => {
    const location = locationOf(refusal, address);
    if (location === null) return explain(refusal);
    seen.push(location);
    return new ProviderError('timeout', 'Modal is still waiting for your app.');
  };
  let ask = (): Promise<T> => calls.first(noting);
  for (let hops = 0; ; hops += 1) {
    try {
      return await ask();
    } catch (error) {
      const location = seen.pop();
      if (location === undefined || hops >= mostHops) throw isPaid && hops > 0 ? asLost(error) : error;
      ask = () => calls.again(location, noting);
    }
  }
}

const lostCodes = ['network', 'timeout', 'offline', 'server', 'task_lost'];

function asLost(error: unknown): unknown {
  if (!(error instanceof ProviderError) || !lostCodes.includes(error.code)) return error;
  const message = `The answer of Modal was lost, so this may have been charged. ${error.message}`;
  return new ProviderError('unknown_outcome', message, { cause: error, providerText: error.providerText });
}
