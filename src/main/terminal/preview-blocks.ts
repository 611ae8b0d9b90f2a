/** Each character shows two pixels, one above the other: the upper in the letter's colour, the lower in the ground's. */
const upperHalf = '▀';
const reset = '\u001b[0m';

/** A picture as lines of coloured half blocks, at most `columns` × `rows` characters. */
export async function previewBlocks(bytes: Uint8Array, columns: number, rows: number): Promise<string[]> {
  const { default: sharp } = await import('sharp');
  const { data, info } = await sharp(bytes)
    .resize(columns, rows * 2, { fit: 'inside' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const colour = (x: number, y: number): string => {
    const at = (Math.min(y, info.height - 1) * info.width + x) * info.channels;
    return `${data[at] ?? 0};${data[at + 1] ?? 0};${data[at + 2] ?? 0}`;
  };
  return Array.from({ length: Math.ceil(info.height / 2) }, (_line, row) => {
    const cells = Array.from(
      { length: info.width },
      (_cell, x) => `\u001b[38;2;${colour(x, row * 2)}m\u001b[48;2;${colour(x, row * 2 + 1)}m${upperHalf}`,
    );
    return `${cells.join('')}${reset}`;
  });
}
