import { bytesOfBase64 } from '../encoded-bytes.ts';
import { fileKindOf } from '../file-kind.ts';
import type { Http } from '../http-types.ts';
import { ProviderError, type CallOptions, type Submission } from '../provider.ts';
import { Output, OutputImage } from './answers.ts';
import { failureOfWords, wordsOf } from './explain-failure.ts';
import type { RunpodTask } from './task.ts';

/** Storage may answer with a redirect to where the file really is. */
const redirects = 2;

const isUrl = (text: string): boolean => /^https?:\/\//.test(text);

/** An address, a data URL or bare base64. */
function pictureIn(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  const { data, image_url, url, image } = OutputImage.safeParse(value).data ?? {};
  return data ?? image_url ?? url ?? image ?? null;
}

/** Workers name their pictures as they like; the list comes first, because others repeat its first picture. */
function picturesIn({ images, result, image_url, image, message }: Output): string[] {
  const listed = (images ?? []).flatMap((each) => pictureIn(each) ?? []);
  if (listed.length > 0) return listed;
  return [result, image_url, image, message].flatMap((each) => pictureIn(each) ?? []).slice(0, 1);
}

function outputOf(value: unknown): Output {
  if (typeof value === 'string') return { result: value };
  if (Array.isArray(value))
    return value.every((each) => typeof each === 'string') ? { images: value } : outputOf(value.at(-1));
  return Output.safeParse(value).data ?? {};
}

/** What a completed job made, as bytes. Throws ProviderError. */
export async function readResults(
  http: Http,
  jobOutput: unknown,
  task: RunpodTask,
  options: CallOptions,
): Promise<Extract<Submission, { state: 'finished' }>> {
  const output = outputOf(jobOutput);
  const pictures = picturesIn(output);
  const words = wordsOf(output.error) ?? (pictures.length === 0 ? wordsOf(output.errors) : null);
  if (words !== null) throw failureOfWords(words);
  if (pictures.length === 0) {
    throw new ProviderError('server', 'RunPod finished without a picture.', { isFinal: true });
  }
  const first = output.seed ?? task.seed;
  const images = await Promise.all(
    pictures.map(async (picture, index) => {
      const bytes = isUrl(picture) ? await http.download(picture, { ...options, redirects }) : decode(picture);
      // A batch shares its seed; only the first picture can be drawn again from it alone.
      return { bytes, seed: index === 0 ? first : null };
    }),
  );
  const usd = output.cost ?? null;
  return { state: 'finished', images, ...(usd === null ? {} : { cost: { kind: 'reported', usd } }) };
}

function decode(text: string): Buffer {
  const bytes = Buffer.from(bytesOfBase64(text, 'RunPod'));
  if (fileKindOf(bytes) !== null) return bytes;
  throw new ProviderError('server', 'RunPod finished, but what it sent is no picture.', { isFinal: true });
}
