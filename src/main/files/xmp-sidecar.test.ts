import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { Image } from '../../shared/models/image.ts';
import { parseSidecar, renewedSidecar, sidecarText } from './xmp-sidecar.ts';

function imageOf(prompt: string, more: Partial<Image> = {}): Image {
  return {
    id: '0198f0aa-1c2d-7e3f-8a4b-5c6d7e8f9a0b',
    sequence: 12,
    jobId: '0198f0aa-1c2d-7e3f-8a4b-5c6d7e8f9a0c',
    attemptId: null,
    index: 0,
    hash: 'ab'.repeat(32),
    bytes: 1234,
    format: 'png',
    width: 1024,
    height: 768,
    createdAt: Date.UTC(2026, 2, 9, 7, 5, 3, 21),
    project: 'default',
    provider: 'comfyui',
    model: 'flux1-dev.safetensors',
    seed: 9_007_199_254_740_991,
    request: GenerationRequest.parse({
      prompt,
      negativePrompt: prompt.slice(0, 20),
      loras: [{ name: 'ink & wash', weight: 0.8 }],
    }),
    dropped: [{ parameter: 'seed', note: 'The model "takes" no <seed>.' }],
    remoteId: null,
    cost: { kind: 'estimated', usd: 0.004 },
    generationMs: 812.5,
    notAi: false,
    trashedAt: null,
    revisedPrompt: null,
    stages: null,
    altText: null,
    rating: null,
    path: 'images/default/comfyui/2026-03/a.png',
    ...more,
  };
}

/** Throws where a text is not well-formed XML, as far as sidecars use it. */
function checkWellFormed(text: string): void {
  // eslint-disable-next-line no-control-regex -- these are the characters that XML forbids
  if (/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(text) || !text.isWellFormed())
    throw new Error('a forbidden character');
  const open: string[] = [];
  const rest = text
    .replace(/<\?xpacket [^?]*\?>/g, '')
    .replace(/<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<&]*")*)\s*>/g, (_, slash: string, name: string) => {
      if (slash === '') open.push(name);
      else if (open.pop() !== name) throw new Error(`${name} does not match`);
      return '';
    });
  if (open.length > 0) throw new Error('not closed');
  const remains = rest.replace(/&(?:amp|lt|gt|quot|#13);/g, '');
  if (/[<&]|\]\]>/.test(remains)) throw new Error('not escaped');
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({
    unit: fc.constantFrom(']', '>', '<', '&', '"', "'", '\\', '\0', '\r', '\n', '\ud83d', '\ude00', '\uffff', '-'),
    maxLength: 30,
  }),
  fc.constantFrom(']]>', '<easel:image>{}</easel:image>', '</rdf:RDF>', '&#0;', '🦊 fox', '<!--', '\u0000'),
);

describe('sidecarText', () => {
  it('says in the words of XMP what the picture is', () => {
    const text = sidecarText(imageOf('A <fox> & "friends"'));
    expect(text).toContain('<rdf:li xml:lang="x-default">A &lt;fox&gt; &amp; &quot;friends&quot;</rdf:li>');
    expect(text).toContain('<xmp:CreateDate>2026-03-09T07:05:03.021Z</xmp:CreateDate>');
    expect(text).toContain('<xmp:CreatorTool>Easel (comfyui, flux1-dev.safetensors)</xmp:CreatorTool>');
    expect(text).toContain('digitalsourcetype/trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>');
  });

  it('has the alternative text where the IPTC put it, and no such element where there is none', () => {
    const text = sidecarText(imageOf('A fox', { altText: 'A fox & a <hen>' }));
    expect(text).toMatch(
      /<Iptc4xmpCore:AltTextAccessibility>\s*<rdf:Alt>\s*<rdf:li xml:lang="x-default">A fox &amp; a &lt;hen&gt;<\/rdf:li>/,
    );
    expect(text).toContain('xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"');
    expect(sidecarText(imageOf('A fox'))).not.toContain('AltText');
  });

  it('does not call a picture drawn by rules the work of a trained model', () => {
    const text = sidecarText(imageOf('A fox', { notAi: true }));
    expect(text).toContain('digitalsourcetype/algorithmicMedia</Iptc4xmpExt:DigitalSourceType>');
    expect(text).not.toContain('trainedAlgorithmicMedia');
  });

  it('is well-formed and holds the whole record, whatever the prompt', () => {
    fc.assert(
      fc.property(anyText, anyText, (prompt, model) => {
        const image = imageOf(prompt, { model, remoteId: prompt, altText: model, rating: 3 });
        const text = sidecarText(image);
        expect(() => checkWellFormed(text)).not.toThrow();
        expect(parseSidecar(text)).toEqual(image);
      }),
      { numRuns: 500 },
    );
  });
});

