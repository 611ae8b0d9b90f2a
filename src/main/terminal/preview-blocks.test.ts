import sharp from 'sharp';
import { expect, it } from 'vitest';
import { previewBlocks } from './preview-blocks.ts';

const flag = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#ff0000' } })
  .composite([{ input: { create: { width: 40, height: 20, channels: 3, background: '#0000ff' } }, left: 0, top: 20 }])
  .png()
  .toBuffer();

it('shows the upper half of a picture above the lower one, within the room it has', async () => {
  const lines = await previewBlocks(flag, 20, 10);
  expect(lines).toHaveLength(10);
  expect(lines.map((line) => line.split('▀').length - 1)).toEqual(Array.from({ length: 10 }, () => 20));
  expect(lines[0]).toContain('38;2;255;0;0');
  expect(lines.at(-1)).toContain('38;2;0;0;255');
  expect(lines.every((line) => line.endsWith('\u001b[0m'))).toBe(true);
});
