import { describe, expect, it, vi } from 'vitest';
import { noPromptOptions } from '../../../shared/models/prompt-options.ts';
import type { SentPrompt } from '../../../shared/models/prompt-history.ts';
import { createPromptWalkStore } from './prompt-walk-store.ts';

const text = (prompt: string, negativePrompt = ''): { prompt: string; negativePrompt: string } => ({
  prompt,
  negativePrompt,
});

/** Sent in this order, read two at a time. */
function walkOver(...prompts: readonly string[]) {
  const sent = prompts
    .map((prompt, id): SentPrompt => ({
      id,
      ...text(prompt, `no ${prompt}`),
      sent: '',
      options: noPromptOptions,
      usedAt: id,
      uses: 1,
    }))
    .reverse();
  const history = vi.fn(({ before = Infinity }: { before?: number }) => {
    const found = sent.filter(({ id }) => id < before).slice(0, 2);
    const last = found.at(-1)?.id;
    return Promise.resolve({ prompts: found, next: last === undefined || last === 0 ? null : last });
  });
  const notify = vi.fn();
  const store = createPromptWalkStore({ client: { prompts: { history: history } }, notify });
  return { ...store.getState(), history, notify };
}

describe('the walk through former prompts', () => {
  it('goes back over all pages, and forward to the draft that was being written', async () => {
    const { older, newer } = walkOver('a', 'b', 'c');
    let now = text('draft', 'blurry');
    for (const prompt of ['c', 'b', 'a']) {
      const found = await older(now);
      expect(found).toEqual(text(prompt, `no ${prompt}`));
      now = found ?? now;
    }
    expect(await older(now)).toBeNull();
    for (const prompt of ['b', 'c']) {
      now = newer(now) ?? now;
      expect(now.prompt).toBe(prompt);
    }
    expect(newer(now)).toEqual(text('draft', 'blurry'));
    expect(newer(text('draft', 'blurry'))).toBeNull();
  });

  it('does not bring what is in the editor already', async () => {
    const { older } = walkOver('a', 'b');
    expect((await older(text('b', 'no b')))?.prompt).toBe('a');
  });

  it('begins anew when a former prompt was changed', async () => {
    const { older, newer } = walkOver('a', 'b');
    await older(text('draft'));
    const changed = text('b and more', 'no b');
    expect(newer(changed)).toBeNull();
    const found = await older(changed);
    expect(found?.prompt).toBe('b');
    expect(newer(found ?? changed)).toEqual(changed);
  });

  it('says so when the history cannot be read', async () => {
    const { older, history, notify } = walkOver('a');
    history.mockRejectedValueOnce(new Error('no disk'));
    expect(await older(text('draft'))).toBeNull();
    expect(notify).toHaveBeenCalledWith({ kind: 'error', error: { code: 'internal', message: 'no disk' } });
    expect((await older(text('draft')))?.prompt).toBe('a');
  });
});
