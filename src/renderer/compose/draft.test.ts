import { describe, expect, it } from 'vitest';
import { emptyDraft, readDraft } from './draft.ts';

describe('a stored draft', () => {
  it('comes back as it was', () => {
    const draft = { ...emptyDraft, prompt: 'a fox', seed: 3, loras: [{ name: 'film', weight: 0.5 }] };
    expect(readDraft(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
  });

  it('loses only the fields that can’t be read', () => {
    expect(readDraft({ prompt: 'a fox', count: 'many', unknown: 1 })).toEqual({ ...emptyDraft, prompt: 'a fox' });
  });

  it('of an older Easel is left to nobody’s choice, as it was', () => {
    const { automatic, wishes, ...older } = emptyDraft;
    expect(readDraft(older)).toMatchObject({ choice: null, automatic, wishes });
    expect(readDraft({ ...older, wishes: { strategy: 'gone' } }).wishes).toEqual(emptyDraft.wishes);
  });

  it('starts empty when nothing can be read', () => {
    for (const stored of [null, undefined, 'text', 3, []]) expect(readDraft(stored)).toEqual(emptyDraft);
  });
});
