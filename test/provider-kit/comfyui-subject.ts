import type { Fake, FakeOptions, Fault, FaultKind, RouteKind } from '../fakes/kit/fake-types.ts';
import type { Fault as ComfyuiFault } from '../fakes/comfyui/faults.ts';
import { startFakeComfyui } from '../fakes/comfyui/start-fake-comfyui.ts';

const targets: Readonly<Record<RouteKind, string>> = {
  pay: 'POST /prompt',
  poll: 'GET /history*',
  free: 'GET /object_info',
  file: 'GET /view',
};
const kinds: Readonly<Partial<Record<FaultKind, ComfyuiFault['kind']>>> = {
  resetBefore: 'resetBefore',
  resetAfter: 'resetAfter',
  hang: 'hang',
  status: 'status',
  html: 'html',
  cutJson: 'truncated',
};

/** ComfyUI's own stand-in, with faults and books as all others have them. Its runs cost nothing, but they count. */
export async function startComfyuiSubject({ port = 0, stepMs = 5 }: FakeOptions): Promise<Fake> {
  const comfyui = await startFakeComfyui({ port, settings: { stepMs, loadMs: 0 } });
  const kindOf = (method: string, path: string): RouteKind => {
    if (method === 'POST' && path === '/prompt') return 'pay';
    if (path === '/view') return 'file';
    return /^\/(history|queue|jobs)/.test(path) ? 'poll' : 'free';
  };
  return {
    id: 'comfyui',
    url: comfyui.url,
    keys: {},
    get requests() {
      return comfyui.requestsSeen.map(({ method, path, query, headers }) => ({
        method,
        path,
        query,
        kind: kindOf(method, path),
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
        body: Buffer.from(
          method === 'POST' && path === '/prompt' ? JSON.stringify(comfyui.promptsSeen.at(-1) ?? {}) : '',
        ),
      }));
    },
    get charges() {
      return comfyui.promptsSeen.map((_prompt, at) => ({
        id: String(at),
        usd: 0,
        images: 1,
        at: 0,
        clientId: null,
        request: '',
      }));
    },
    duplicates: [],
    mostConnections: () => 0,
    connectionsMade: () => 0,
    addFault: (fault: Fault) => {
      const kind = kinds[fault.kind];
      if (!kind) throw new Error(`ComfyUI's stand-in has no fault like ${fault.kind}`);
      const { status } = fault;
      comfyui.addFaults({
        on: targets[fault.on],
        kind,
        times: fault.times ?? 1_000_000,
        ...(status === undefined ? {} : { status }),
      });
    },
    faultsWaiting: () => 0,
    clearFaults: () => {
      comfyui.faults.clear();
    },
    close: () => comfyui.close(),
  };
}
