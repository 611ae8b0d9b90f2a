import { nearestNames } from '../nearest-names.ts';
import { likeliestNames } from './likeliest-names.ts';
import { matchesStars } from './matches-stars.ts';
import { wildcardSyntax } from './parse-dynamic.ts';
import type { PromptFinding } from './prompt-finding.ts';

/** Looking for near names takes a while where there are thousands, and this is done at each key that is pressed. */
const mostNearest = 2;
/** What is meant as it stands, or a wildcard. */
const escapedOrWildcard = new RegExp(`\\\\__|${wildcardSyntax.source}`, 'gu');

/** Wildcards of a prompt that are none of the known ones, those in choices and variables included. With them it would be refused. */
export function unknownWildcards(text: string, known: readonly string[]): PromptFinding[] {
  if (!text.includes('__')) return [];
  const names = new Set(known);
  const patterns = new Map<string, boolean>();
  const isKnown = (name: string): boolean => {
    if (!name.includes('*')) return names.has(name);
    const isMeant = patterns.get(name) ?? known.some((other) => matchesStars(other, name));
    patterns.set(name, isMeant);
    return isMeant;
  };
  const unknown = Array.from(text.matchAll(escapedOrWildcard), ({ index, 0: source, 1: written }) => {
    return written === undefined || isKnown(written.normalize('NFC')) ? [] : [{ index, source, written }];
  }).flat();
  return unknown.map(({ index, source, written }, at): PromptFinding => {
    const mayBeNear = at < mostNearest && !written.includes('*');
    const likely = mayBeNear ? likeliestNames(written.toLowerCase(), known).map((place) => known[place] ?? '') : [];
    const nearest = nearestNames(written, likely, 1)[0] ?? null;
    const start = index + '__'.length;
    const fix = nearest === null ? null : { start, end: start + written.length, replacement: nearest };
    return {
      kind: 'unknownWildcard',
      start: index,
      end: index + source.length,
      params: { name: written, nearest },
      fix,
    };
  });
}
