import { lostAnswer, somethingElse } from '../../http-failures.ts';
import { ProviderError } from '../../provider.ts';
import { ZaiAnswer } from '../answers.ts';
import { isRefusedContent, wordsOf } from '../explain-refusal.ts';
import { askAbout, readPaid, type Service } from './service.ts';

const headers = { 'x-source-channel': 'hugging_face', 'accept-language': 'en-US,en' };

function failureOf(answer: ZaiAnswer): ProviderError {
  const providerText = answer.error === undefined ? null : wordsOf(answer, '');
  const more = { isFinal: true, providerText };
  return isRefusedContent(providerText)
    ? new ProviderError('content_policy', 'Z.ai refused the content.', more)
    : new ProviderError('server', `Z.ai failed: ${providerText ?? 'it gave no reason'}`, more);
}

export const zai: Service = {
  tasks: ['text-to-image'],
  takes: [],

  call: ({ entry, prompt }) => ({
    path: '/api/paas/v4/async/images/generations',
    headers,
    body: { model: entry.providerId, prompt },
  }),

  read(answer, peer) {
    const started = readPaid(answer, ZaiAnswer, peer);
    if (started.task_status === 'FAIL') throw failureOf(started);
    if (!started.id) throw lostAnswer(peer, somethingElse(peer));
    const path = `/api/paas/v4/async-result/${encodeURIComponent(started.id)}`;
    const progress = { fraction: null, stage: 'Waiting at Z.ai', queuePosition: null };
    return { state: 'working', id: started.id, path, progress };
  },

  async ask(http, { remoteId, path }, options) {
    const asking = { ...options, headers: { ...options.headers, ...headers } };
    const answer = await askAbout(http, `/zai-org${path}`, ZaiAnswer, asking);
    if (answer === null) return { state: 'lost' };
    if (answer.task_status === 'FAIL') throw failureOf(answer);
    if (answer.task_status !== 'SUCCESS') {
      const progress = { fraction: null, stage: 'Drawing at Z.ai', queuePosition: null };
      return { state: 'working', id: remoteId, path, progress };
    }
    const url = answer.image_result?.[0]?.url;
    if (!url) throw new ProviderError('server', 'Z.ai finished without a picture.', { isFinal: true });
    return { state: 'urls', urls: [url], seed: null, id: remoteId };
  },
};
