import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { Refused, startLines, waitWhileOpen } from './answers.ts';
import { digestOf } from './models.ts';
import { knownModel, type State } from './state.ts';

/** The official client sends the old member `name`. */
const PullRequest = z.strictObject({
  model: z.string().optional(),
  name: z.string().optional(),
  stream: z.boolean().default(true),
  insecure: z.boolean().optional(),
});

const steps = 20;
/** A large layer and small ones, as shares of the whole. */
const layers = [0.97, 0.02, 0.01];

/** `POST /api/pull`: layer by layer; what was brought before a break is there the next time. */
export async function pull(state: State, given: unknown, response: ServerResponse): Promise<void> {
  const parsed = PullRequest.safeParse(given);
  const name = parsed.data?.model ?? parsed.data?.name;
  if (name === undefined) throw new Refused(400, 'invalid model name');
  const fault = state.faults.take('pull');
  const model = knownModel(name);
  const line = startLines(response);
  line({ status: 'pulling manifest' });
  if (fault === 'unknown' || model.name.startsWith('nothing')) {
    line({ error: 'pull model manifest: file does not exist' });
    response.end();
    return;
  }
  let before = 0;
  for (const [number, share] of layers.entries()) {
    const total = Math.round(model.size * share);
    const digest = `sha256:${digestOf(`${model.name} ${number}`)}`;
    const status = `pulling ${digest.slice('sha256:'.length, 'sha256:'.length + 12)}`;
    line({ status, digest, total });
    const there = Math.min(total, Math.max(0, (state.pulled.get(model.name) ?? 0) - before));
    for (let at = Math.floor((there / total) * steps) + 1; at <= steps; at += 1) {
      const goesOn = await waitWhileOpen(response, (state.settings.pullMs * share) / steps);
      if (!goesOn) return;
      const completed = Math.round((total * at) / steps);
      state.pulled.set(model.name, before + completed);
      line({ status, digest, total, completed });
      if (fault === 'errorLine' && at === steps / 2) {
        line({ error: 'max retries exceeded: unexpected EOF' });
        response.end();
        return;
      }
      if (fault === 'cut' && at === steps / 2) {
        response.socket?.resetAndDestroy();
        return;
      }
    }
    before += total;
  }
  for (const status of ['verifying sha256 digest', 'writing manifest']) line({ status });
  state.installed.set(model.name, model);
  line({ status: 'success' });
  response.end();
}
