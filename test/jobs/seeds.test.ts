import { describe, expect } from 'vitest';
import { it } from './library-folder.ts';
import { drawn, finished, paidProvider, picture } from './scripted-provider.ts';

const shade = 9;

describe('a seed', () => {
  it.concurrent('that the model does not take is reported, and the picture claims none', async ({ folder }) => {
    const easel = await folder.open([paidProvider({ submit: drawn }, { parameters: ['size'] })]);
    const end = await easel.ended(await easel.ask({ seed: 7 }));
    const dropped = [{ parameter: 'seed', note: 'Brush takes no seed.' }];
    expect(end).toMatchObject({ state: 'succeeded', attempts: [{ dropped }] });
    const image = easel.library.image(end.imageIds[0]!);
    expect(image).toMatchObject({ seed: null, dropped });
    expect(image.request.seed).toBeUndefined();
  });

  it.concurrent('that nobody chose is drawn for the job, and none is missed', async ({ folder }) => {
    const painter = paidProvider({ submit: drawn }, { parameters: ['size'] });
    const easel = await folder.open([painter]);
    const job = await easel.ask({ seed: undefined });
    expect(job.request).toMatchObject({ seed: expect.any(Number) as number, isSeedDrawn: true });
    const end = await easel.ended(job);
    expect(end).toMatchObject({ state: 'succeeded', attempts: [{ dropped: [] }] });
    expect(easel.library.image(end.imageIds[0]!).request.seed).toBeUndefined();
  });

  it.concurrent('is told of each picture by the service alone', async ({ folder }) => {
    const pictures = [{ ...(await picture(shade)), seed: 7 }, await picture(shade + 1)];
    const painter = paidProvider({ submit: () => finished(pictures.map((one) => Promise.resolve(one))) });
    const easel = await folder.open([painter]);
    const { imageIds } = await easel.ended(await easel.ask({ seed: 7, count: 2 }));
    const images = imageIds.map((id) => easel.library.image(id));
    expect(images.map(({ seed }) => seed)).toEqual([7, null]);
    expect(images.map(({ request }) => request.seed)).toEqual([7, undefined]);
  });
});
