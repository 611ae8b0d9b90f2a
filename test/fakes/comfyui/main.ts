import { parseArgs } from 'node:util';
import { startFakeComfyui } from './start-fake-comfyui.ts';
import type { ModelFolders } from './object-info.ts';

// Runs the fake as a process of its own: node test/fakes/comfyui/main.ts --port 8188 --step-ms 150
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'step-ms': { type: 'string', default: '0' },
    'load-ms': { type: 'string', default: '0' },
    version: { type: 'string' },
    /** Folders and files as JSON: '{"checkpoints":["a.safetensors"]}'. */
    models: { type: 'string' },
  },
});

const fake = await startFakeComfyui({
  port: Number(values.port),
  ...(values.version === undefined ? {} : { version: values.version }),
  ...(values.models === undefined ? {} : { models: JSON.parse(values.models) as ModelFolders }),
  settings: { stepMs: Number(values['step-ms']), loadMs: Number(values['load-ms']) },
  onDie: () => process.exit(1),
});

const stop = (): void => {
  void fake.close().then(() => process.exit(0));
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
process.stdout.write(`${JSON.stringify({ url: fake.url })}\n`);
