import type { Job } from '../../shared/models/job.ts';
import type { RouteRecord } from '../../shared/models/route.ts';
import type { FailedProvider, RankedProvider, Route } from '../../shared/routing/plan-route.ts';

/** Why it goes to this provider. Those who were left out for a reason that this job is not the first to have are of no interest later. */
export function routeRecord(chosen: RankedProvider, route: Route, failed: readonly FailedProvider[]): RouteRecord {
  return {
    strategy: route.strategy,
    reasons: [...chosen.reasons],
    fellBackFrom: failed.map(({ provider, code }) => ({ provider, code })),
    skipped: route.skipped
      .filter(({ code }) => code !== 'noProvider')
      .map(({ provider, reason, help }) => ({ provider, reason, help })),
    ...(chosen.isTry && { isTry: true as const }),
  };
}

/** The request with what the model makes of it: this is what the image's details and its sidecar say. */
export function sentRequest(
  job: Job,
  { model, provider, request }: RankedProvider,
  more: { seed: number; count: number; prompt: string; negativePrompt: string },
): Job['request'] {
  const { image, mask, operation, project } = job.request;
  const orNothing = <Value>(value: Value | null): Value | undefined => value ?? undefined;
  return {
    operation,
    project,
    image,
    mask,
    provider,
    model: model.id,
    ...more,
    width: request.width,
    height: request.height,
    steps: orNothing(request.steps),
    guidance: orNothing(request.guidance),
    sampler: orNothing(request.sampler),
    scheduler: orNothing(request.scheduler),
    strength: orNothing(request.strength),
    loras: [...request.loras],
    references: job.request.references.slice(0, request.referenceCount),
    style: orNothing(request.style),
    outputFormat: orNothing(request.outputFormat),
    scale: orNothing(request.scale),
    seconds: orNothing(request.seconds),
  };
}
