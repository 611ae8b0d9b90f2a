import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { crc32 } from 'node:zlib';
import { startFakeComfyui } from '../fakes/comfyui/start-fake-comfyui.ts';

// A ComfyUI that answers at once, with pictures from a folder: node test/bench/stand-in.ts --pictures <folder> [--unique]
const { values } = parseArgs({
  options: {
    pictures: { type: 'string' },
    /** Every result has bytes of its own, so that nothing made for one serves another. */
    unique: { type: 'boolean', default: false },
  },
});

const { pictures: folder } = values;
const pictures = folder === undefined ? [] : readdirSync(folder).map((name) => readFileSync(join(folder, name)));
const fake = await startFakeComfyui({ settings: { stepMs: 0, loadMs: 0 } });

if (pictures.length > 0) {
  const endOfHeader = 33;
  let saved = 0;
  fake.files.save = (_prefix, type) => {
    saved += 1;
    return { filename: `${values.unique ? saved : saved % pictures.length}.png`, subfolder: '', type };
  };
  // Made when it is asked for: hundreds of large pictures needn't be kept.
  fake.files.read = ({ filename }) => {
    const number = Number.parseInt(filename, 10);
    const picture = pictures[number % pictures.length] ?? Buffer.alloc(0);
    return Buffer.concat([
      picture.subarray(0, endOfHeader),
      textChunk(`number\0${number}`),
      picture.subarray(endOfHeader),
    ]);
  };
}

function textChunk(text: string): Buffer {
  const body = Buffer.from(`tEXt${text}`, 'latin1');
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

const stop = (): void => {
  void fake.close().then(() => process.exit(0));
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
process.on('disconnect', stop);
process.stdout.write(`${JSON.stringify({ url: fake.url })}\n`);
