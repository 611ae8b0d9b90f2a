import type { GenerationRequest } from '../../shared/models/generation-request.ts';
import { largestSeed } from '../../shared/models/generation-request.ts';
import { noPromptOptions } from '../../shared/models/prompt-options.ts';
import type { PromptText, ResolvedPrompt } from '../../shared/models/prompt-stages.ts';
import { isDynamic, resolvePrompt } from '../../shared/prompt-text/resolve-prompt.ts';

/** Where wildcards come from. */
export interface WildcardLines {
  names(): readonly string[];
  /** The options of a wildcard, or of all that a name with `*` means; null where there is none. */
  lines(name: string): readonly string[] | null;
}

type Question = PromptText & { readonly variables: Readonly<Record<string, string>>; readonly seed: number };

/** Draws once, with these wildcards. Throws AppError. */
export function resolveWith(
  wildcards: WildcardLines,
  { prompt, negativePrompt, variables, seed }: Question,
): ResolvedPrompt {
  const options = {
    ...{ seed, variables, wildcards: (name: string) => wildcards.lines(name) },
    // Asked for only where a name is wrong.
    get wildcardNames() {
      return wildcards.names();
    },
  };
  const [positive, negative] = [prompt, negativePrompt].map((text) => resolvePrompt(text, options));
  return {
    prompt: positive?.text ?? '',
    negativePrompt: negative?.text ?? '',
    draws: [...(positive?.draws ?? []), ...(negative?.draws ?? [])],
  };
}

/** Draws wildcards and choices, and fills in variables. */
export function createPromptResolver({
  wildcards,
  styles,
}: {
  wildcards: WildcardLines;
  /** Rejects with AppError for an id that is no style. */
  styles: { check(ids: readonly string[]): Promise<void> };
}) {
  const resolve = (question: Question): ResolvedPrompt => resolveWith(wildcards, question);

  const resolveAll = async (
    { prompt, negativePrompt, count, seed = 0, promptOptions }: GenerationRequest,
    wanted: readonly string[],
  ): Promise<readonly ResolvedPrompt[] | null> => {
    if (wanted.length > 0) await styles.check(wanted);
    if (!isDynamic(prompt) && !isDynamic(negativePrompt)) return null;
    const { variables } = promptOptions ?? noPromptOptions;
    const drawn = (at: number): ResolvedPrompt =>
      resolve({ prompt, negativePrompt, variables, seed: (seed + at) % (largestSeed + 1) });
    const first = drawn(0);
    if (first.draws.every(({ kind }) => kind === 'variable')) return [first];
    return [first, ...Array.from({ length: count - 1 }, (_, at) => drawn(at + 1))];
  };

  return {
    resolve,
    /**
     * What comes of a request's wildcards, choices and variables: one text for each image, drawn with that image's seed, or one for
     * all where nothing is left to chance. Null: there is nothing to resolve. Rejects with AppError, also for styles that are none.
     */
    resolveAll: (request: GenerationRequest): Promise<readonly ResolvedPrompt[] | null> | null => {
      const { prompt, negativePrompt, promptOptions } = request;
      const wanted = [...(promptOptions?.styles ?? []), ...(promptOptions?.enhancers ?? [])];
      const isPlain = wanted.length === 0 && !isDynamic(prompt) && !isDynamic(negativePrompt);
      return isPlain ? null : resolveAll(request, wanted);
    },
  };
}
