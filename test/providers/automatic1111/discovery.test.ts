import { afterEach, describe, expect, it } from 'vitest';
import { createEvents } from '../../../src/main/events.ts';
import { discover } from '../../../src/main/health/discover.ts';
import { createProviderStates, type ProviderStates } from '../../../src/main/health/provider-states.ts';
import { probeAutomatic1111 } from '../../../src/main/providers/automatic1111/probe.ts';
import { probeComfyui } from '../../../src/main/providers/comfyui/probe.ts';
import { providerKinds } from '../../../src/main/providers/registry.ts';
import { probeOllama } from '../../../src/main/ollama/probe-ollama.ts';
import { Settings } from '../../../src/shared/models/settings.ts';
import { startStand } from './stand.ts';

const probes = { comfyui: probeComfyui, automatic1111: probeAutomatic1111, ollama: probeOllama };
const opened: ProviderStates[] = [];
afterEach(async () => {
  for (const states of opened.splice(0)) await states.close();
});

function createStates(): ProviderStates {
  let settings = Settings.parse({});
  const silent = (): void => undefined;
  const states = createProviderStates({
    kinds: providerKinds.filter(({ manifest }) => manifest.id === 'automatic1111'),
    keys: {
      of: () => ({}),
      status: () => [],
      state: () => ({ isLocked: false }) as never,
      addressLogin: () => null,
      setAddressLogin: () => Promise.resolve(),
      onChange: () => silent,
    },
    settings: {
      get: () => settings,
      updateProvider: (id, change) => {
        const next = change(settings.providers[id]);
        return next ? (settings = { ...settings, providers: { ...settings.providers, [id]: next } }) : settings;
      },
    },
    environment: {},
    cloudOff: () => false,
    trainedModels: () => [],
    events: createEvents(),
    log: { info: silent, warn: silent, error: silent } as never,
    now: Date.now,
  });
  opened.push(states);
  return states;
}

describe('a web UI on this machine', () => {
  it('is offered when it is found, asked nothing more, and used once it is accepted', async () => {
    const { fake } = await startStand({}, { keys: {} });
    const states = createStates();
    const [found] = await discover({ comfyui: [], automatic1111: [fake.url], ollama: [] }, probes);
    expect(found).toMatchObject({ service: 'automatic1111', url: fake.url, usable: true });
    states.offer('automatic1111', found!);
    expect(states.status('automatic1111')).toMatchObject({ enabled: false, health: { state: 'found' }, models: [] });
    expect(fake.requests.map(({ path }) => path)).toEqual(['/sdapi/v1/progress']);
    const accepted = await states.setUp('automatic1111', { enabled: true, url: fake.url });
    expect(accepted).toMatchObject({ enabled: true, url: fake.url, health: { state: 'ready' } });
    expect(accepted.models.map(({ id }) => id)).toContain('models/sd_xl_base_1.0');
  });
});
