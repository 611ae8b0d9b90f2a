import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const bytesOfId = 16;
/** One call for random bytes costs as much as many ids: it is made for 256 of them. */
const pool = new Uint8Array(256 * bytesOfId);
let used = pool.length;

function randomBytes(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytesOfId;
  return pool.subarray(used - bytesOfId, used);
}

/** Of the last id: milliseconds since 1970, and its number among those of the same millisecond. */
let at = -Infinity;
let number = 0;
/** A number has 32 bits; the first of a millisecond leaves room for those that follow. */
const firstNumbers = 2 ** 31;

/** A UUID of version 7, in lower case: each is greater than all before it in this run of Easel, whatever the clock does. */
export function newId(): string {
  const now = Date.now();
  const random = randomBytes();
  if (now > at) {
    at = now;
    number = new DataView(random.buffer, random.byteOffset).getUint32(0) % firstNumbers;
  } else number += 1;
  return v7({ msecs: at, seq: number, random });
}
