import { describe, expect, it } from 'vitest';
import { completedBy, completionAt, matchingNames } from './completion-at.ts';

/** `|` is the caret. */
function at(marked: string): ReturnType<typeof completionAt> {
  return completionAt(marked.replace('|', ''), marked.indexOf('|'));
}
function chosen(marked: string, name: string): string {
  const text = marked.replace('|', '');
  const target = at(marked);
  if (target === null) return text;
  const { start, end, inserted } = completedBy(target, name, text);
  return text.slice(0, start) + inserted + text.slice(end);
}

describe('completion', () => {
  it('is offered inside an open wildcard', () => {
    expect(at('a __|')).toMatchObject({ kind: 'wildcard', query: '', start: 4 });
    expect(at('a __an|')).toMatchObject({ kind: 'wildcard', query: 'an', start: 4 });
    expect(at('{__a__,__animals/ca|}')).toMatchObject({ kind: 'wildcard', query: 'animals/ca' });
    expect(at('__a____b|')).toMatchObject({ query: 'b' });
    expect(at('__hair_col|')).toMatchObject({ query: 'hair_col' });
  });

  it('is not offered behind a closed one, nor in plain words', () => {
    expect(at('a __animal__|')).toBeNull();
    expect(at('a __animal__ fox|')).toBeNull();
    expect(at('snake_case|')).toBeNull();
    expect(at('|')).toBeNull();
  });

  it('is offered for the name of a LoRA, not for its weight', () => {
    expect(at('fox <lora:det|')).toMatchObject({ kind: 'lora', query: 'det', start: 10 });
    expect(at('fox <lora:detail:0.|')).toBeNull();
    expect(at('fox <lora:detail:1>|')).toBeNull();
  });

  it('closes what it writes, once', () => {
    expect(chosen('a __an|', 'animals')).toBe('a __animals__');
    expect(chosen('a __an|xx__ in snow', 'animals')).toBe('a __animals__ in snow');
    expect(chosen('<lora:d|', 'detail.safetensors')).toBe('<lora:detail:1>');
    expect(chosen('<lora:d|xx:0.4>', 'detail')).toBe('<lora:detail:0.4>');
  });

  it('shows names that begin with the query first', () => {
    expect(matchingNames(['wild animals', 'Animals', 'cars'], 'ani')).toEqual(['Animals', 'wild animals']);
    expect(matchingNames(['a', 'b'], '')).toEqual(['a', 'b']);
  });
});
