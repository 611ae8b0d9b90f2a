import { xmlTags, type XmlTag } from './xml-tags.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** A part of a sidecar's text: all of it, and what it holds. */
export interface Part extends Range {
  readonly form: 'element' | 'attribute';
  readonly content: Range;
}

/** Where in a sidecar's text lies what Easel reads and writes there. */
export interface SidecarParts {
  /** Easel's records, of this picture and of others, in the order in which they are to be believed. */
  readonly records: readonly Part[];
  /** What is said of the picture itself, not of others that it was made from. */
  readonly ratings: readonly Part[];
  readonly altTexts: readonly Part[];
  /** What the picture is called in it, as an attribute. */
  readonly about: Range | null;
  /** Before this, a further description may be put. */
  readonly end: number | null;
}

type Found = 'records' | 'ratings' | 'altTexts';

const wanted: Readonly<Record<string, Found>> = {
  'easel:image': 'records',
  'xmp:Rating': 'ratings',
  // An older name of the same.
  'xap:Rating': 'ratings',
  'Iptc4xmpCore:AltTextAccessibility': 'altTexts',
};

/** Each by the prefix that it has in Easel's own texts: other programs may call them otherwise. */
const prefixes: ReadonlyMap<string, string> = new Map([
  ['http://www.w3.org/1999/02/22-rdf-syntax-ns#', 'rdf:'],
  ['http://ns.adobe.com/xap/1.0/', 'xmp:'],
  ['http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/', 'Iptc4xmpCore:'],
  ['urn:easel:image:1#', 'easel:'],
]);

/** Reads a name as Easel would write it. A prefix is taken to mean the same all through the text, as it does in all that programs write. */
function createNames(text: string): { declare(tag: XmlTag): void; known(name: string): string } {
  const called = new Map<string, string>();
  return {
    declare: ({ attributes }) => {
      for (const { name, valueStart, valueEnd } of attributes) {
        if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
        const prefix = prefixes.get(text.slice(valueStart, valueEnd));
        if (prefix !== undefined) called.set(name.slice('xmlns:'.length), prefix);
      }
    },
    known: (name) => {
      const colon = name.indexOf(':');
      const prefix = called.get(name.slice(0, Math.max(colon, 0)));
      return prefix === undefined ? name : prefix + name.slice(colon + 1);
    },
  };
}

export function sidecarParts(text: string): SidecarParts {
  const parts: Record<Found, Part[]> = { records: [], ratings: [], altTexts: [] };
  let about: Range | null = null;
  let end: number | null = null;
  let depth = 0;
  let rdf = Number.NaN;
  let open: { readonly found: Found; readonly tag: XmlTag; readonly depth: number } | null = null;
  // Descriptions of other pictures lie deeper. The record is Easel's alone, and is found everywhere.
  const isOurs = (found: Found, level: number): boolean => found === 'records' || depth === rdf + level;
  const keep = (found: Found, start: number, content: Range, whole: number): void => {
    parts[found].push({ form: 'element', start, end: whole, content });
  };
  const names = createNames(text);
  for (const tag of xmlTags(text)) {
    if (tag.kind !== 'closing') names.declare(tag);
    const tagName = names.known(tag.name);
    if (tag.kind === 'closing') {
      depth -= 1;
      if (tagName === 'rdf:RDF') end ??= tag.start;
      if (open?.depth === depth && open.tag.name === tag.name) {
        keep(open.found, open.tag.start, { start: open.tag.end, end: tag.start }, tag.end);
        open = null;
      }
      continue;
    }
    if (tagName === 'rdf:RDF') rdf = depth;
    const found = Object.hasOwn(wanted, tagName) ? wanted[tagName] : undefined;
    if (found && (open === null || found === 'records') && isOurs(found, 2)) {
      if (tag.kind === 'opening') open = { found, tag, depth };
      else keep(found, tag.start, { start: tag.end, end: tag.end }, tag.end);
    }
    if (tagName === 'rdf:Description') {
      for (const { name: written, start, end: attributeEnd, valueStart, valueEnd } of tag.attributes) {
        // No default applies to attributes.
        const name = written.includes(':') ? names.known(written) : written;
        if (name === 'rdf:about' && depth === rdf + 1) about ??= { start, end: attributeEnd };
        const said = Object.hasOwn(wanted, name) ? wanted[name] : undefined;
        if (!said || !isOurs(said, 1)) continue;
        const content = { start: valueStart, end: valueEnd };
        parts[said].push({ form: 'attribute', start, end: attributeEnd, content });
      }
    }
    if (tag.kind === 'opening') depth += 1;
  }
  parts.records.sort((one, other) => Number(one.form === 'attribute') - Number(other.form === 'attribute'));
  return { ...parts, about, end };
}
