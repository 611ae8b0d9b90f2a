import { toBase64 } from '../../encoded-bytes.ts';
import { lostAnswer, quoteOf, somethingElse } from '../../http-failures.ts';
import { ProviderError } from '../../provider.ts';
import { WavespeedAnswer } from '../answers.ts';
import { isRefusedContent } from '../explain-refusal.ts';
import { askAbout, neutral, pathOf, readPaid, type Service } from './service.ts';

const refused = (providerText: string | null): ProviderError =>
  new ProviderError('content_policy', 'WaveSpeed refused the content.', { isFinal: true, providerText });

export const wavespeed: Service = {
  tasks: ['text-to-image', 'image-to-image'],
  takes: ['size', 'seed', 'steps', 'guidance', 'negativePrompt'],

  call(wish) {
    const { entry, hubModel, image, prompt } = wish;
    const picture = image ? toBase64(image.bytes) : null;
    return {
      path: `/api/v3/${entry.providerId}`,
      body: {
        prompt,
        ...neutral(wish),
        ...(picture === null ? {} : { image: picture, images: [picture] }),
        ...(entry.adapter === 'lora' ? { loras: [{ path: hubModel, scale: 1 }] } : {}),
      },
    };
  },

  read(answer, peer) {
    const { code, message, data } = readPaid(answer, WavespeedAnswer, peer);
    const path = pathOf(data?.urls?.get ?? '');
    if (data?.id && path) {
      const progress = { fraction: null, stage: 'Waiting at WaveSpeed', queuePosition: null };
      return { state: 'working', id: data.id, path, progress };
    }
    // A failure comes with HTTP status 200 and its own code.
    if (typeof code === 'number' && code !== 200) {
      if (isRefusedContent(message)) throw refused(quoteOf(message ?? ''));
      throw new ProviderError('server', `WaveSpeed does not take this: ${message ?? code}`, { isFinal: true });
    }
    throw lostAnswer(peer, somethingElse(peer));
  },

  async ask(http, { remoteId, path }, options) {
    const answer = await askAbout(http, `/wavespeed${path}`, WavespeedAnswer, options);
    if (answer === null) return { state: 'lost' };
    const { status, outputs, error, has_nsfw_contents: flags } = answer.data ?? {};
    if (status === 'failed') {
      const providerText = quoteOf(error ?? '');
      if (isRefusedContent(error)) throw refused(providerText);
      const message = `WaveSpeed failed: ${providerText ?? 'it gave no reason'}`;
      throw new ProviderError('server', message, { isFinal: true, providerText });
    }
    if (status !== 'completed') {
      const stage = status === 'created' ? 'Waiting at WaveSpeed' : 'Drawing at WaveSpeed';
      return { state: 'working', id: remoteId, path, progress: { fraction: null, stage, queuePosition: null } };
    }
    if (flags?.[0] === true) throw refused('has_nsfw_contents');
    if (!outputs?.[0]) throw new ProviderError('server', 'WaveSpeed finished without a picture.', { isFinal: true });
    return { state: 'urls', urls: [outputs[0]], seed: null, id: remoteId };
  },
};
