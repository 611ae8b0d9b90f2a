import { text as readAll } from 'node:stream/consumers';

/** What is written on the command line, or for `-` what comes in by standard input. */
export async function textOrInput(text: string): Promise<string> {
  return text === '-' ? (await readAll(process.stdin)).trim() : text;
}
