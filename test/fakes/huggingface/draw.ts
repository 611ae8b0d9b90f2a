import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { FakeKit } from '../kit/fake-types.ts';

/** What a service is asked to draw, whatever it calls things. */
export interface Wish {
  readonly service: string;
  readonly prompt: string;
  readonly seed?: number | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Base64 or a data URL. */
  readonly image?: string | undefined;
}

export class BadImage extends Error {}

/** A picture of exactly this request; its input must be one, too. Throws BadImage. */
export async function draw(kit: FakeKit, { service, prompt, seed, image, ...size }: Wish): Promise<Buffer> {
  let input = { width: 1024, height: 1024, hash: '' };
  if (image !== undefined) {
    const bytes = Buffer.from(image.replace(/^data:image\/\w+;base64,/, ''), 'base64');
    const { width, height } = await sharp(bytes)
      .metadata()
      .catch(() => {
        throw new BadImage('the input is no image');
      });
    input = { width, height, hash: createHash('sha256').update(bytes).digest('hex') };
  }
  return kit.picture({
    width: size.width ?? input.width,
    height: size.height ?? input.height,
    text: `${service}\n${prompt}\n${input.hash}`,
    seed: seed ?? 0,
    format: 'jpg',
  });
}

/** Notes what was charged; the router tells no amount. */
export function charge(kit: FakeKit, id: string): void {
  kit.charge({ id, usd: null, images: 1, clientId: null });
}
