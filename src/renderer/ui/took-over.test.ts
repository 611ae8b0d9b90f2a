import { expect, it } from 'vitest';
import { exampleProvider } from './examples-for-tests.ts';
import { tookOverWords } from './took-over.ts';

const route = { strategy: null, reasons: [], skipped: [], fellBackFrom: [] };
const named = (id: string, name: string) => {
  const provider = exampleProvider({ id });
  return { ...provider, manifest: { ...provider.manifest, name } };
};
const providers = [named('runware', 'Runware'), named('fal', 'fal')];

it('says who failed and who did it then, and nothing where nobody failed', () => {
  const server = (provider: string) => ({ provider, code: 'server' as const });
  expect(tookOverWords({ ...route, fellBackFrom: [server('runware')] }, 'fal', providers)).toBe(
    'Runware failed, fal took over',
  );
  const twice = { ...route, fellBackFrom: [server('runware'), server('gone'), server('runware')] };
  expect(tookOverWords(twice, 'fal', providers)).toBe('Runware, gone failed, fal took over');
  expect(tookOverWords(route, 'fal', providers)).toBeNull();
  expect(tookOverWords(null, 'fal', providers)).toBeNull();
});
