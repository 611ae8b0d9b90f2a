import { join } from 'node:path';
import sharp from 'sharp';
import { createRandom } from './random.ts';

const side = 1024;
/** Amplitude of the grain, in steps of 255: with this much, a PNG weighs what those of diffusion models weigh, about 2 MB. */
const grain = 20;

/** Draws PNGs that are as hard to decode and as large as generated ones: soft shapes under fine grain. */
export async function makeNoisyPictures(folder: string, count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    const random = createRandom(number + 1);
    const spots = Buffer.from(Array.from({ length: 16 * 16 * 3 }, () => Math.floor(random() * 256)));
    const soft = await sharp(spots, { raw: { width: 16, height: 16, channels: 3 } })
      .resize(side, side, { kernel: 'cubic' })
      .raw()
      .toBuffer();
    for (let at = 0; at < soft.length; at += 1) {
      soft[at] = Math.min(255, Math.max(0, (soft[at] ?? 0) + Math.round((random() - 0.5) * grain)));
    }
    await sharp(soft, { raw: { width: side, height: side, channels: 3 } })
      // As ComfyUI saves them.
      .png({ compressionLevel: 4, adaptiveFiltering: true })
      .toFile(join(folder, `${String(number).padStart(2, '0')}.png`));
  }
}
