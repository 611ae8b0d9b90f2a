import type { Model, ProviderStatus } from '../../shared/models/provider.ts';
import { translate } from '../i18n/i18n.ts';

export interface ModelChoice {
  readonly provider: string;
  readonly model: string;
}

/** A provider's engine that a draft names. `model` is null when the provider doesn't offer it now. */
export interface ChosenModel {
  readonly provider: ProviderStatus;
  readonly model: Model;
}

/** Whether jobs can go there now. One that is being checked and has models worked a moment ago. */
export function isUsable({ enabled, health, models }: ProviderStatus): boolean {
  return enabled && models.length > 0 && (health.state === 'ready' || health.state === 'checking');
}

export function findModel(providers: readonly ProviderStatus[], choice: ModelChoice): ChosenModel | null {
  const provider = providers.find(({ manifest }) => manifest.id === choice.provider);
  const model = provider?.models.find(({ id }) => id === choice.model);
  return provider !== undefined && model !== undefined ? { provider, model } : null;
}

/** What a user who has chosen nothing gets: a real provider before the one that isn't AI (P10), pictures from words first. */
export function usualModel(providers: readonly ProviderStatus[]): ChosenModel | null {
  const candidates = providers
    .filter(isUsable)
    .sort((a, b) => Number(a.manifest.notAi) - Number(b.manifest.notAi))
    .flatMap((provider) => provider.models.map((model) => ({ provider, model })));
  return candidates.find(({ model }) => model.operations.includes('textToImage')) ?? candidates[0] ?? null;
}

/** The draft's model. Null while it isn't offered, or while there is none at all. */
export function chosenModel(providers: readonly ProviderStatus[], choice: ModelChoice | null): ChosenModel | null {
  return choice === null ? usualModel(providers) : findModel(providers, choice);
}

/** Providers in use that are more than the built-in drawing, and those that may be, once the keys are unlocked. */
export function realProviders(providers: readonly ProviderStatus[]): ProviderStatus[] {
  return providers.filter(
    ({ enabled, manifest, health }) => manifest.kind !== 'builtin' && (enabled || health.state === 'locked'),
  );
}

/** Whether Easel finds who does it, each time anew: as asked for, or as usual where there are several to find among. */
export function isAutomatic(
  { choice, automatic }: { readonly choice: ModelChoice | null; readonly automatic: boolean },
  providers: readonly ProviderStatus[],
): boolean {
  if (choice !== null) return false;
  const { length } = realProviders(providers);
  return length > 1 || (automatic && length > 0);
}

export interface ModelGroup {
  readonly provider: ProviderStatus;
  readonly usable: boolean;
  readonly models: readonly Model[];
}

/** The model picker's content: the providers in use and the chosen one, usable ones first, those that match the search only. */
export function modelGroups(
  providers: readonly ProviderStatus[],
  search: string,
  choice: ModelChoice | null = null,
): ModelGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return providers
    .filter(({ enabled, manifest }) => enabled || manifest.id === choice?.provider)
    .map((provider) => ({
      provider,
      usable: isUsable(provider),
      models: provider.models.filter((model) => {
        const text =
          `${provider.manifest.name} ${model.name} ${model.id} ${model.family} ${searchWords(model)}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ provider, models }) => models.length > 0 || (words.length === 0 && provider.models.length === 0))
    .sort((a, b) => Number(b.usable) - Number(a.usable));
}

/** What a model can do, in the words that people look for. */
function searchWords({ operations }: Model): string {
  return [
    ...(operations.includes('upscale')
      ? [translate('compose:generateUpscale'), translate('compose:families.upscaler')]
      : []),
    ...(operations.includes('removeBackground') ? [translate('compose:generateCutOut')] : []),
    ...(operations.includes('video') ? [translate('compose:video')] : []),
  ].join(' ');
}

export function choiceKey({ provider, model }: ModelChoice): string {
  return `${provider}/${model}`;
}

/** The other way round; a model's id may hold slashes, a provider's may not. */
export function choiceFromKey(key: string): ModelChoice {
  const slash = key.indexOf('/');
  return { provider: key.slice(0, slash), model: key.slice(slash + 1) };
}
