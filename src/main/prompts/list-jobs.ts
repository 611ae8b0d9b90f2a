import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';
import type { GenerationRequest } from '../../shared/models/generation-request.ts';
import { readPromptList, type ListedPrompt, type PromptListFormat } from '../../shared/prompt-text/prompt-list.ts';

/** Prompts that are shown before they are queued. */
const shownFirst = 5;
const mostProblems = 50;
/** Prompts looked at before others get their turn. */
const atOnce = 20;

export interface ListInput {
  readonly content: string;
  readonly format: PromptListFormat;
  /** What all of them have in common. */
  readonly request: GenerationRequest;
}

export interface ListPlan {
  readonly jobs: number;
  readonly images: number;
  /** US dollars of those whose price is known. */
  readonly usd: number;
  readonly unknownCosts: number;
  readonly first: string[];
  readonly problems: { line: number; message: string }[];
}

/** Many prompts from one file as jobs. */
export function createListJobs(dependencies: {
  /** What a request may cost, in US dollars; null: nobody knows. Rejects with AppError for what can't ever work. */
  priceOf: (request: GenerationRequest) => Promise<number | null>;
  addJobs: (requests: readonly GenerationRequest[], front: boolean) => Promise<readonly unknown[]>;
}) {
  const { priceOf, addJobs } = dependencies;

  const plan = async ({ content, format, request }: ListInput): Promise<ListPlan> => {
    const listed = readPromptList(content, format);
    const problems: ListPlan['problems'] = [];
    let [usd, unknownCosts] = [0, 0];
    for (const [at, prompt] of listed.entries()) {
      if (at % atOnce === atOnce - 1) await nextTurn();
      try {
        const price = await priceOf(requestFor(prompt, request));
        if (price === null) unknownCosts += 1;
        else usd += price;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        if (problems.length < mostProblems) problems.push({ line: prompt.line, message: error.message });
      }
    }
    const first = listed.slice(0, shownFirst).map(({ prompt }) => prompt);
    return { jobs: listed.length, images: listed.length * request.count, usd, unknownCosts, first, problems };
  };

  return {
    plan,
    queue: async (input: ListInput): Promise<{ jobs: number }> => {
      const { problems } = await plan(input);
      const [problem] = problems;
      if (problem) {
        const message = `Nothing was queued, because of line ${problem.line}: ${problem.message}`;
        throw new AppError('badInput', message, { problems });
      }
      const requests = readPromptList(input.content, input.format).map((prompt) => requestFor(prompt, input.request));
      const added = await addJobs(requests, false);
      return { jobs: added.length };
    },
  };
}

/** A negative prompt of its own takes the place of the common one. */
function requestFor({ prompt, negativePrompt }: ListedPrompt, request: GenerationRequest): GenerationRequest {
  return { ...request, prompt, negativePrompt: negativePrompt === '' ? request.negativePrompt : negativePrompt };
}
