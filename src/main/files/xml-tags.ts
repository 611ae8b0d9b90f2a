export interface XmlAttribute {
  readonly name: string;
  /** Begins with the blanks before its name, so that nothing is left of one that is cut out. */
  readonly start: number;
  readonly end: number;
  /** What lies between its quotes. */
  readonly valueStart: number;
  readonly valueEnd: number;
}

export interface XmlTag {
  readonly kind: 'opening' | 'closing' | 'empty';
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly attributes: readonly XmlAttribute[];
}

/** Sections that hold no tags, whatever they look like. */
const sections = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['<!', '>'],
] as const;

const nameAt = /[^\s/>=<"']+/y;
const blanksAt = /\s*/y;

/**
 * The tags of an XML text one after the other, with where they lie in it, in a time that grows with its length and no faster.
 * Ends where a text does not go on as XML does: at a comment, a tag or a value that is never closed.
 */
export function* xmlTags(text: string): Generator<XmlTag> {
  let at = text.indexOf('<');
  while (at !== -1) {
    const second = text[at + 1];
    const isSection = second === '!' || second === '?';
    const section = isSection ? sections.find(([begin]) => text.startsWith(begin, at)) : undefined;
    let next: number;
    if (section) {
      const [begin, ending] = section;
      const end = text.indexOf(ending, at + begin.length);
      if (end === -1) return;
      next = end + ending.length;
    } else {
      const read = readTag(text, at);
      if (read === null) return;
      if (read.tag) yield read.tag;
      next = read.next;
    }
    at = text.indexOf('<', next);
  }
}

/** Null where the text ends in it; no tag where there is a `<` for nothing. */
function readTag(text: string, start: number): { tag: XmlTag | null; next: number } | null {
  const isClosing = text[start + 1] === '/';
  const nameStart = start + (isClosing ? 2 : 1);
  const name = text.slice(nameStart, endOf(nameAt, text, nameStart));
  if (name === '') return { tag: null, next: start + 1 };
  const attributes: XmlAttribute[] = [];
  let at = nameStart + name.length;
  for (;;) {
    const from = endOf(blanksAt, text, at);
    const kind = isClosing ? 'closing' : text[from] === '/' ? 'empty' : 'opening';
    const closed = text[from] === '/' ? from + 1 : from;
    if (text[closed] === '>') return { tag: { kind, name, start, end: closed + 1, attributes }, next: closed + 1 };
    if (from >= text.length) return null;
    if (text[from] === '<') return { tag: null, next: from };
    const nameEnd = endOf(nameAt, text, from);
    if (nameEnd === from) {
      at = from + 1;
      continue;
    }
    const equals = endOf(blanksAt, text, nameEnd);
    const quoteAt = text[equals] === '=' ? endOf(blanksAt, text, equals + 1) : equals;
    const quote = text[quoteAt];
    if (text[equals] !== '=' || (quote !== '"' && quote !== "'")) {
      at = Math.max(nameEnd, quoteAt);
      continue;
    }
    const valueEnd = text.indexOf(quote, quoteAt + 1);
    if (valueEnd === -1) return null;
    const range = { start: at, end: valueEnd + 1, valueStart: quoteAt + 1, valueEnd };
    attributes.push({ name: text.slice(from, nameEnd), ...range });
    at = valueEnd + 1;
  }
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
