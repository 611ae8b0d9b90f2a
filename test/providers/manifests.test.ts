import { describe, expect, it } from 'vitest';
import { ProviderManifest } from '../../src/shared/models/provider.ts';
import { providerKinds } from '../../src/main/providers/registry.ts';

describe.each(providerKinds.map((kind) => [kind.manifest.id, kind] as const))('%s', (_id, kind) => {
  it('declares exactly what its adapter does', async () => {
    const provider = await kind.open(kind.manifest.defaultUrls[0] ?? '');
    const { cancel, listModels, watch, ownTaskIds } = kind.manifest.abilities;
    expect({ cancel, listModels, watch, ownTaskIds }).toEqual({
      cancel: provider.cancel !== undefined,
      listModels: provider.listModels !== undefined,
      watch: provider.watch !== undefined,
      ownTaskIds: provider.taskFor !== undefined,
    });
    await provider.close();
  });

  it('has a complete manifest: models, or a way to list them', () => {
    const manifest = ProviderManifest.parse(kind.manifest);
    expect(manifest.models.length > 0).toBe(!manifest.abilities.listModels);
    expect(manifest.kind === 'builtin').toBe(manifest.defaultUrls.length === 0);
    for (const { limits, defaults, operations } of manifest.models) {
      const sides = [defaults.width, defaults.height].filter((side) => side !== undefined);
      expect(
        sides.every(
          (side) => side >= limits.side.min && side <= limits.side.max && side % limits.side.multipleOf === 0,
        ),
      ).toBe(true);
      expect(operations.includes('textToImage') ? sides.length : 2).toBe(2);
    }
  });
});
