import fc from 'fast-check';
import { expect, it } from 'vitest';
import { xmlTags } from './xml-tags.ts';

const names = (text: string): string[] => [...xmlTags(text)].map(({ kind, name }) => `${kind} ${name}`);

it('finds tags and where their attributes and values lie', () => {
  const text = `<a x:b = "1>2"\n c='"'>text</a ><d/>`;
  const [first, ...others] = [...xmlTags(text)];
  expect(first?.attributes.map(({ name, valueStart, valueEnd }) => [name, text.slice(valueStart, valueEnd)])).toEqual([
    ['x:b', '1>2'],
    ['c', '"'],
  ]);
  expect(first?.attributes.map(({ start, end }) => text.slice(start, end))).toEqual([' x:b = "1>2"', `\n c='"'`]);
  expect(others.map(({ kind, start, end }) => [kind, text.slice(start, end)])).toEqual([
    ['closing', '</a >'],
    ['empty', '<d/>'],
  ]);
});

it('sees no tags in comments, unparsed sections, instructions and values', () => {
  expect(names(`<?x <a>?><!DOCTYPE a><!-- <b> --><![CDATA[<c>]]><d e="<f>"/>`)).toEqual(['empty d']);
});

it('goes on after what is no tag, and ends at what is never closed', () => {
  expect(names('<a> 1 < 2 <> <b x <c y=1 z><d')).toEqual(['opening a', 'opening c']);
  expect(names('<a><!-- <b>')).toEqual(['opening a']);
  expect(names('<a><b x="><c>')).toEqual(['opening a']);
});

it('finds them in the order of the text and inside it, whatever the text', () => {
  const unit = fc.constantFrom('<', '>', '/', '"', "'", '=', ' ', '!', '-', '?', '[', ']', 'a', 'rdf:b', '<!--', '-->');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
      let at = 0;
      for (const { start, end, name, attributes } of xmlTags(text)) {
        expect(start).toBeGreaterThanOrEqual(at);
        expect(text[start]).toBe('<');
        expect(text[end - 1]).toBe('>');
        expect(text.slice(start, end)).toContain(name);
        for (const attribute of attributes) expect(attribute.end).toBeLessThan(end);
        at = end;
      }
    }),
    { numRuns: 2000 },
  );
});
