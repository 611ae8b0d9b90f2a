import type { ErrorReport } from '../../shared/errors.ts';
import { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { PromptStages, ResolvedPrompt } from '../../shared/models/prompt-stages.ts';
import type { RouteRecord } from '../../shared/models/route.ts';
import type { DroppedParameter } from '../../shared/models/dropped-parameter.ts';

// What stands in JSON columns was validated when it came in, and only this folder writes it. Validating it again would
// double the time of a page of the gallery.

const requestDefaults = Object.freeze(GenerationRequest.parse({}));

/** Fields that are newer than the row get their defaults. */
export function requestFromJson(json: string): GenerationRequest {
  return { ...requestDefaults, ...(JSON.parse(json) as Partial<GenerationRequest>) };
}

export function droppedFromJson(json: string): DroppedParameter[] {
  return JSON.parse(json) as DroppedParameter[];
}

export function errorFromJson(json: string | null): ErrorReport | null {
  return json === null ? null : (JSON.parse(json) as ErrorReport);
}

export function routeFromJson(json: string | null): RouteRecord | null {
  return json === null ? null : (JSON.parse(json) as RouteRecord);
}

export function stagesFromJson(json: string | null): PromptStages | null {
  return json === null ? null : (JSON.parse(json) as PromptStages);
}

export function resolvedFromJson(json: string | null): ResolvedPrompt[] | null {
  return json === null ? null : (JSON.parse(json) as ResolvedPrompt[]);
}
