import { expect, it } from 'vitest';
import { unknownWildcards } from './unknown-wildcards.ts';

const known = ['animals', 'colors', 'colors/warm', 'places/north', 'über'];
const found = (text: string) => unknownWildcards(text, known);
function fixed(text: string): string {
  return found(text)
    .flatMap(({ fix }) => fix ?? [])
    .reduceRight(
      (before, { start, end, replacement }) => before.slice(0, start) + replacement + before.slice(end),
      text,
    );
}

it('is a wildcard without a file, with its place and the nearest name', () => {
  expect(found('a __colours__ fox')).toEqual([
    {
      kind: 'unknownWildcard',
      start: 2,
      end: 13,
      params: { name: 'colours', nearest: 'colors' },
      fix: { start: 4, end: 11, replacement: 'colors' },
    },
  ]);
  expect(fixed('a __animal__ in the __north__')).toBe('a __animals__ in the __places/north__');
});

it('is none that has a file, in whatever form its letters are written', () => {
  expect(found('__animals__ __colors/warm__ __u\u0308ber__ __coat(season=winter)__'.replace('coat', 'colors'))).toEqual(
    [],
  );
});

it('keeps what a wildcard sets for its lines', () => {
  expect(fixed('a __colour(of=a fox)__ one')).toBe('a __colors(of=a fox)__ one');
});

it('is found inside choices and variables as well', () => {
  expect(found('a {red|__colrs__} ${where=__nowhere__} {2$$__animals__}').map(({ params }) => params)).toEqual([
    { name: 'colrs', nearest: 'colors' },
    { name: 'nowhere', nearest: null },
  ]);
});

it('is a pattern that means nothing, and none that means something', () => {
  expect(found('__*__ __colors*__ __*north__')).toEqual([]);
  expect(found('__nothing*__')).toMatchObject([{ params: { name: 'nothing*', nearest: null }, fix: null }]);
});

it('is nothing that is meant as it stands, and no lone underscores', () => {
  expect(found(String.raw`\__nowhere__ snake_case a__b __ ____ __ nowhere __`)).toEqual([]);
});
