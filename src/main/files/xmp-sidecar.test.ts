import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { Image } from '../../shared/models/image.ts';
import { parseSidecar, sidecarText } from './xmp-sidecar.ts';

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
        const image = imageOf(prompt, { model, remoteId: prompt, altText: model });
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

  it('finds nothing in anything else', () => {
    expect(parseSidecar('')).toBeNull();
    expect(parseSidecar('<easel:image>{"id":1}</easel:image>')).toBeNull();
    expect(parseSidecar('<easel:image>&#9999999;</easel:image>')).toBeNull();
    fc.assert(fc.property(anyText, (text) => parseSidecar(text) === null));
  });
});
