import { z } from 'zod';

const Answer = z.looseObject({ prompt: z.string() });

/**
 * The prompt in a model's answer: a JSON object, maybe with words or a fence around it. Null where there is none. Prose is never
 * taken for a prompt.
 */
export function readAnswer(content: string): string | null {
  const first = content.indexOf('{');
  const last = content.lastIndexOf('}');
  for (const text of [content, content.slice(first, last + 1)]) {
    try {
      const parsed = Answer.safeParse(JSON.parse(text));
      if (parsed.success) return parsed.data.prompt.trim();
    } catch {
      // Then the next reading.
    }
  }
  return null;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** As much of the prompt as an answer holds that is still being written. */
export function promptSoFar(content: string): string {
  const start = /^[^{]*\{\s*"prompt"\s*:\s*"/.exec(content)?.[0].length;
  if (start === undefined) return '';
  let text = '';
  for (let at = start; at < content.length; at += 1) {
    const letter = content.charAt(at);
    if (letter === '"') break;
    if (letter !== '\\') {
      text += letter;
      continue;
    }
    const escaped = content.charAt(at + 1);
    if (escaped === 'u') {
      const code = content.slice(at + 2, at + 6);
      if (!/^[\da-f]{4}$/i.test(code)) break;
      text += String.fromCharCode(Number.parseInt(code, 16));
      at += 5;
    } else {
      if (escaped === '') break;
      text += escapes[escaped] ?? escaped;
      at += 1;
    }
  }
  // Half of a pair would be shown as a broken letter.
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text;
}
