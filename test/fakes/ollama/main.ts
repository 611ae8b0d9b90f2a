import { parseArgs } from 'node:util';
import { startFakeOllama } from './start-fake-ollama.ts';

// Runs the fake as a process of its own: node test/fakes/ollama/main.ts --port 11434 --answer-ms 2000
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'answer-ms': { type: 'string', default: '20' },
    'load-ms': { type: 'string', default: '0' },
    'pull-ms': { type: 'string', default: '50' },
    /** Names of the models that are there, separated by commas. */
    models: { type: 'string' },
  },
});

const fake = await startFakeOllama({
  port: Number(values.port),
  ...(values.models === undefined ? {} : { models: values.models.split(',').filter((name) => name !== '') }),
  settings: {
    answerMs: Number(values['answer-ms']),
    loadMs: Number(values['load-ms']),
    pullMs: Number(values['pull-ms']),
  },
});

const stop = (): void => {
  void fake.close().then(() => process.exit(0));
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
process.stdout.write(`${JSON.stringify({ url: fake.url })}\n`);
