import type { ListedModel } from '../../shared/models/provider.ts';
import type { ProviderStates } from './provider-states.ts';

/**
 * The models of one provider, or of all. A service that lists its models itself is asked first, free of charge, where it is set up
 * or named. Throws AppError for a provider that is not known.
 */
export async function listModels(
  providers: Pick<ProviderStates, 'list' | 'status' | 'ensureFresh'>,
  id: string | undefined,
): Promise<{ models: ListedModel[]; unheard: { provider: string; message: string }[] }> {
  await providers.ensureFresh(id);
  const wanted = id === undefined ? providers.list() : [providers.status(id)];
  return {
    models: wanted.flatMap(({ manifest, models }) =>
      models.map((model) => ({ ...model, provider: manifest.id, kind: manifest.kind })),
    ),
    unheard: wanted
      .filter(({ manifest, enabled, health }) => {
        const isAsked = enabled || id !== undefined;
        return manifest.abilities.listModels && isAsked && health.state !== 'ready';
      })
      .map(({ manifest, health }) => ({ provider: manifest.id, message: health.message })),
  };
}
