import { createServer, type AddressInfo } from 'node:net';
import { Pool } from 'undici';
import type { ProviderErrorCode } from '../../../src/shared/errors.ts';
import { startProcess } from '../start-process.ts';

/** As many as there are calls at once at most, so that none waits for a socket on any side. */
const connections = 64;
const path = '/v1/images/generations';
const body = JSON.stringify({ model: 'dall-e-3', prompt: 'a fox in the snow, oil on canvas', n: 1, size: '1024x1024' });
const headers = { authorization: 'Bearer easel-bench-key', 'content-type': 'application/json' };

export interface Answer {
  /** Null: it succeeded. */
  readonly code: ProviderErrorCode | null;
  /** US dollars that it cost; null: what was expected. */
  readonly usd: number | null;
}

/** One call with nothing around it. A failure costs nothing. */
export type Call = () => Promise<Answer>;

export interface Upstream {
  /** Answers at once. Each has a pool of its own, as each provider has. */
  healthy(): Call;
  /** Answers at once, with status 500. */
  failing(): Call;
  /** Nobody listens there. */
  refusing(): Promise<Call>;
  /** The same service through the gateway, with the same client. */
  throughGateway(): Promise<Call>;
  /** The gateway is told to ask one that fails first, and one that is well after it. */
  throughGatewayAfterFailure(): Promise<Call>;
}

/** Gives a service that answers at once to the work, and ends everything that was started afterwards. */
export async function withUpstream<Result>(work: (upstream: Upstream) => Promise<Result>): Promise<Result> {
  const standIn = await startProcess<{ url: string }>(['test/bench/service-stand-in.ts']);
  const ends: (() => Promise<void>)[] = [() => standIn.stop()];
  const { url } = standIn.answer;
  const open = (origin: string, callPath: string, more: Record<string, string> = {}): Call => {
    const pool = new Pool(origin, { connections });
    ends.unshift(() => pool.close());
    return bareCall(pool, callPath, { ...headers, ...more });
  };
  let gatewayUrl: Promise<string> | null = null;
  const openGateway = async (): Promise<string> => {
    const gateway = await startProcess<{ url: string }>(['test/bench/router/gateway.ts', '--headless']);
    ends.push(() => gateway.stop());
    return gateway.answer.url;
  };
  const viaGateway = async (more: Record<string, string>): Promise<Call> =>
    open(await (gatewayUrl ??= openGateway()), path, more);
  const target = (base: string) => ({ provider: 'openai', api_key: 'easel-bench-key', custom_host: `${url}${base}` });
  try {
    return await work({
      healthy: () => open(url, path),
      failing: () => open(url, `/failing${path}`),
      refusing: async () => open(`http://127.0.0.1:${await unusedPort()}`, path),
      throughGateway: () => viaGateway({ 'x-portkey-provider': 'openai', 'x-portkey-custom-host': `${url}/v1` }),
      throughGatewayAfterFailure: () =>
        viaGateway({
          'x-portkey-config': JSON.stringify({
            strategy: { mode: 'fallback' },
            targets: [target('/failing/v1'), target('/v1')],
          }),
        }),
    });
  } finally {
    for (const end of ends) await end();
  }
}

const done: Answer = { code: null, usd: null };
const refused: Answer = { code: 'server', usd: 0 };
const unreachable: Answer = { code: 'network', usd: 0 };

function bareCall(pool: Pool, callPath: string, callHeaders: Record<string, string>): Call {
  return async () => {
    try {
      const response = await pool.request({ method: 'POST', path: callPath, headers: callHeaders, body });
      await response.body.json();
      return response.statusCode === 200 ? done : refused;
    } catch {
      return unreachable;
    }
  };
}

/** The same call, which must succeed: what is measured must have happened. */
export function mustSucceed(call: Call): () => Promise<void> {
  return async () => {
    const { code } = await call();
    if (code !== null) throw new Error(`The call failed: ${code}.`);
  };
}

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
