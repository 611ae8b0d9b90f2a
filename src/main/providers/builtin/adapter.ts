import type { Piscina } from 'piscina';
import { largestSeed } from '../../../shared/models/generation-request.ts';
import { workerUrl } from '../../worker-url.ts';
import { ProviderError, type ImageProvider, type ProviderRequest, type ResultImage } from '../provider.ts';
import type { Picture } from './draw-picture.ts';
import { manifest, side } from './manifest.ts';

const idleWorkerMs = 10_000;

/** The provider that is always there: draws on this computer, in threads that end when nothing is to be drawn. */
export function createBuiltin(): ImageProvider {
  let threads: Promise<Piscina<Picture, Uint8Array>> | null = null;

  const draw = async (picture: Picture, signal: AbortSignal): Promise<Uint8Array> => {
    signal.throwIfAborted();
    threads ??= startThreads();
    return (await threads).run(picture, { signal });
  };

  return {
    manifest,
    submit: async (request, { signal }) => {
      refuseWhatCannotBeDrawn(request);
      const { prompt, width, height } = request;
      const seeds = Array.from({ length: request.count }, (_, index) => following(request.seed, index));
      try {
        const images = await Promise.all(
          seeds.map(async (seed): Promise<ResultImage> => ({
            bytes: await draw({ prompt, seed, width, height }, signal),
            seed,
          })),
        );
        return { state: 'finished', images, cost: { kind: 'reported', usd: 0 } };
      } catch (error) {
        if (signal.aborted) throw new ProviderError('cancelled', 'The drawing was stopped.', { cause: error });
        throw new ProviderError(
          'server',
          'The picture could not be drawn. Try again, with a smaller size if memory is short.',
          { cause: error },
        );
      }
    },
    // Everything is finished when `submit` answers, so no task ever exists.
    collect: () => Promise.resolve({ state: 'lost' }),
    checkHealth: () => Promise.resolve({ version: null, message: 'Always ready: draws on this computer.' }),
    close: async () => {
      const running = await threads;
      threads = null;
      await running?.destroy();
    },
  };
}

/** The library for threads is loaded with the first drawing, not at start. */
async function startThreads(): Promise<Piscina<Picture, Uint8Array>> {
  const { Piscina: Threads } = await import('piscina');
  return new Threads<Picture, Uint8Array>({
    filename: workerUrl(import.meta.url, 'draw-worker').href,
    minThreads: 0,
    maxThreads: 2,
    idleTimeout: idleWorkerMs,
  });
}

function refuseWhatCannotBeDrawn({ operation, width, height }: ProviderRequest): void {
  if (operation !== 'textToImage')
    throw new ProviderError('invalid_request', 'The built-in sketches can only draw from a prompt.');
  const fits = [width, height].every((pixels) => Number.isInteger(pixels) && pixels >= side.min && pixels <= side.max);
  if (fits) return;
  throw new ProviderError(
    'invalid_request',
    `The built-in sketches are ${side.min} to ${side.max} pixels wide and high, not ${width} × ${height}.`,
  );
}

/** The seed of a request's image, which starts again at 0 after the largest one. */
function following(seed: number, index: number): number {
  return seed <= largestSeed - index ? seed + index : index - (largestSeed - seed) - 1;
}
