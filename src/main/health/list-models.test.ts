import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import { manifest as builtin } from '../providers/builtin/manifest.ts';
import { manifest as comfyui } from '../providers/comfyui/manifest.ts';
import { listModels } from './list-models.ts';

const [sketch] = builtin.models;

function statusOf(manifest: ProviderStatus['manifest'], changes: Partial<ProviderStatus> = {}): ProviderStatus {
  const health = { state: 'ready', message: 'Ready.', version: null, checkedAt: 1 } as const;
  return {
    manifest,
    url: null,
    urlSource: null,
    urlVariable: null,
    enabled: true,
    health,
    credentials: [],
    balance: null,
    models: manifest.models,
    ...changes,
  };
}

/** Providers that notice who was asked; ComfyUI knows its model only then. */
function providersWith(comfyuiChanges: Partial<ProviderStatus>) {
  const asked: (string | undefined)[] = [];
  const list = () => [statusOf(builtin), statusOf(comfyui, { ...(asked.length > 0 ? comfyuiChanges : {}) })];
  return {
    asked,
    list,
    status: (id: string) => {
      const found = list().find(({ manifest }) => manifest.id === id);
      if (!found) throw new AppError('unknownProvider', 'There is no such provider.');
      return found;
    },
    ensureFresh: (id?: string) => {
      asked.push(id);
      return Promise.resolve();
    },
  };
}
const away = { state: 'unreachable', message: 'Nothing answers.', version: null, checkedAt: 1 } as const;

describe('listModels', () => {
  it('asks before it answers, and says whose each model is', async () => {
    const providers = providersWith({ models: [{ ...sketch!, id: 'flux.safetensors' }] });
    const { models, unheard } = await listModels(providers, undefined);
    expect(models.map(({ provider, id, kind }) => [provider, id, kind])).toEqual([
      ['builtin', 'sketch', 'builtin'],
      ['comfyui', 'flux.safetensors', 'local'],
    ]);
    expect([providers.asked, unheard]).toEqual([[undefined], []]);
  });

  it('names one provider, and why it has none', async () => {
    const providers = providersWith({ health: away, enabled: false });
    expect(await listModels(providers, 'comfyui')).toEqual({
      models: [],
      unheard: [{ provider: 'comfyui', message: 'Nothing answers.' }],
    });
    expect(providers.asked).toEqual(['comfyui']);
  });

  it('does not speak of a provider that nobody has set up', async () => {
    const { unheard } = await listModels(providersWith({ health: away, enabled: false }), undefined);
    expect(unheard).toEqual([]);
  });
});
