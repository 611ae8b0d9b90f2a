import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import type { Model, ProviderStatus } from '../../shared/models/provider.ts';
import { fitRequest } from '../../shared/routing/fit-request.ts';
import { providerKinds } from '../providers/registry.ts';
import { testGeneration } from './test-generation.ts';

const statusOf = (id: string, more: Partial<ProviderStatus> = {}): ProviderStatus => {
  const { manifest } = providerKinds.find((kind) => kind.manifest.id === id)!;
  return {
    manifest,
    url: null,
    urlSource: 'default',
    urlVariable: null,
    enabled: true,
    health: { state: 'ready', message: '', version: null, checkedAt: 1 },
    credentials: [],
    balance: null,
    models: manifest.models,
    ...more,
  };
};
const drawing = providerKinds.filter(({ manifest }) =>
  manifest.models.some(({ operations }) => operations.includes('textToImage')),
);

describe('a test picture', () => {
  it.each(drawing.map(({ manifest }) => manifest.id))('fits a model of %s, and is as small as may be', (id) => {
    const status = statusOf(id);
    for (const model of status.models.filter(({ operations }) => operations.includes('textToImage'))) {
      const request = testGeneration(status, model.id);
      const fit = fitRequest(request, model, null);
      expect(fit, `${id} ${model.id}`).toMatchObject({ fits: true });
      if (!fit.fits || !model.parameters.includes('size')) continue;
      expect([fit.request.width, fit.request.height], model.id).toEqual([request.width, request.height]);
      const usual = (model.defaults.width ?? 1024) * (model.defaults.height ?? 1024);
      expect(request.width! * request.height!, model.id).toBeLessThanOrEqual(Math.max(usual, 1024 * 1024));
    }
    expect(testGeneration(status)).toMatchObject({ provider: id, count: 1, project: 'Test pictures' });
  });

  it('takes the first model that draws from text', () => {
    const [draws] = statusOf('runware').models.filter(({ operations }) => operations.includes('textToImage'));
    const enlarges: Model = { ...draws!, id: 'bigger', operations: ['upscale'] };
    const status = statusOf('runware', { models: [enlarges, draws!] });
    expect(testGeneration(status).model).toBe(draws!.id);
    expect(() => testGeneration(status, 'bigger')).toThrow(/nothing from text/);
    expect(() => testGeneration(statusOf('runware', { models: [] }))).toThrow(AppError);
  });

  it('is refused, with the remedy, where a model or a key is missing', () => {
    const health = { state: 'keyMissing', message: 'Add the key.', version: null, checkedAt: null } as const;
    expect(() => testGeneration(statusOf('runware', { enabled: false, health }))).toThrow(
      expect.objectContaining({ code: 'auth', message: 'Add the key.' }),
    );
    const [model] = statusOf('runware').models;
    expect(() => testGeneration(statusOf('runware'), model!.id.slice(0, -1))).toThrow(
      expect.objectContaining({ code: 'unknownModel', message: expect.stringContaining(model!.id) as string }),
    );
  });
});
