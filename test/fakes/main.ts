import { parseArgs } from 'node:util';
import { providerKinds } from '../../src/main/providers/registry.ts';
import { allFakes } from './all-fakes.ts';
import { startFakeComfyui } from './comfyui/start-fake-comfyui.ts';
import { startFake } from './kit/start-fake.ts';
import { startFakeOllama } from './ollama/start-fake-ollama.ts';

// Every service, stood in for on fixed ports of this machine: npm run fakes [-- --step-ms 500]
const { values } = parseArgs({
  options: {
    /** How long one step of work takes, in milliseconds. */
    'step-ms': { type: 'string', default: '500' },
    /** The first port; each service takes the next one, and its files one a hundred further on. */
    port: { type: 'string', default: '4800' },
  },
});
const stepMs = Number(values['step-ms']);
const firstPort = Number(values.port);
const fileOffset = 100;
/** Behind all services, so that a further one moves nobody. */
const ollamaOffset = 50;

const manifestOf = (id: string) => providerKinds.find(({ manifest }) => manifest.id === id)?.manifest;
/** A key that no variable can hold would have to be typed in: such a service asks for none. */
const hasVariables = (id: string): boolean =>
  manifestOf(id)?.credentials.some(({ environment }) => environment.length > 0) ?? false;

const comfyui = await startFakeComfyui({
  port: firstPort,
  settings: { stepMs, loadMs: stepMs, previewMethod: 'auto' },
});
const ollama = await startFakeOllama({
  port: firstPort + ollamaOffset,
  settings: { answerMs: stepMs * 4, loadMs: stepMs, pullMs: stepMs * 20 },
});
const services = [...allFakes].sort((one, other) => one.id.localeCompare(other.id));
const fakes = await Promise.all(
  services.map((service, at) =>
    startFake(service, {
      port: firstPort + 1 + at,
      filePort: firstPort + fileOffset + 1 + at,
      stepMs,
      ...(hasVariables(service.id) ? {} : { keys: {} }),
    }),
  ),
);

const lines = [`# ComfyUI`, `EASEL_COMFYUI_URL=${comfyui.url}`];
for (const { id, url, keys } of fakes) {
  const manifest = manifestOf(id);
  const variables = (manifest?.credentials ?? []).flatMap(({ field, environment: [variable] }) => {
    const value = keys[field];
    return variable === undefined || value === undefined ? [] : [`${variable}=${value}`];
  });
  lines.push('', `# ${manifest?.name ?? id}`, `EASEL_${id.toUpperCase()}_URL=${url}`, ...variables);
}
lines.push('', '# Ollama (prompts, not pictures)', `EASEL_OLLAMA_URL=${ollama.url}`);
process.stdout.write(`${lines.join('\n')}

# Stand-ins of ${fakes.length + 2} services run until Ctrl+C. Copy the lines you want in front of: npm run easel -- …
# What they were asked and charged: GET <address without path>/__fake/requests and /__fake/ledger; faults: POST /__fake/faults.
`);

const stop = (): void => {
  void Promise.all([comfyui, ollama, ...fakes].map((fake) => fake.close())).then(() => process.exit(0));
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
