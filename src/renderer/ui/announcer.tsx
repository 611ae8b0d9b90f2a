import { VisuallyHidden } from '@mantine/core';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

const announcements = createStore(() => ({ text: '', count: 0 }));

/** Says something to people who use a screen reader, politely. For what changes without their doing. */
export function announce(text: string): void {
  announcements.setState(({ count }) => ({ text, count: count + 1 }));
}

/** The live region. Mounted once, by app.tsx. */
export function Announcer() {
  const { text, count } = useStore(announcements);
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {/* A new element each time, so that the same words are said again. */}
      <span key={count}>{text}</span>
    </VisuallyHidden>
  );
}
