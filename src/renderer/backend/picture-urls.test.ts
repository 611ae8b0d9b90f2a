import { expect, it } from 'vitest';
import { imageUrl, inputUrl, previewUrl, thumbnailUrl } from './picture-urls.ts';

it('finds pictures on the page’s own origin, in a browser and in the window', () => {
  expect(imageUrl('id')).toBe('/images/id');
  expect(thumbnailUrl({ id: 'id', hash: 'abc' }, 'small')).toBe('/thumbnails/abc/small.webp?id=id');
  expect(previewUrl('job', 3)).toBe('/previews/job?v=3');
  expect(inputUrl('a/b')).toBe('/inputs/a%2Fb');
});
