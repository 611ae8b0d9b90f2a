import { isUtf8 } from 'node:buffer';
import { Image } from '../../shared/models/image.ts';
import { sidecarParts, type Part, type SidecarParts } from './sidecar-parts.ts';
import { escaped, unescaped } from './xml-text.ts';

const digitalSource = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

const rdf = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"';
const iptc = 'xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"';
const namespaces = `xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    ${iptc}
    xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
    xmlns:easel="urn:easel:image:1#"`;

/** An image's sidecar: what other programs read as XMP, and the whole record from which the database can be rebuilt. */
export function sidecarText(image: Image): string {
  const { description, createDate, creatorTool, sourceType, record } = elementsOf(image);
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF ${rdf}>
  <rdf:Description rdf:about=""
    ${namespaces}>
   ${description}
${altTextElement(image.altText)}${ratingElement(image.rating)}   ${createDate}
   ${creatorTool}
   ${sourceType}
   ${record}
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
`;
}

function elementsOf(image: Image) {
  const source = image.notAi ? 'algorithmicMedia' : 'trainedAlgorithmicMedia';
  return {
    description: `<dc:description>
    <rdf:Alt>
     <rdf:li xml:lang="x-default">${escaped(image.request.prompt)}</rdf:li>
    </rdf:Alt>
   </dc:description>`,
    createDate: `<xmp:CreateDate>${new Date(image.createdAt).toISOString()}</xmp:CreateDate>`,
    creatorTool: `<xmp:CreatorTool>${escaped(`Easel (${image.provider}, ${image.model})`)}</xmp:CreatorTool>`,
    sourceType: `<Iptc4xmpExt:DigitalSourceType>${digitalSource}${source}</Iptc4xmpExt:DigitalSourceType>`,
    record: `<easel:image>${plainJson(image)}</easel:image>`,
  };
}

/** As the IPTC's standard of 2021 has it: a text for screen readers, apart from the description. */
function altTextElement(altText: string | null): string {
  return altText === null ? '' : `   ${altTextOf(altText)}\n`;
}

/** As Adobe's XMP has it, where -1 is a rejected picture and 0 one that nobody has rated. */
function ratingElement(rating: number | null): string {
  return rating === null ? '' : `   <xmp:Rating>${rating}</xmp:Rating>\n`;
}

function altTextOf(altText: string, declared = ''): string {
  return `<Iptc4xmpCore:AltTextAccessibility${declared}>
    <rdf:Alt>
     <rdf:li xml:lang="x-default">${escaped(altText)}</rdf:li>
    </rdf:Alt>
   </Iptc4xmpCore:AltTextAccessibility>`;
}

/** Bytes, more than programs commonly write: everything else waits while one is read through, 20 ms or so, and a quarter of a second at worst. */
const longestSidecar = 1_000_000;

/** A sidecar has one; of so many, all are renewed. Each is parsed, which takes longer than to find it. */
const mostRecords = 16;

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A sidecar that there is already, with this image's record, alternative text and changed rating in place of the old ones and
 * all else byte for byte as it was: other programs keep keywords in it, and ratings of their own. Where another program made
 * it, it gets a description with the record. One of more than 1 MB stays as it is. Null where neither can be: where a record
 * is not this image's or not to be read, or where it is no XMP in UTF-8.
 */
export function renewedSidecar(existing: Uint8Array, image: Image): Buffer | null {
  if (existing.length > longestSidecar) return Buffer.from(existing);
  // One character for each byte, so that nothing is lost of what is no UTF-8. What is ours in it is plain ASCII.
  const text = Buffer.from(existing).toString('latin1');
  const parts = sidecarParts(text);
  if (parts.records.length > 0) return renewed(text, parts, image);
  const joined = isInUtf8(existing, text) ? withRecord(text, parts, image) : null;
  return joined === null ? null : renewed(joined, sidecarParts(joined), image);
}

function renewed(text: string, found: SidecarParts, image: Image): Buffer | null {
  // A picture made from others may have their records in it as well.
  const records = found.records
    .filter(({ content }) => text.slice(content.start, content.end).includes(image.id))
    .slice(0, mostRecords)
    .filter((record) => recordIn(text, record)?.id === image.id);
  const before = records[0] && recordIn(text, records[0]);
  if (!before) return null;
  const parts = { ...found, records };
  const json = plainJson(image);
  const edits = [
    ...parts.records.map(({ form, content }): Edit => {
      // Quotes and all: it may have been in single ones.
      if (form === 'attribute') return quoted(content, json.replaceAll('"', '&quot;'));
      return { ...content, text: json };
    }),
    ...altTextEdits(text, parts, before.altText, image.altText),
    ...ratingEdits(text, parts, before.rating, image.rating),
  ];
  return Buffer.from(edited(text, edits), 'latin1');
}

function isInUtf8(bytes: Uint8Array, text: string): boolean {
  const [, encoding] = /^[^<]{0,3}<\?xml [^>]{0,100}encoding\s*=\s*["']([^"']*)/.exec(text) ?? [];
  return isUtf8(bytes) && (encoding === undefined || encoding.toLowerCase() === 'utf-8');
}

/** With what is not said in it yet: twice the same makes a text unreadable to strict programs. Null where it has no place for it. */
function withRecord(text: string, { about, end }: SidecarParts, image: Image): string | null {
  if (end === null) return null;
  // What Easel knows of both comes to it as a change, in place of what the other program said.
  const { record, ...others } = elementsOf({ ...image, altText: null, rating: null });
  const isNew = (element: string): boolean => !text.includes(element.slice(element.indexOf(':'), element.indexOf('>')));
  const elements = [...Object.values(others).filter(isNew), record].join('\n   ');
  const called = about ? text.slice(about.start, about.end).trim() : 'rdf:about=""';
  const description = `<rdf:Description ${called} ${rdf}\n    ${namespaces}>\n   ${elements}\n  </rdf:Description>\n `;
  return edited(text, [{ start: end, end, text: Buffer.from(description).toString('latin1') }]);
}

function edited(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const edit of edits.toSorted((one, other) => one.start - other.start)) {
    if (edit.start < at) continue;
    pieces.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  return [...pieces, text.slice(at)].join('');
}

function quoted({ start, end }: { readonly start: number; readonly end: number }, value: string): Edit {
  return { start: start - 1, end: end + 1, text: `"${value}"` };
}

/** A text that another program wrote where Easel has none, and had none, stays. */
function altTextEdits(text: string, parts: SidecarParts, before: string | null, altText: string | null): Edit[] {
  if (altText === null) return before === null ? [] : parts.altTexts.map((part) => without(text, part));
  // Another program may have declared the prefixes elsewhere only, or not at all.
  const element = Buffer.from(altTextOf(altText, ` ${iptc} ${rdf}`)).toString('latin1');
  const [first, ...others] = parts.altTexts;
  // An attribute has no room for a text in a language.
  if (first?.form !== 'element') {
    return [...added(text, parts, element), ...parts.altTexts.map((part) => without(text, part))];
  }
  return [{ start: first.start, end: first.end, text: element }, ...others.map((part) => without(text, part))];
}

/**
 * Only what is changed here is changed there: a rating that another program wrote stays until the picture is rated in Easel, and
 * is not taken away with Easel's own.
 */
function ratingEdits(text: string, parts: SidecarParts, before: number | null, rating: number | null): Edit[] {
  if (before === rating) return [];
  if (rating === null) {
    const isOwn = ({ content }: Part): boolean => {
      const written = unescaped(text.slice(content.start, content.end)).trim();
      // Other programs write 3 as 3.0.
      return written !== '' && Number(written) === before;
    };
    return parts.ratings.filter(isOwn).map((part) => without(text, part));
  }
  const element = `<xmp:Rating xmlns:xmp="http://ns.adobe.com/xap/1.0/">${rating}</xmp:Rating>`;
  const [first, ...others] = parts.ratings;
  if (!first) return added(text, parts, element);
  const set =
    first.form === 'attribute'
      ? quoted(first.content, rating.toString())
      : { start: first.start, end: first.end, text: element };
  // Of two that differ, each program would go by another one.
  return [set, ...others.map((part) => without(text, part))];
}

/** Takes out a part, with its line where it is alone in it. */
function without(text: string, { form, start, end }: Part): Edit {
  let lineStart = start;
  while (text[lineStart - 1] === ' ' || text[lineStart - 1] === '\t') lineStart -= 1;
  const lineEnd = text.startsWith('\r\n', end) ? end + 2 : end + 1;
  const isLine = form === 'element' && text[lineStart - 1] === '\n' && text[lineEnd - 1] === '\n';
  return isLine ? { start: lineStart, end: lineEnd, text: '' } : { start, end, text: '' };
}

/** Before the record, or in a description of its own where the record has become an attribute. */
function added(text: string, { records: [record], about, end }: SidecarParts, element: string): Edit[] {
  if (record?.form === 'element') return [{ start: record.start, end: record.start, text: `${element}\n   ` }];
  if (end === null) return [];
  const called = about ? text.slice(about.start, about.end).trim() : 'rdf:about=""';
  const description = `<rdf:Description ${called} ${rdf}>\n   ${element}\n  </rdf:Description>`;
  return [{ start: end, end, text: `${description}\n ` }];
}

/** The record in a sidecar, also after another program has written it anew; null for any other text. */
export function parseSidecar(text: string): Image | null {
  const [record] = sidecarParts(text).records;
  return record ? recordIn(text, record) : null;
}

function recordIn(text: string, { content }: Part): Image | null {
  try {
    const written = text.slice(content.start, content.end).trim();
    const [, section] = /^<!\[CDATA\[([^]*)\]\]>$/.exec(written) ?? [];
    return Image.parse(JSON.parse(section ?? unescaped(written)));
  } catch {
    // A stranger's text is not an error: there is just nothing of ours in it.
    return null;
  }
}

/** JSON in which nothing but its own punctuation and plain ASCII is left, so that no XML tool can change its meaning. */
function plainJson(value: unknown): string {
  const asCode = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[^ -~]|[<>&]/g, asCode);
}
