import type { Cost } from '../../../shared/models/cost.ts';
import { quoteOf } from '../http-failures.ts';
import { ProviderError } from '../provider.ts';
import { Details, type TaskAnswer } from './answers.ts';

const stages: Readonly<Record<string, string>> = {
  Pending: 'Waiting at Black Forest Labs',
  Reasoning: 'Thinking about the prompt',
  Generating: 'Drawing',
};

/** Whether the service says in a known word that it is at work. */
export function isAtWork({ status }: TaskAnswer): boolean {
  return Object.hasOwn(stages, status);
}

export function stageOf({ status }: TaskAnswer): string {
  return stages[status] ?? 'At work';
}

/** The failure that a task ended with; null where it is no failure. `cost`: what this answer says is charged. */
export function failureOfTask(answer: TaskAnswer, cost: Cost | null): ProviderError | null {
  const more = { isFinal: true, cost, providerText: reasonOf(answer) };
  switch (answer.status) {
    case 'Request Moderated':
      return new ProviderError('content_policy', 'Black Forest Labs refused the prompt or a reference image.', more);
    case 'Content Moderated':
      return new ProviderError('content_policy', 'Black Forest Labs withheld the finished picture.', more);
    case 'Error':
    case 'Failed': {
      const reason = more.providerText ?? 'it gave no reason';
      return new ProviderError('server', `Black Forest Labs failed: ${reason}`, more);
    }
    default:
      return null;
  }
}

function reasonOf({ status, details, result }: TaskAnswer): string | null {
  const said = Details.safeParse(details).data;
  const reasons = said?.['Moderation Reasons'];
  if (reasons && reasons.length > 0) return quoteOf(`${status}: ${reasons.join(', ')}`);
  const error = said?.error ?? result?.error ?? details ?? null;
  if (error === null) return null;
  return quoteOf(typeof error === 'string' ? error : JSON.stringify(error));
}
