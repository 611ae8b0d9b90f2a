import { createRouter, type Router, type RouterOptions } from './routed-call.ts';
import type { Call } from './upstream.ts';

/** Twelve providers that are set up; the call goes to whoever was chosen. Each costs a little more than the one before. */
export function routerOverTwelve(call: Call, more: Pick<RouterOptions, 'strategy' | 'decides'>): Router {
  const services = Array.from({ length: 12 }, (_, at) => ({ id: `p${at}`, usd: 0.003 + at * 0.001 }));
  return createRouter({
    ...more,
    services,
    capUsd: 1_000_000,
    send: call,
  });
}

/** A routed call that must succeed at the first attempt: what is measured must have happened. */
export function routedCall({ call }: Router): () => Promise<void> {
  return async () => {
    const routed = await call();
    if (typeof routed === 'string' || routed.failed > 0) throw new Error('A routed call did not succeed at once.');
  };
}
