import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImageProblem } from '../image-problem.ts';
import { inspectImage } from '../inspect-image.ts';

function box(type: string, ...contents: Uint8Array[]): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + contents.reduce((length, content) => length + content.length, 0));
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, ...contents]);
}

function track(width: number, height: number): Buffer {
  const header = Buffer.alloc(84);
  header.writeUInt32BE(width * 0x1_0000, 76);
  header.writeUInt32BE(height * 0x1_0000, 80);
  return box('trak', box('tkhd', header));
}
const mp4 = (...tracks: Buffer[]): Buffer =>
  Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\x02\0isommp41')),
    box('moov', ...tracks),
    box('mdat', Buffer.alloc(4)),
  ]);

/** An element of Matroska with a size of one byte. */
const element = (id: number[], ...contents: Uint8Array[]): Buffer => {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([...id, 0x80 | content.length]), content]);
};
const webm = (width: number, height: number): Buffer => {
  const size = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
  const video = element([0xe0], element([0xb0], size(width)), element([0xba], size(height)));
  const tracks = element([0x16, 0x54, 0xae, 0x6b], element([0xae], element([0xd7], Buffer.from([1])), video));
  const segment = element([0x18, 0x53, 0x80, 0x67], element([0x15, 0x49, 0xa9, 0x66], Buffer.alloc(3)), tracks);
  return Buffer.concat([element([0x1a, 0x45, 0xdf, 0xa3], Buffer.alloc(5)), segment]);
};

describe('the size of a video', () => {
  it('is that of the largest track of an MP4', async () => {
    expect(await inspectImage(mp4(track(0, 0), track(1280, 720)))).toEqual({ format: 'mp4', width: 1280, height: 720 });
  });

  it('is that of the video track of a WebM', async () => {
    expect(await inspectImage(webm(854, 480))).toEqual({ format: 'webm', width: 854, height: 480 });
  });

  it('is refused where the file ends too early or shows nothing', async () => {
    const whole = mp4(track(64, 64));
    await expect(inspectImage(whole.subarray(0, whole.length - 2))).rejects.toMatchObject({ reason: 'truncated' });
    await expect(inspectImage(mp4(track(0, 0)))).rejects.toBeInstanceOf(ImageProblem);
    await expect(inspectImage(webm(64, 64).subarray(0, 30))).rejects.toBeInstanceOf(ImageProblem);
  });

  it('never ends in anything but an answer or an ImageProblem', async () => {
    const whole = [mp4(track(64, 48)), webm(64, 48)];
    await fc.assert(
      fc.asyncProperty(fc.nat(1), fc.nat(200), fc.nat(255), async (which, at, value) => {
        const bytes = Buffer.from(whole[which]!);
        bytes[12 + (at % (bytes.length - 12))] = value;
        const answer: unknown = await inspectImage(bytes).catch((error: unknown) => error);
        if (answer instanceof Error) expect(answer).toBeInstanceOf(ImageProblem);
      }),
    );
  });
});
