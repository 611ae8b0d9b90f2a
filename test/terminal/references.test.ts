import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeEnormousPng } from '../fakes/comfyui/pictures.ts';
import { startFakeComfyui, type FakeComfyui } from '../fakes/comfyui/start-fake-comfyui.ts';
import { easelJson, newPlace, runEasel, type Place } from '../run-easel.ts';
import { expectPlainFailure } from './plain-failure.ts';

interface Answer {
  readonly images: readonly { readonly width: number; readonly height: number }[];
  readonly metadata: { readonly dropped: readonly { readonly parameter: string; readonly note: string }[] };
}

let place: Place;
let fake: FakeComfyui;
let environment: Record<string, string>;
const file = (name: string): string => join(place.data, name);
const picture = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#336699' } })
    .png()
    .toBuffer();

beforeAll(async () => {
  place = newPlace();
  fake = await startFakeComfyui();
  environment = { EASEL_COMFYUI_URL: fake.url };
  mkdirSync(file('folder.png'), { recursive: true });
  const whole = await picture(256, 192);
  writeFileSync(file('whole.png'), whole);
  writeFileSync(file('half.png'), whole.subarray(0, Math.floor(whole.length / 2)));
  writeFileSync(file('text.png'), 'This is a letter.');
  writeFileSync(file('empty.png'), '');
  writeFileSync(file('enormous.png'), makeEnormousPng());
  writeFileSync(file('drawing.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(file('large.png'), await picture(4032, 3024));
  writeFileSync(
    file('mask.png'),
    await sharp({ create: { width: 100, height: 50, channels: 3, background: 'white' } })
      .png()
      .toBuffer(),
  );
});
afterAll(async () => {
  await fake.close();
  place.remove();
});

describe('a reference image', () => {
  it.each([
    ['that is missing', ['--image', 'nowhere.png'], /There is no image at .*nowhere\.png\. Check the path/],
    ['that is a folder', ['--image', 'folder.png'], /folder\.png is a folder/],
    ['that is text', ['--image', 'text.png'], /not a picture/],
    ['that is empty', ['--image', 'empty.png'], /ends too early/],
    ['that is cut off', ['--image', 'half.png'], /incomplete/],
    ['that is a drawing', ['--image', 'drawing.svg'], /SVG.*PNG, JPEG, WebP, GIF and AVIF/],
    ['that promises 60,000 pixels a side', ['--image', 'enormous.png'], /too large: 60000 × 60000/],
    ['whose mask is missing', ['--image', 'whole.png', '--mask', 'nowhere.png'], /There is no image at/],
    ['whose mask is text', ['--image', 'whole.png', '--mask', 'text.png'], /not a picture/],
    ['that is forgotten beside its mask', ['--mask', 'mask.png'], /A mask belongs to an image: give --image as well/],
  ])('can not be one %s', async (_, words, message) => {
    const paths = words.map((word) => (word.startsWith('--') ? word : file(word)));
    const outcome = await runEasel(place, ['generate', 'x', '--provider', 'comfyui', ...paths], { environment });
    expectPlainFailure(outcome, 2, message);
    expect(fake.promptsSeen).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('may not have an end that never comes', async () => {
    const outcome = await runEasel(place, ['generate', 'x', '--image', '/dev/zero']);
    expectPlainFailure(outcome, 2, /larger than 100 MB/);
  });

  it('is refused by a provider that draws from words only', async () => {
    const outcome = await runEasel(place, ['generate', 'x', '--provider', 'builtin', '--image', file('whole.png')]);
    expectPlainFailure(outcome, 2, /can't do image to image/);
  });

  const imagesOf = (image: string, ...more: string[]): Promise<Answer> => {
    const words = ['generate', 'x', '--provider', 'comfyui', '--image', file(image), '--steps', '2', ...more];
    return easelJson<Answer>(place, words, { environment });
  };

  it('is brought to the size that was asked for', async () => {
    const { images, metadata } = await imagesOf('whole.png', '--size', '512x384');
    expect(images[0]).toMatchObject({ width: 512, height: 384 });
    expect(metadata.dropped).toEqual([]);
  });

  it('sets the shape where no size was asked for, and a large photo is scaled to what the model is at its best with', async () => {
    expect((await imagesOf('whole.png')).images[0]).toMatchObject({ width: 256, height: 192 });
    const { images, metadata } = await imagesOf('large.png');
    const { width, height } = images[0]!;
    expect(width / height).toBeCloseTo(4 / 3, 1);
    expect(width * height).toBeLessThan(1.1 * 1024 * 1024);
    expect(metadata.dropped).toEqual([]);
  });

  it('has its mask scaled to it, and the answer says so', async () => {
    const words = [
      'generate',
      'x',
      '--provider',
      'comfyui',
      '--image',
      file('whole.png'),
      '--mask',
      file('mask.png'),
      '--steps',
      '2',
    ];
    const { metadata } = await easelJson<Answer>(place, words, { environment });
    expect(metadata.dropped).toEqual([{ parameter: 'mask', note: expect.stringMatching(/100×50.*256×192/) as string }]);
  });
});
