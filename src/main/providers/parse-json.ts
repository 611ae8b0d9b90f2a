/** Parses JSON as Python writes it, with bare NaN and Infinity, which become null. Throws SyntaxError. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const strict = text.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (word) =>
      word.startsWith('"') ? word : 'null',
    );
    return JSON.parse(strict) as unknown;
  }
}