describe('parseSidecar', () => {
  it('reads a record that another program has moved into an attribute', () => {
    const image = imageOf('A fox & friends');
    const [, json = ''] = /<easel:image>([^<]*)</.exec(sidecarText(image)) ?? [];
    const attribute = json.replaceAll('&', '&amp;').replaceAll('"', '&#34;');
    expect(parseSidecar(`<rdf:Description rdf:about="" easel:image="${attribute}"/>`)).toEqual(image);
  });

  it('reads one in single quotes', () => {
    const image = imageOf('A fox');
    const [, json = ''] = /<easel:image>([^<]*)</.exec(sidecarText(image)) ?? [];
    expect(parseSidecar(`<rdf:Description easel:image='${json.replaceAll("'", '&#39;')}'/>`)).toEqual(image);
  });

  it('finds nothing in anything else', () => {
    expect(parseSidecar('')).toBeNull();
    expect(parseSidecar('<easel:image>{"id":1}</easel:image>')).toBeNull();
    expect(parseSidecar('<easel:image>&#9999999;</easel:image>')).toBeNull();
    fc.assert(fc.property(anyText, (text) => parseSidecar(text) === null));
  });
});

describe('renewedSidecar', () => {
  const before = imageOf("A fox isn't $& here");
  const said = imageOf("A fox isn't $& here", { altText: 'Füchse & <hens> $&', path: 'trash/a.png' });
  const renew = (text: string | Buffer, image: Image): string =>
    renewedSidecar(Buffer.from(text), image)?.toString('utf8') ?? '';
  const recordOf = (image: Image): string =>
    (/<easel:image>([^<]*)</.exec(sidecarText(image))?.[1] ?? '').replaceAll('"', '&#34;');
  const rated = (text: string): string =>
    text
      .replace(
        '   <easel:image>',
        '   <xmp:Rating>5</xmp:Rating>\n   <dc:subject>Füchse</dc:subject>\n   <easel:image>',
      )
      .replaceAll('\n </rdf:RDF>', '\n  <rdf:Description rdf:about="" xmlns:lr="urn:lr"/>\n </rdf:RDF>');

  it('leaves what other programs wrote byte for byte, and reads as the new record', () => {
    const text = rated(sidecarText(before));
    const renewed = renew(text, said);
    expect(() => checkWellFormed(renewed.replaceAll('/>', '></rdf:Description>'))).not.toThrow();
    expect(parseSidecar(renewed)).toEqual(said);
    expect(renewed).toContain('Füchse &amp; &lt;hens&gt; $&amp;</rdf:li>');
    // With a text that is other, and then none, nothing of the first one is left and nothing else is gone.
    const other = renew(renewed, { ...said, altText: 'A hen.' });
    expect(other.match(/<Iptc4xmpCore:AltTextAccessibility/g)).toHaveLength(1);
    expect(renew(other, before)).toBe(text);
    expect(renew(text, before)).toBe(text);
  });

  it('takes out the text that Easel wrote itself', () => {
    expect(renew(sidecarText({ ...before, altText: 'A fox.' }), before)).toBe(sidecarText(before));
  });

  it('does it where the record has become an attribute, and the text has no place yet', () => {
    const [, json = ''] = /<easel:image>([^<]*)</.exec(sidecarText(before)) ?? [];
    for (const [quote, code] of [
      ['"', '&#34;'],
      ["'", '&apos;'],
    ] as const) {
      const record = `${quote}${json.replaceAll('&', '&amp;').replaceAll(quote, code)}${quote}`;
      const text = `<rdf:RDF>\r\n<rdf:Description rdf:about="uuid:1" xmp:Rating="4" easel:image=${record}/>\r\n</rdf:RDF>`;
      const renewed = renew(text, said);
      expect(parseSidecar(renewed)).toEqual(said);
      expect(renewed).toContain('<rdf:Description rdf:about="uuid:1" xmp:Rating="4" easel:image="');
      expect(renewed).toMatch(
        /<rdf:Description rdf:about="uuid:1" xmlns:rdf="[^"]*">\s*<Iptc4xmpCore:AltTextAccessibility xmlns:/,
      );
      expect(renewed.match(/AltTextAccessibility/g)).toHaveLength(2);
    }
  });

  it('replaces an empty element of the text', () => {
    const text = sidecarText(before).replace(
      '   <easel:image>',
      '   <Iptc4xmpCore:AltTextAccessibility/>\n   <easel:image>',
    );
    expect(renew(text, said).match(/AltTextAccessibility/g)).toHaveLength(2);
    expect(renew(renew(text, said), before)).toBe(sidecarText(before));
  });

  it('leaves a text that another program wrote where Easel has none', () => {
    const text = sidecarText({ ...before, altText: 'A fox.' }).replace('"altText":"A fox."', '"altText":null');
    expect(renew(text, before)).toBe(text);
    expect(renew(text, { ...before, rating: 2 })).toContain('>A fox.</rdf:li>');
  });

  it('puts a text that is an attribute into an element of its own, and takes all others out', () => {
    const text = sidecarText(before).replace('rdf:about=""', 'rdf:about="" Iptc4xmpCore:AltTextAccessibility="old"');
    const renewed = renew(text, said);
    expect(() => checkWellFormed(renewed)).not.toThrow();
    expect(renewed).not.toContain('"old"');
    expect(renew(renewed, before)).toBe(sidecarText(before));
    const twice = renew(
      text.replace(
        '   <easel:image>',
        '   <Iptc4xmpCore:AltTextAccessibility>older</Iptc4xmpCore:AltTextAccessibility>\n   <easel:image>',
      ),
      said,
    );
    expect(twice).toBe(renewed);
    const inAttribute = `<rdf:RDF><rdf:Description Iptc4xmpCore:AltTextAccessibility='old' easel:image="${recordOf(before)}"/></rdf:RDF>`;
    expect(renew(inAttribute, said)).toMatch(
      /^<rdf:RDF><rdf:Description easel:image="[^"]*"\/><rdf:Description rdf:about/,
    );
  });

  it('rates in place of what was there, and takes away no other rating than its own', () => {
    const five = { ...before, rating: 5 };
    const two = { ...before, rating: 2 };
    const ratings = (text: string) => [...text.matchAll(/xmp:Rating[^>]*>(\d)</g)].map(([, stars]) => stars);
    const plain = sidecarText(before);
    expect(ratings(sidecarText(five))).toEqual(['5']);
    expect(renew(sidecarText(five), before)).toBe(plain);
    const rewritten = renew(renew(plain, five), two);
    expect(() => checkWellFormed(rewritten)).not.toThrow();
    expect([ratings(rewritten), parseSidecar(rewritten)]).toEqual([['2'], two]);
    expect(renew(rewritten, before)).toBe(plain);
    // Another program rated it 5; Easel's own comes in its place, and goes.
    expect(ratings(renew(rated(plain), two))).toEqual(['2']);
    expect(ratings(renew(renew(rated(plain), two), before))).toEqual([]);
    // Another program rated it after Easel did: that stays, whatever else is said or taken back here.
    const rerated = rewritten.replace('>2</xmp:Rating>', '>4</xmp:Rating>');
    expect(ratings(renew(rerated, { ...two, altText: 'A fox.' }))).toEqual(['4']);
    expect(ratings(renew(rerated, before))).toEqual(['4']);
  });

  it('finds a rating that another program keeps as an attribute, and none in a text', () => {
    const misleading = imageOf("A sign that says xmp:Rating='1' and <xmp:Rating>1</xmp:Rating>");
    const [, json = ''] = /<easel:image>([^<]*)</.exec(sidecarText(misleading)) ?? [];
    const record = json.replaceAll('&', '&amp;').replaceAll('"', '&#34;');
    const attributes = (stars: string): string =>
      `<rdf:RDF><rdf:Description easel:image="${record}"${stars}/></rdf:RDF>`;
    const four = { ...misleading, rating: 4 };
    const renewed = renew(attributes("\n  xmp:Rating='2'"), four);
    expect(renewed).toContain('"\n  xmp:Rating="4"/>');
    expect(parseSidecar(renewed)).toEqual(four);
    expect(renew(renewed, misleading)).not.toMatch(/xmp:Rating="/);
    expect(renew(attributes(''), four)).toMatch(
      /<rdf:Description rdf:about="" xmlns:rdf="[^"]*">\s*<xmp:Rating xmlns:xmp=.*>4<\/xmp:Rating>/,
    );
    expect(renew(renew(sidecarText(misleading), four), misleading)).toBe(sidecarText(misleading));
  });

  const withLine = (line: string): string =>
    sidecarText(before).replace('   <easel:image>', () => `   ${line}\n   <easel:image>`);
  const [two, three] = [2, 3].map((rating) => ({ ...before, rating })) as [Image, Image];

  it('passes over ratings and texts in comments and in unparsed sections', () => {
    const lines =
      '<!-- <xmp:Rating>1</xmp:Rating> <Iptc4xmpCore:AltTextAccessibility/> --> <![CDATA[<xmp:Rating>1</xmp:Rating>]]>';
    const renewed = renew(withLine(`${lines}\n   <xmp:Rating>4</xmp:Rating>`), { ...two, altText: 'A hen.' });
    expect(renewed).toContain(lines);
    expect(renewed.replace(lines, '').match(/xmp:Rating[^>]*>(\d)/g)).toHaveLength(1);
    expect(renewed.replace(lines, '')).toContain('>2</xmp:Rating>');
    expect(renew(withLine(lines), two)).toMatch(/<!-- <xmp:Rating>1[^]*\]\]>\s*<xmp:Rating [^>]*>2</);
    const record = '<!-- <easel:image>{}</easel:image> -->';
    expect(parseSidecar(withLine(record))).toEqual(before);
    expect(renew(withLine(record), said)).toContain(record);
  });

  it('leaves one rating where there were several, and does not leave one that contradicts it', () => {
    const both = withLine('<xmp:Rating>4</xmp:Rating>').replace('rdf:about=""', 'rdf:about="" xmp:Rating="5"');
    const renewed = renew(both, two);
    expect(renewed).toContain('rdf:about="" xmp:Rating="2"');
    expect(renewed.match(/xmp:Rating/g)).toHaveLength(1);
    expect(renew(renewed, before)).toBe(sidecarText(before));
  });

  it.each([
    '<xmp:Rating rdf:parseType="Resource"><rdf:value>4</rdf:value><xmp:of>5</xmp:of></xmp:Rating>',
    '<xmp:Rating>\n<rdf:Description><rdf:value>4</rdf:value></rdf:Description>\n</xmp:Rating>',
    '<xap:Rating>4</xap:Rating>',
    '<xmp:Rating/>',
  ])('rates in place of %s', (line) => {
    const renewed = renew(withLine(line), two);
    expect(renewed.match(/<x[ma]p:Rating/g)).toHaveLength(1);
    expect(renewed).toContain('>2</xmp:Rating>');
    expect(() => checkWellFormed(renewed)).not.toThrow();
  });

  it.each(['3.0', ' 3 ', '3.000000', '&#51;', '&#x33;'])(
    'takes away its own rating where another program wrote it as "%s"',
    (three0) => {
      const element = sidecarText(three).replace('>3</xmp:Rating>', () => `>${three0}</xmp:Rating>`);
      expect(renew(element, before)).toBe(sidecarText(before));
      const attribute = sidecarText(three)
        .replace(/ *<xmp:Rating>.*\n/, '')
        .replace('rdf:about=""', () => `rdf:about="" xmp:Rating='${three0}'`);
      expect(renew(attribute, before)).toBe(sidecarText(before));
      const others = sidecarText(three).replace('>3</xmp:Rating>', '>3.5</xmp:Rating>');
      expect(renew(others, before)).toContain('>3.5</xmp:Rating>');
    },
  );

  it('leaves alone what is said of pictures that this one was made from', () => {
    const other = sidecarText({ ...imageOf('A hen', { rating: 1 }), id: before.jobId ?? '' });
    const [, record = ''] = /(<easel:image>.*<\/easel:image>)/.exec(other) ?? [];
    const pantry = `<xmpMM:Pantry><rdf:Bag><rdf:li><rdf:Description xmp:Rating="1"><xmp:Rating>1</xmp:Rating>${record}</rdf:Description></rdf:li></rdf:Bag></xmpMM:Pantry>`;
    const renewed = renew(withLine(pantry), { ...two, altText: 'A fox.' });
    expect(renewed).toContain(pantry);
    expect(renewed).toContain('>2</xmp:Rating>');
    expect(renewed).toContain('A fox.');
    expect(renew(renewed, before)).toBe(withLine(pantry));
  });

  it.each([
    ['blanks in a tag', `<rdf:Description ${' '.repeat(500_000)}`, '/>'],
    ['blanks before a line', ' '.repeat(500_000), ''],
    ['blanks in a rating', `<xmp:Rating>${' '.repeat(500_000)}`, '</xmp:Rating>'],
    ['quotes', '<rdf:Description a="" b=\'\' '.repeat(20_000), ''],
    ['texts without an end', '<Iptc4xmpCore:AltTextAccessibility>'.repeat(20_000), ''],
    ['ratings without an end', '<xmp:Rating> '.repeat(40_000), ''],
    ['comments', '<!---->'.repeat(70_000), ''],
    ['records', '<easel:image> <rdf:Description easel:image="'.repeat(10_000), '"/>'],
    ['beginnings of tags', '<'.repeat(500_000), ''],
  ])('takes no longer than its length asks for: %s', (_, begin, end) => {
    const text = withLine(`${begin}${end}`);
    const started = performance.now();
    for (const image of [said, three]) renewedSidecar(Buffer.from(text), image);
    expect(performance.now() - started).toBeLessThan(1500);
  });

  it('takes no number that is no character for a rating', () => {
    const odd = sidecarText(three).replace('>3</xmp:Rating>', '>&#9999999;</xmp:Rating>');
    expect(renew(odd, before)).toContain('>&#9999999;</xmp:Rating>');
  });

  it('does not touch one that is longer than any program writes', () => {
    const text = Buffer.from(withLine(' '.repeat(1_000_000)));
    expect(renewedSidecar(text, three)?.equals(text)).toBe(true);
  });

  it('loses no byte that is no text', () => {
    const odd = Buffer.concat([Buffer.from([0xff, 0xfe, 0x80]), Buffer.from(sidecarText(before))]);
    const renewed = renewedSidecar(odd, said);
    expect(renewed?.subarray(0, 3)).toEqual(odd.subarray(0, 3));
  });

  describe('of another program', () => {
    const keywords = '<dc:subject><rdf:Bag><rdf:li>Füchse</rdf:li></rdf:Bag></dc:subject>';
    const others = `xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"`;
    const inRdf = (content: string, more = ''): string =>
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="uuid:1" ${others}${more}>${content}</rdf:Description></rdf:RDF></x:xmpmeta>`;
    const json = recordOf(before).replaceAll('&#34;', '"');
    const ratings = (text: string) => [...text.matchAll(/Rating[^>]*?(?:="|>)(\d)/g)].map(([, stars]) => stars);

    it('gets a description with the record, and what it does not say yet', () => {
      const text = inRdf(keywords, ' xmp:Rating="4" xmp:CreatorTool="darktable"');
      const renewed = renew(text, said);
      expect(() => checkWellFormed(renewed)).not.toThrow();
      expect(parseSidecar(renewed)).toEqual(said);
      const [kept, added = ''] = renewed.split('<rdf:Description rdf:about="uuid:1" xmlns:rdf=');
      expect(kept).toBe(text.slice(0, text.indexOf('</rdf:RDF>')));
      expect(added).toContain('<rdf:li xml:lang="x-default">A fox isn\'t $&amp; here</rdf:li>');
      expect(added).toContain('Füchse &amp; &lt;hens&gt; $&amp;</rdf:li>');
      expect(added).toContain('<xmp:CreateDate>');
      expect(added).toContain('DigitalSourceType>');
      expect(added).not.toContain('<xmp:CreatorTool>');
      expect(renew(renewed, said)).toBe(renewed);
      // Its rating stays until Easel has one.
      expect(ratings(renewed)).toEqual(['4']);
      expect(ratings(renew(text, three))).toEqual(['3']);
      expect(parseSidecar(renew(text, three))).toEqual(three);
    });

    it('keeps its own alternative text where Easel has none', () => {
      const text = inRdf(keywords, ' Iptc4xmpCore:AltTextAccessibility="A fox"');
      expect(renew(text, two)).toContain('AltTextAccessibility="A fox"');
      expect(renew(text, said)).not.toContain('"A fox"');
    });

    it.each([
      ['CDATA', `<easel:image xmlns:easel="urn:easel:image:1#"><![CDATA[${json}]]></easel:image>`],
      ['an element of another prefix', `<ns1:image xmlns:ns1="urn:easel:image:1#">${json}</ns1:image>`],
      ['an element of a default namespace', `<image xmlns="urn:easel:image:1#">${json}</image>`],
    ])('has its record renewed in %s', (_, element) => {
      const renewed = renew(inRdf(keywords + element), said);
      expect(renewed).toContain(keywords);
      expect(renewed.match(/:?image[ >]/g)).toHaveLength(2);
      expect(parseSidecar(renewed)).toEqual(said);
      expect(() => checkWellFormed(renewed)).not.toThrow();
    });

    it('has its record renewed in an attribute of another prefix', () => {
      const renewed = renew(inRdf(keywords, ` xmlns:ns1='urn:easel:image:1#' ns1:image="${recordOf(before)}"`), two);
      expect(renewed.match(/:image="/g)).toHaveLength(1);
      expect(parseSidecar(renewed)).toEqual(two);
    });

    it.each([
      ['with a record', `<easel:image xmlns:easel="urn:easel:image:1#">${json}</easel:image>`],
      ['without one', ''],
    ])('is understood by its namespaces, and what is added declares its own: %s', (_, record) => {
      const text = inRdf(`<xp:Rating xmlns:xp="http://ns.adobe.com/xap/1.0/">4</xp:Rating>${keywords}${record}`);
      const renewed = renew(text.replaceAll('rdf:', 'r:').replace('xmlns:rdf', 'xmlns:r'), {
        ...three,
        altText: 'A hen',
      });
      expect(ratings(renewed)).toEqual(['3']);
      expect(parseSidecar(renewed)).toEqual({ ...three, altText: 'A hen' });
      expect(() => checkWellFormed(renewed)).not.toThrow();
      // Each element of this prefix lies in one that declares it.
      for (const [added] of renewed.matchAll(
        /<rdf:Description [^]*?<\/rdf:Description>|<Iptc4xmpCore:Alt[^]*?<\/Iptc/g,
      ))
        expect(added).toMatch(/^<[^>]*xmlns:rdf=/);
      expect(renewed.replace(/<(rdf:Description|Iptc4xmpCore:Alt\w+) [^]*?<\/\1>/g, '')).not.toContain('<rdf:');
    });
  });

  it('does nothing with what is not of this image, and with what has no place for it', () => {
    const other = sidecarText({ ...before, id: before.jobId ?? '' });
    const latin = Buffer.from('<rdf:RDF>ü</rdf:RDF>', 'latin1');
    const declared = '<?xml version="1.0" encoding="ISO-8859-1"?><rdf:RDF></rdf:RDF>';
    const utf16 = Buffer.from(`\ufeff${sidecarText(before)}`, 'utf16le');
    for (const text of ['', '<x:xmpmeta/>', '<!-- </rdf:RDF> -->', other, latin, declared, utf16])
      expect(renewedSidecar(Buffer.from(text), said)).toBeNull();
    expect(renewedSidecar(Buffer.from(declared.replace('ISO-8859-1', 'UTF-8')), said)).not.toBeNull();
  });
});
