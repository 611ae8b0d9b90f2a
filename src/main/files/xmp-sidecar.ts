import { Image } from '../../shared/models/image.ts';
import { sidecarParts, type Part, type SidecarParts } from './sidecar-parts.ts';

const digitalSource = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

/** What XML can't hold, not even escaped. */
// eslint-disable-next-line no-control-regex -- these are the characters to be replaced
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

/** An image's sidecar: what other programs read as XMP, and the whole record from which the database can be rebuilt. */
export function sidecarText(image: Image): string {
  const source = image.notAi ? 'algorithmicMedia' : 'trainedAlgorithmicMedia';
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
    xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
    xmlns:easel="urn:easel:image:1#">
   <dc:description>
    <rdf:Alt>
     <rdf:li xml:lang="x-default">${escaped(image.request.prompt)}</rdf:li>
    </rdf:Alt>
   </dc:description>
${altTextElement(image.altText)}${ratingElement(image.rating)}   <xmp:CreateDate>${new Date(image.createdAt).toISOString()}</xmp:CreateDate>
   <xmp:CreatorTool>${escaped(`Easel (${image.provider}, ${image.model})`)}</xmp:CreatorTool>
   <Iptc4xmpExt:DigitalSourceType>${digitalSource}${source}</Iptc4xmpExt:DigitalSourceType>
   <easel:image>${plainJson(image)}</easel:image>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
`;
}

/** As the IPTC's standard of 2021 has it: a text for screen readers, apart from the description. */
function altTextElement(altText: string | null): string {
  return altText === null ? '' : `   ${altTextOf(altText)}\n`;
}

/** As Adobe's XMP has it, where -1 is a rejected picture and 0 one that nobody has rated. */
function ratingElement(rating: number | null): string {
  return rating === null ? '' : `   <xmp:Rating>${rating}</xmp:Rating>\n`;
}

const iptc = 'xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"';

function altTextOf(altText: string, declared = ''): string {
  return `<Iptc4xmpCore:AltTextAccessibility${declared}>
    <rdf:Alt>
     <rdf:li xml:lang="x-default">${escaped(altText)}</rdf:li>
    </rdf:Alt>
   </Iptc4xmpCore:AltTextAccessibility>`;
}

/** Bytes, far more than programs write: reading through so many keeps everything else waiting for a third of a second at worst. */
const longestSidecar = 8_000_000;

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A sidecar that there is already, with this image's record, alternative text and changed rating in place of the old ones and
 * all else byte for byte as it was: other programs keep keywords in it, and ratings of their own. One of more than 8 MB stays
 * as it is. Null where it does not hold this image's record.
 */
export function renewedSidecar(existing: Uint8Array, image: Image): Buffer | null {
  if (existing.length > longestSidecar) return Buffer.from(existing);
  // One character for each byte, so that nothing is lost of what is no UTF-8. What is ours in it is plain ASCII.
  const text = Buffer.from(existing).toString('latin1');
  const found = sidecarParts(text);
  // A picture made from others may have their records in it as well.
  const records = found.records.filter((record) => recordIn(text, record)?.id === image.id);
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
    ...altTextEdits(text, parts, image.altText),
    ...ratingEdits(text, parts, before.rating, image.rating),
  ];
  return Buffer.from(edited(text, edits), 'latin1');
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

function altTextEdits(text: string, parts: SidecarParts, altText: string | null): Edit[] {
  if (altText === null) return parts.altTexts.map((part) => without(text, part));
  // Another program may have declared the prefix elsewhere only, or not at all.
  const element = Buffer.from(altTextOf(altText, ` ${iptc}`)).toString('latin1');
  const [first, ...others] = parts.altTexts;
  if (!first) return added(text, parts, element);
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
  const description = `<rdf:Description ${called}>\n   ${element}\n  </rdf:Description>`;
  return [{ start: end, end, text: `${description}\n ` }];
}

/** The record in a sidecar, also after another program has written it anew; null for any other text. */
export function parseSidecar(text: string): Image | null {
  const [record] = sidecarParts(text).records;
  return record ? recordIn(text, record) : null;
}

function recordIn(text: string, { content }: Part): Image | null {
  try {
    return Image.parse(JSON.parse(unescaped(text.slice(content.start, content.end))));
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

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(forbidden, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
