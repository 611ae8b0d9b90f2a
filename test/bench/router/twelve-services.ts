import { createRouter, type RouterOptions } from './routed-call.ts';
import type { Call } from './upstream.ts';

const none: readonly string[] = [];

/**
 * A call that is routed over twelve providers that are set up, each of which costs a little more than the one before, and that must
 * succeed at the first attempt: what is measured must have happened.
 */
export function routedCall(call: Call, more: Pick<RouterOptions, 'strategy' | 'decides'>): () => Promise<void> {
  const services = Array.from({ length: 12 }, (_, at) => ({ id: `p${at}`, usd: 0.003 + at * 0.001 }));
  const router = createRouter({ ...more, services, capUsd: 1_000_000, send: call });
  return async () => {
    const begun = router.begin(none);
    if (typeof begun === 'string') throw new Error(`A routed call was not begun: ${begun}.`);
    const answer = await call();
    router.end(begun, answer);
    if (answer.code !== null) throw new Error(`A routed call failed: ${answer.code}.`);
  };
}
