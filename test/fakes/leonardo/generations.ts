import type { z } from 'zod';
import type { Exchange, FakeAnswer } from '../kit/fake-types.ts';
import { readBody, refuse, refuseSecond } from './answers.ts';
import { complaintAbout, FirstGeneration, ImageToVideo, SecondGeneration, TextToVideo } from './body-shapes.ts';
import type { Books } from './books.ts';
import type { Jobs } from './jobs.ts';

const lines = { RESOLUTION_480: 480, RESOLUTION_720: 720, RESOLUTION_1080: 1080 } as const;
const durations: Readonly<Record<string, readonly number[]>> = {
  VEO3: [4, 6, 8],
  VEO3FAST: [4, 6, 8],
  KLING2_5: [5, 10],
};

/** The three ways to begin pictures and videos. */
export function createGenerations({ picturesOf }: Books, { begin }: Jobs, isTrained: (id: number) => boolean) {
  const generateFirst = async (exchange: Exchange): Promise<FakeAnswer> => {
    const read = readBody(exchange, FirstGeneration);
    if ('complaint' in read) return refuse(read.complaint, 'parse-failed');
    const { body } = read;
    const complaint = complaintAbout(body);
    if (complaint) return refuse(complaint);
    if (body.userElements?.some(({ userLoraId }) => !isTrained(userLoraId))) return refuse('user element not found');
    const { init_image_id: init, canvasInitId, canvasMaskId } = body;
    const guides = body.controlnets?.map(({ initImageId }) => initImageId) ?? [];
    const ids = [init ?? [], canvasInitId ?? [], canvasMaskId ?? [], guides].flat();
    const inputs = picturesOf(ids);
    if (!inputs) return refuse('init image not found');
    const { prompt, modelId, seed, width, height, num_images: count } = body;
    const credits = (body.alchemy ? 15 : 9) * count;
    const started = await begin({ prompt, modelId, seed, width, height, count, credits, inputs });
    return 'generationId' in started ? { json: { sdGenerationJob: started } } : started;
  };

  const generateSecond = async (exchange: Exchange): Promise<FakeAnswer> => {
    const read = readBody(exchange, SecondGeneration);
    if ('complaint' in read) return refuseSecond(read.complaint);
    const { model, parameters } = read.body;
    const inputs = picturesOf(parameters.guidances?.image_reference.map(({ image }) => image.id) ?? []);
    if (!inputs) return refuseSecond('init image not found');
    const work = { modelId: null, credits: 20, inputs };
    const { prompt, width, height, quantity: count } = parameters;
    const seed = 'seed' in parameters ? parameters.seed : undefined;
    const price = model === 'gpt-image-2' ? { usd: 0.055 * count } : {};
    const started = await begin({ ...work, ...price, prompt, width, height, count, seed });
    if (!('generationId' in started)) return refuseSecond('Prompt blocked by content moderation');
    const { generationId, cost } = started;
    return { json: { generate: model === 'gpt-image-2' ? { generationId, cost } : { generationId } } };
  };

  const film = async (exchange: Exchange, hasImage: boolean): Promise<FakeAnswer> => {
    const read = readBody<z.infer<typeof TextToVideo> & { imageId?: string }>(
      exchange,
      hasImage ? ImageToVideo : TextToVideo,
    );
    if ('complaint' in read) return refuse(read.complaint, 'parse-failed');
    const { body } = read;
    const { prompt, model, seed, duration, resolution = 'RESOLUTION_480' } = body;
    if (duration !== undefined && !durations[model]?.includes(duration)) return refuse('Invalid duration');
    if (model === 'KLING2_1' && !hasImage) return refuse('an image is needed');
    const inputs = picturesOf([body.imageId ?? []].flat());
    if (!inputs) return refuse('init image not found');
    const height = lines[resolution];
    const size = { width: Math.round((height * 16) / 9), height };
    const started = await begin({
      prompt,
      modelId: null,
      seed,
      ...size,
      count: 1,
      credits: 300,
      inputs,
      isVideo: true,
    });
    return 'generationId' in started ? { json: { motionVideoGenerationJob: started } } : started;
  };

  return { generateFirst, generateSecond, film };
}
