import { open, readFile, rm } from 'node:fs/promises';
import type { Image } from '../../shared/models/image.ts';
import { writeDurably } from './durable-file.ts';
import { fileErrorCode } from './file-problem.ts';
import { renewedSidecar, sidecarText } from './xmp-sidecar.ts';

/**
 * Writes an image's sidecar in place of `before`, what one holds already. Where that can't be renewed, it is kept whole beside
 * the new one first, as `<path>.bak`, or with a number after that. Throws Node's own error, and then nothing is replaced.
 */
export async function replaceSidecar(path: string, before: Uint8Array, image: Image): Promise<void> {
  const isLost = isCutOff(before, image);
  const renewed = isLost ? null : renewedSidecar(before, image);
  if (renewed === null && !isLost) await keepBeside(path, before);
  await writeDurably(path, renewed ?? Buffer.from(sidecarText(image)));
}

/** Whether a path is one under which `replaceSidecar` keeps what other programs wrote. */
export function isKeptSidecar(path: string): boolean {
  return /\.xmp\.bak(\.\d+)?$/.test(path);
}

/** Never over a file that is there; one that holds the same already will do. */
async function keepBeside(path: string, bytes: Uint8Array): Promise<void> {
  for (let number = 1; ; number += 1) {
    const kept = number === 1 ? `${path}.bak` : `${path}.bak.${number}`;
    try {
      await (await open(kept, 'wx')).close();
    } catch (error) {
      if (fileErrorCode(error) !== 'EEXIST') throw error;
      const there = await readFile(kept).catch(() => null);
      if (there?.equals(bytes)) return;
      continue;
    }
    try {
      await writeDurably(kept, bytes);
    } catch (error) {
      await rm(kept, { force: true }).catch(() => undefined);
      throw error;
    }
    return;
  }
}

/**
 * Whether a text is nothing but the beginning of one that Easel wrote for this image: a new sidecar is not written durably, and
 * a power loss may leave part of it, none of it, or zeros at its end. Alternative text and rating may have come since.
 */
function isCutOff(bytes: Uint8Array, image: Image): boolean {
  // What comes after this tag is not missed.
  if (Buffer.from(bytes).includes('</x:xmpmeta>')) return false;
  let { length } = bytes;
  while (bytes[length - 1] === 0) length -= 1;
  const text = Buffer.from(bytes.subarray(0, length)).toString('latin1');
  return [image.altText, null].some((altText) =>
    [image.rating, null].some((rating) => isBeginning(text, { ...image, altText, rating })),
  );
}

function isBeginning(text: string, image: Image): boolean {
  const whole = Buffer.from(sidecarText(image)).toString('latin1');
  const recordStart = whole.indexOf('<easel:image>') + '<easel:image>'.length;
  if (text.length <= recordStart) return whole.startsWith(text);
  if (!text.startsWith(whole.slice(0, recordStart))) return false;
  // The record may say other things by now, such as another place. It has no tags in it.
  const recordEnd = text.indexOf('<', recordStart);
  if (recordEnd === -1) return true;
  const isOurs = text.slice(recordStart, recordEnd).includes(image.id);
  return isOurs && whole.slice(whole.indexOf('</easel:image>')).startsWith(text.slice(recordEnd));
}
