// A wildcard with what it sets, the head of a variable, how many options are taken and what joins them, and an option's weight.
const markup =
  /__(?=[^\s_]*[\p{L}\p{N}*])[\p{L}\p{N}\p{M}.*/-]+(?:_[\p{L}\p{N}\p{M}.*/-]+)*(?:\([^()\r\n]{0,200}\))?__|\$\{\s*[\p{L}_][\p{L}\p{N}\p{M}_-]*|\{\s*[\d-]{1,5}\$\$(?:[^{}|$]{0,40}\$\$)?|[{|]\s*[\d.]{1,9}::/gu;

/**
 * Whether a place of a prompt belongs to what draws and not to what may be drawn: names of wildcards and variables, counts
 * and weights of options. The options themselves are words. Asked in the order of the text.
 */
export function dynamicMarkup(text: string): (at: number) => boolean {
  if (!/__|\$\{|\{/.test(text)) return () => false;
  const spans = Array.from(text.matchAll(markup), ({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
  let next = 0;
  return (at) => {
    while (next > 0 && (spans[next - 1]?.end ?? 0) > at) next -= 1;
    while ((spans[next]?.end ?? Infinity) <= at) next += 1;
    return (spans[next]?.start ?? Infinity) <= at;
  };
}
