import { readFileSync } from 'node:fs';

const folder = new URL('./recordings/', import.meta.url);

/** A trimmed answer of a real ComfyUI 0.33.0, by the name of its file without the extension. */
export function readRecording(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
}

export function readRecordedBytes(fileName: string): Buffer {
  return readFileSync(new URL(fileName, folder));
}
