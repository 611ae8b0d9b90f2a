import { describe, expect, it } from 'vitest';
import { chooseThumbnail } from './choose-thumbnail.ts';

const square = { width: 1024, height: 1024 };
const wide = { width: 2048, height: 1024 };

describe('choice of a thumbnail', () => {
  it('follows the device pixels of the cell', () => {
    expect(chooseThumbnail(square, 160, 'cover')).toBe('small');
    expect(chooseThumbnail(square, 320, 'cover')).toBe('medium');
    expect(chooseThumbnail(square, 640, 'cover')).toBe('large');
    expect(chooseThumbnail(square, 2000, 'cover')).toBe('large');
  });

  it('takes more for a picture whose short side must fill the cell', () => {
    expect(chooseThumbnail(wide, 160, 'contain')).toBe('small');
    expect(chooseThumbnail(wide, 160, 'cover')).toBe('medium');
  });
});
