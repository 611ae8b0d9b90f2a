import { useEffect, useEffectEvent, useState } from 'react';
import { isTyping } from '../../ui/settle-typed.ts';
import { composeContext } from '../compose-context.ts';

/** Since the last key. */
const pauseMs = 150;

interface TypedPrompt {
  readonly text: string;
  readonly write: (text: string) => void;
  /** Takes over what was typed since, as leaving the field does. */
  readonly settle: () => void;
}

/**
 * The prompt as it stands in the field. The draft, and the whole form with it, hears of it in the pauses of typing, when the field
 * is left, and before a shortcut acts on it: otherwise each letter of a long prompt would draw everything anew.
 */
export function useTypedPrompt(): TypedPrompt {
  const prompt = composeContext.useStore((state) => state.draft.prompt);
  const { change } = composeContext.useStoreApi().getState();
  const [typed, setTyped] = useState<{ readonly text: string; readonly since: string } | null>(null);
  // What others put there meanwhile goes before.
  const pending = typed !== null && typed.since === prompt ? typed.text : null;

  const settle = (): void => {
    isTyping(null);
    if (pending === null) return;
    setTyped(null);
    change({ prompt: pending });
  };
  const settleLatest = useEffectEvent(settle);

  useEffect(() => {
    if (pending === null) return;
    isTyping(() => settleLatest());
    const timer = setTimeout(() => settleLatest(), pauseMs);
    return () => clearTimeout(timer);
  }, [pending]);
  useEffect(() => {
    const leave = (): void => settleLatest();
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, []);

  return { text: pending ?? prompt, write: (text) => setTyped({ text, since: prompt }), settle };
}
