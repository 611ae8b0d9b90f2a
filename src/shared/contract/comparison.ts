import { z } from 'zod';
import { Comparison, PromptKind, Verdict } from '../models/comparison.ts';
import { GenerationRequest } from '../models/generation-request.ts';
import { ModelScore } from '../models/routing.ts';
import { operation } from './operation.ts';

const ComparisonId = z.object({ id: z.uuid() });

export const comparison = {
  /** One request to two to eight models at once. Throws `overBudget` where their prices together are over `maxUsd`, or unknown. */
  start: operation({ summary: 'Compare models blindly', access: 'write' })
    .input(
      z.object({
        request: GenerationRequest,
        models: z
          .array(z.object({ provider: z.string(), model: z.string() }))
          .min(2)
          .max(8),
        maxUsd: z.number().nonnegative().max(100_000).nullable().default(null),
      }),
    )
    .output(Comparison),
  list: operation({ summary: 'Comparisons, newest first', access: 'read' })
    .input(z.object({ limit: z.int().min(1).max(200).default(50), before: z.uuid().optional() }))
    .output(z.object({ comparisons: z.array(Comparison), next: z.uuid().nullable() })),
  show: operation({ summary: 'One comparison', access: 'read' }).input(ComparisonId).output(Comparison),
  /** About the pair that is asked about; another one is refused, so that a late key press can't count for the next pair. */
  vote: operation({ summary: 'Say which picture is better', access: 'write' })
    .input(ComparisonId.extend({ first: z.string(), second: z.string(), verdict: Verdict }))
    .output(Comparison),
  /** Ends it early: names are shown, votes given so far stay. Jobs under way are cancelled. */
  finish: operation({ summary: 'End a comparison', access: 'write' }).input(ComparisonId).output(Comparison),
  scores: operation({ summary: 'How good each model is in your eyes', access: 'read' })
    .input(z.object({ kind: z.enum(['all', ...PromptKind.options]).default('all') }))
    .output(z.object({ scores: z.array(ModelScore) })),
};
