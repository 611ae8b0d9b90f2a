import { crc32 } from 'node:zlib';

const version = 20;
/** Names are UTF-8. */
const flags = 0x0800;
/** 1 January 1980, the earliest there is: the same files make the same archive. */
const date = 0x0021;

export interface ZippedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * A ZIP archive of files that are stored as they are: pictures don't get smaller. Services take training images so. Fewer than
 * 65,536 files and 4 GB in all.
 */
export function packZip(files: readonly ZippedFile[]): Buffer {
  const contents: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const file of files) {
    const name = Buffer.from(file.name, 'utf8');
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(version, 0);
    shared.writeUInt16LE(flags, 2);
    shared.writeUInt16LE(date, 8);
    shared.writeUInt32LE(crc32(file.bytes), 10);
    shared.writeUInt32LE(file.bytes.length, 14);
    shared.writeUInt32LE(file.bytes.length, 18);
    shared.writeUInt16LE(name.length, 22);
    contents.push(Buffer.from('PK\x03\x04', 'latin1'), shared, name, file.bytes);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([version, 0]), shared, place, name);
    offset += 4 + shared.length + name.length + file.bytes.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(
    directory.reduce((length, part) => length + part.length, 0),
    8,
  );
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...contents, ...directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
