import type { Refusal } from '../http-failures.ts';
import { ProviderError } from '../provider.ts';
import { PromptRefusal, readNodeErrors, type NodeErrors } from './answers.ts';

function sentencesOf(errors: NodeErrors): string[] {
  return Object.values(errors).flatMap(({ class_type, errors: list }) =>
    list.map(({ type, message, details, extra_info }) => {
      const where = class_type ?? 'a node';
      const input = extra_info?.input_name ?? null;
      if (type === 'value_not_in_list' && input !== null) {
        return `${where} does not offer ${String(extra_info?.received_value)} as ${input}`;
      }
      return `${where}: ${message ?? 'not accepted'}${details ? ` (${details})` : ''}`;
    }),
  );
}

/** What is wrong with the nodes of a prompt that was refused, wholly or in part. */
export function failureOfNodes(errors: NodeErrors): ProviderError {
  const reasons = sentencesOf(errors).join('; ') || 'it gave no reason';
  return new ProviderError('invalid_request', `ComfyUI does not accept this: ${reasons}.`, {
    providerText: JSON.stringify(errors).slice(0, 2000),
  });
}

const bare = (text: string): string => text.replace(/[.\s]+$/, '');

/** What a refusal of ComfyUI means, where that differs from what its status usually means. */
export function explainRefusal({ status, json, text }: Refusal): ProviderError | null {
  if (status === 403) {
    const message =
      'ComfyUI refuses requests that come by this way (403). If a proxy stands between, it must not add an Origin header.';
    return new ProviderError('invalid_request', message);
  }
  if (status === 413) {
    const message =
      'The image is larger than this ComfyUI takes. Use a smaller one, or start ComfyUI with a higher --max-upload-size.';
    return new ProviderError('invalid_request', message);
  }
  if (status !== 400) return null;
  const refusal = PromptRefusal.safeParse(json).data;
  if (!refusal) return null;
  const nodeErrors = readNodeErrors(refusal.node_errors);
  if (nodeErrors) return failureOfNodes(nodeErrors);
  const { error } = refusal;
  if (typeof error === 'string')
    return new ProviderError('invalid_request', `ComfyUI does not accept this: ${bare(error)}.`);
  const className = error.extra_info?.class_type;
  const message = className
    ? `ComfyUI lacks the node ${className}. Update ComfyUI or install the node, then try again.`
    : `ComfyUI does not accept this: ${bare(error.message ?? error.type ?? 'no reason given')}.`;
  return new ProviderError('invalid_request', message, { providerText: text.slice(0, 2000) });
}
