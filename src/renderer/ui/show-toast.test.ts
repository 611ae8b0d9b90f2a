import { notifications, notificationsStore } from '@mantine/notifications';
import { beforeEach, expect, it } from 'vitest';
import { mostToasts, showToast } from './show-toast.tsx';

const shown = (): (string | undefined)[] => notificationsStore.getState().notifications.map(({ id }) => id);

beforeEach(() => notifications.clean());

it('never lets a message wait unseen behind older ones', () => {
  for (let at = 0; at < mostToasts; at += 1) {
    showToast({ kind: 'error', error: { code: 'internal', message: `failure ${at}` } });
  }
  showToast({ kind: 'info', id: 'newest', message: 'Saved.' });
  expect(shown()).toHaveLength(mostToasts);
  expect(shown().at(-1)).toBe('newest');
  expect(shown()).not.toContain('error-internal-failure 0');
  expect(notificationsStore.getState().queue).toEqual([]);
});

it('shows the same failure once', () => {
  for (const message of ['full', 'full']) showToast({ kind: 'error', error: { code: 'internal', message } });
  expect(shown()).toHaveLength(1);
});
