import { Image } from '../../shared/models/image.ts';

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

/**
 * A sidecar that there is already, with this image's record, alternative text and changed rating in place of the old ones and
 * all else byte for byte as it was: other programs keep keywords in it, and ratings of their own. Null where it does not hold
 * this image's record.
 */
export function renewedSidecar(existing: Uint8Array, image: Image): Buffer | null {
  // One character for each byte, so that nothing is lost of what is no UTF-8. What is ours in it is plain ASCII.
  const text = Buffer.from(existing).toString('latin1');
  const before = parseSidecar(text);
  if (before?.id !== image.id) return null;
  const json = plainJson(image);
  const renewed = text
    .replace(recordElement, () => `<easel:image>${json}</easel:image>`)
    .replace(recordAttribute, (whole) => `${whole.slice(0, 1)}easel:image="${json.replaceAll('"', '&quot;')}"`);
  return Buffer.from(withRating(withAltText(renewed, image.altText), before.rating, image.rating), 'latin1');
}

const oldAltText =
  /<Iptc4xmpCore:AltTextAccessibility(?:\s[^>]*)?(?:\/>|(?<!\/)>[^]*?<\/Iptc4xmpCore:AltTextAccessibility\s*>)/;
const oldAltTextLine = new RegExp(`(?:(?<=\\n)[ \\t]*${oldAltText.source}\\r?\\n|${oldAltText.source})`);

/** `text` has one character for each byte. */
function withAltText(text: string, altText: string | null): string {
  if (altText === null) return text.replace(oldAltTextLine, '');
  // Another program may have declared the prefix elsewhere only, or not at all.
  const element = Buffer.from(altTextOf(altText, ` ${iptc}`)).toString('latin1');
  if (oldAltText.test(text)) return text.replace(oldAltText, () => element);
  return withElement(text, element);
}

/** Before the record, or in a description of its own where the record has become an attribute. */
function withElement(text: string, element: string): string {
  if (recordElement.test(text)) return text.replace(recordElement, (record) => `${element}\n   ${record}`);
  const [about = 'rdf:about=""'] = /rdf:about\s*=\s*(?:"[^"<]*"|'[^'<]*')/.exec(text) ?? [];
  const description = `<rdf:Description ${about}>\n   ${element}\n  </rdf:Description>`;
  return text.replace(/<\/rdf:RDF\s*>/, (end) => `${description}\n ${end}`);
}

const anyRating = {
  element: /<(?:xmp|xap):Rating(?:\s[^>]*)?(?:\/>|(?<!\/)>\s*([^<]*?)\s*<\/(?:xmp|xap):Rating\s*>)/,
  // Only in a tag: a text may hold the same letters, and so may another attribute.
  attribute: /(<rdf:Description\b(?:[^<>"']|"[^"]*"|'[^']*')*?)(\s+(?:xmp|xap):Rating\s*=\s*)(?:"([^"<]*)"|'([^'<]*)')/,
};
const ratingLine = new RegExp(`(?:(?<=\\n)[ \\t]*${anyRating.element.source}\\r?\\n|${anyRating.element.source})`);

/**
 * Only what is changed here is changed there: a rating that another program wrote stays until the picture is rated in Easel, and
 * is not taken away with Easel's own.
 */
function withRating(text: string, before: number | null, rating: number | null): string {
  if (before === rating) return text;
  const [, asElement] = anyRating.element.exec(text) ?? [];
  const [attribute, , , doublyQuoted, singlyQuoted] = anyRating.attribute.exec(text) ?? [];
  const written = asElement ?? doublyQuoted ?? singlyQuoted;
  if (rating === null) {
    if (written !== String(before)) return text;
    return attribute === undefined ? text.replace(ratingLine, '') : text.replace(anyRating.attribute, '$1');
  }
  const element = `<xmp:Rating xmlns:xmp="http://ns.adobe.com/xap/1.0/">${rating}</xmp:Rating>`;
  if (attribute !== undefined) return text.replace(anyRating.attribute, `$1$2"${rating}"`);
  return anyRating.element.test(text) ? text.replace(anyRating.element, element) : withElement(text, element);
}

const recordElement = /<easel:image>([^<]*)<\/easel:image>/;
const recordAttribute = /\seasel:image\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/;

/** The record in a sidecar, also after another program has written it anew; null for any other text. */
export function parseSidecar(text: string): Image | null {
  const [, asElement] = recordElement.exec(text) ?? [];
  const [, doublyQuoted, singlyQuoted] = recordAttribute.exec(text) ?? [];
  const content = asElement ?? doublyQuoted ?? singlyQuoted;
  if (content === undefined) return null;
  try {
    return Image.parse(JSON.parse(unescaped(content)));
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
      return String.fromCodePoint(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal));
    },
  );
}
