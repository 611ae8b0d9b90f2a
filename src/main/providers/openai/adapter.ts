import { bytesOfBase64 } from '../encoded-bytes.ts';
import { createHttp } from '../http.ts';
import { ProviderError, type ImageProvider, type ProviderRequest, type Submission } from '../provider.ts';
import type { ProviderPlace } from '../provider.ts';
import { ImagesAnswer, ModelList } from './answers.ts';
import { costOfUsage } from './cost-of-usage.ts';
import { editForm } from './edit-form.ts';
import { explainRefusal } from './explain-refusal.ts';
import { fitShape } from './fit-shape.ts';
import { availableModels, imageEngines } from './list-models.ts';
import { manifest } from './manifest.ts';
import { engineOf } from './models.ts';

/** It is silent while it draws, up to minutes for large pictures. */
const patienceMs = 600_000;
/** Four pictures of 3840×2160 in base64. */
const largestJson = 200_000_000;
const healthTimeoutMs = 10_000;

/** OpenAI's Images API. A picture comes in the answer or never: there is no task to ask about. */
export function createOpenai({ url, credentials }: ProviderPlace): ImageProvider {
  const http = createHttp({
    baseUrl: url,
    name: 'OpenAI',
    remedy: 'Check that this computer is online, and status.openai.com.',
    headers: { authorization: `Bearer ${credentials.apiKey ?? ''}` },
    bodyTimeoutMs: patienceMs,
    largestJson,
  });

  const listEngines = async (signal: AbortSignal): Promise<string[]> => {
    const options = { signal, timeoutMs: healthTimeoutMs, explain: explainRefusal };
    return imageEngines(await http.get('/models', ModelList, options), Date.now());
  };

  return {
    manifest,

    async submit(request, { signal }) {
      const { engine, quality } = engineOf(request.model.id);
      const { size, dropped } = fitShape(engine, request);
      const fields = {
        model: engine,
        prompt: request.prompt,
        n: request.count,
        size,
        quality,
        output_format: request.outputFormat === 'jpg' ? 'jpeg' : (request.outputFormat ?? 'png'),
      };
      const images = [...(request.image ? [request.image] : []), ...request.references];
      const options = { signal, headersTimeoutMs: patienceMs, explain: explainRefusal };
      const answer =
        images.length === 0
          ? await http.pay('/images/generations', fields, ImagesAnswer, options)
          : await http.pay('/images/edits', await editForm(fields, images, request.mask), ImagesAnswer, options);
      return resultsOf(answer, engine, request, dropped);
    },

    collect: () => Promise.resolve({ state: 'lost' }),

    async checkHealth({ signal }) {
      const engines = await listEngines(signal);
      if (engines.length > 0) return { version: null, message: 'OpenAI is ready.' };
      throw new ProviderError(
        'auth',
        'OpenAI accepts this key, but offers it no image model. Look at what the key and its project may use.',
      );
    },

    listModels: async ({ signal }) => availableModels(await listEngines(signal)),

    connections: () => http.connections(),
    close: () => http.close(),
  };
}

function resultsOf(
  { data, usage }: ImagesAnswer,
  engine: string,
  { count }: ProviderRequest,
  notes: Extract<Submission, { state: 'finished' }>['dropped'] = [],
): Submission {
  const cost = costOfUsage(engine, usage);
  const images = (data ?? []).map(({ b64_json }) => ({ bytes: bytesOfBase64(b64_json, 'OpenAI'), seed: null }));
  if (images.length === 0) {
    const message = 'OpenAI sent no picture and gave no reason; it may have been withheld. Change the prompt.';
    throw new ProviderError('content_policy', message, { isFinal: true, cost: cost ?? null });
  }
  const withheld = {
    parameter: 'count',
    note: `OpenAI sent ${images.length} of ${count} pictures and withheld the rest.`,
  };
  const revisedPrompt = data?.find(({ revised_prompt }) => revised_prompt)?.revised_prompt;
  return {
    state: 'finished',
    images,
    dropped: images.length < count ? [...notes, withheld] : notes,
    ...(cost ? { cost } : {}),
    ...(revisedPrompt ? { revisedPrompt } : {}),
  };
}
