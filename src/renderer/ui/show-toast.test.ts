import { notifications, notificationsStore } from '@mantine/notifications';
import { beforeEach, expect, it, vi } from 'vitest';
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

it('keeps what is under way in its place until it is done, whatever else is told', () => {
  const show = (share: number): void =>
    showToast({
      ...{ kind: 'progress', id: 'work', message: 'Working', share, reached: '1 of 2' },
      action: { label: 'Cancel', run: () => undefined },
    });
  show(0);
  for (let at = 0; at <= mostToasts; at += 1) showToast({ kind: 'info', message: `news ${at}` });
  show(0.5);
  expect(shown()).toHaveLength(mostToasts);
  expect(shown()[0]).toBe('work');
  show(1);
  expect(shown()).toHaveLength(mostToasts - 1);
  expect(shown()).not.toContain('work');
});

it('says when a toast has gone, also where another one takes its place', () => {
  const onClose = vi.fn();
  showToast({ kind: 'info', id: 'one', message: 'Saved.', onClose });
  expect(onClose).not.toHaveBeenCalled();
  showToast({ kind: 'info', id: 'one', message: 'Saved once more.' });
  expect(onClose).toHaveBeenCalledOnce();
});
