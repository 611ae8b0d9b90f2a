import type { Fault, Faults } from './faults.ts';
import { empty, json, notFound, parseJson, type Answer } from './http-answers.ts';
import type { PromptSeen } from './routes.ts';
import type { WorkerSettings } from './worker.ts';

interface Controlled {
  readonly promptsSeen: readonly PromptSeen[];
  readonly interrupts: readonly (string | null)[];
  readonly requestsSeen: readonly { readonly method: string; readonly path: string }[];
  readonly settings: WorkerSettings;
  readonly faults: Faults;
  readonly sockets: { count(): number };
  readonly history: ReadonlyMap<string, unknown>;
  runningId(): string | null;
  pendingIds(): readonly string[];
  addBystander(steps?: number, front?: boolean): string;
  interruptRunning(): boolean;
  restart(): void;
}

/**
 * The same control over HTTP, for tests that run the fake as a process of its own:
 * GET state · POST faults (one or a list) · DELETE faults · POST settings · POST bystander · POST interrupt · POST restart.
 */
export function createControl(fake: Controlled): (request: { method: string; path: string; body: Buffer }) => Answer {
  const state = (): object => ({
    prompts: fake.promptsSeen,
    interrupts: fake.interrupts,
    requests: fake.requestsSeen.map(({ method, path }) => `${method} ${path}`),
    sockets: fake.sockets.count(),
    running: fake.runningId(),
    pending: fake.pendingIds(),
    finished: [...fake.history.keys()],
    settings: fake.settings,
  });
  return ({ method, path, body }) => {
    const given = body.length > 0 ? parseJson(body) : {};
    switch (`${method} ${path.slice('/__fake/'.length)}`) {
      case 'GET state':
        return json(state());
      case 'POST faults':
        fake.faults.add(...(Array.isArray(given) ? (given as Fault[]) : [given as Fault]));
        return empty();
      case 'DELETE faults':
        fake.faults.clear();
        return empty();
      case 'POST settings':
        Object.assign(fake.settings, given);
        return json(fake.settings);
      case 'POST bystander': {
        const { steps, front } = given as { steps?: number; front?: boolean };
        return json({ id: fake.addBystander(steps, front) });
      }
      case 'POST interrupt':
        return json({ interrupted: fake.interruptRunning() });
      case 'POST restart':
        // The answer leaves before the connections are dropped.
        setImmediate(() => fake.restart());
        return empty();
      default:
        return notFound();
    }
  };
}
