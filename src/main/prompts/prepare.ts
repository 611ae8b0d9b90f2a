import type { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { OptimizedPrompt } from '../../shared/models/assistants.ts';
import { noPromptOptions } from '../../shared/models/prompt-options.ts';
import type { OptimizedStage, ResolvedPrompt } from '../../shared/models/prompt-stages.ts';
import type { Model, ProviderManifest } from '../../shared/models/provider.ts';
import { compressPrompt } from '../../shared/prompt-text/compress-prompt.ts';
import { conceptsKept, keyConcepts } from '../../shared/prompt-text/key-concepts.ts';
import { optimizedPromptLength } from '../../shared/prompt-text/limits.ts';
import { promptHabits } from '../../shared/prompt-text/prompt-habits.ts';
import { translateWeights } from '../../shared/prompt-text/translate-weights.ts';
import type { createEnhancedPrompts } from './enhanced-prompts.ts';
import type { Optimizer } from './optimize-prompt.ts';
import { unlessStopped } from './unless-stopped.ts';

export interface PrepareQuestion {
  readonly request: GenerationRequest;
  readonly resolved: ResolvedPrompt;
  readonly provider: Pick<ProviderManifest, 'id' | 'kind'>;
  readonly model: Model;
  /** Told in plain words what takes its time. */
  readonly onWork: (stage: string) => void;
  readonly signal: AbortSignal;
}

/** `missingStyles`: ids of those that were there when the job was made, and are no more. */
type PreparedPrompt = OptimizedStage & { readonly missingStyles: readonly string[] };

/** What one model is sent: the resolved prompt with styles and enhancers, in the model's own way of writing, and short enough. */
export function createPromptPreparer(dependencies: {
  enhance: ReturnType<typeof createEnhancedPrompts>['enhance'];
  optimizer: Optimizer;
  /** Takes Easel's own language model out of memory, where a model on this machine is about to draw. */
  freeBeforeLocal: () => Promise<void>;
}) {
  const { enhance, optimizer, freeBeforeLocal } = dependencies;

  /** Rejects only where it is stopped: what can't be made better is sent as it is. */
  return async ({ request, resolved, provider, model, onWork, signal }: PrepareQuestion): Promise<PreparedPrompt> => {
    const options = request.promptOptions ?? noPromptOptions;
    const { family, weights, longestPrompt } = promptHabits(model);
    // What is only made larger, or cut out, is not described anew.
    const isDrawn = request.operation !== 'upscale' && request.operation !== 'removeBackground';
    const hasWords = isDrawn || (request.operation === 'upscale' && resolved.prompt.trim() !== '');
    const styled =
      !hasWords || options.styles.length + options.enhancers.length === 0
        ? { ...resolved, unknown: [] }
        : enhance({
            ...{ prompt: resolved.prompt, negativePrompt: resolved.negativePrompt, family },
            ...{ styles: options.styles, enhancers: options.enhancers },
          });
    const limit = Math.min(optimizedPromptLength, longestPrompt);
    const prompt = translateWeights(withoutControls(styled.prompt), weights);
    const wish = { prompt, limit, locked: options.locked, signal };
    let fitted: OptimizedPrompt;
    if (prompt.length <= limit || (options.optimize && isDrawn)) {
      if (prompt.length > limit) onWork('Shortening the prompt');
      fitted = await optimizer.optimize(wish);
    } else fitted = byRules(wish, isDrawn ? 'This job asked for no language model.' : 'It is no prompt to draw from.');
    if (provider.kind === 'local') await unlessStopped(freeBeforeLocal(), signal);
    const { text, by, model: who, ms, reason, conceptsKept: share } = fitted;
    return {
      prompt: text,
      negativePrompt: compressPrompt(translateWeights(withoutControls(styled.negativePrompt), weights), {
        limit,
        locked: options.locked,
      }),
      fitting: { by, model: who, ms, limit, reason, conceptsKept: by === 'none' ? null : share },
      missingStyles: styled.unknown,
    };
  };
}

/** Nobody sees them, no model reads them, and some services refuse them. Line ends and tabs are words' company. */
function withoutControls(text: string): string {
  return text.replaceAll(/(?![\n\t\r])\p{Cc}/gu, '');
}

function byRules(
  { prompt, limit, locked }: { prompt: string; limit: number; locked: string[] },
  reason: string,
): OptimizedPrompt {
  const startedAt = performance.now();
  const text = compressPrompt(prompt, { limit, locked });
  return {
    ...{ text, by: 'local', model: null, digest: null, attempts: 0 },
    ms: performance.now() - startedAt,
    reason,
    conceptsKept: conceptsKept(keyConcepts(prompt), text).share,
  };
}
