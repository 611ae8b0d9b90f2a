import { Button, Group, Progress, Text } from '@mantine/core';
import { notifications, notificationsStore } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { translate } from '../i18n/i18n.ts';
import { ErrorNote } from './error-note.tsx';
import type { Notify, Toast, ToastAction } from './toast.ts';

type ProgressToast = Extract<Toast, { readonly kind: 'progress' }>;

const infoMs = 6_000;
const undoMs = 10_000;
const errorMs = 15_000;
/** At a time. */
export const mostToasts = 4;

function actionButton(action: ToastAction, id: string) {
  return (
    <Button
      size="xs"
      flex="none"
      variant="default"
      onClick={() => {
        notifications.hide(id);
        action.run();
      }}
    >
      {action.label}
    </Button>
  );
}

function progressContent({ message, share, reached, action }: ProgressToast) {
  return (
    <div>
      <Group gap={12} wrap="nowrap" justify="space-between">
        <div>
          <Text size="sm">{message}</Text>
          {/* The bar says it to those who ask; nobody wants to hear every step. */}
          <Text size="xs" c="dimmed" aria-hidden>
            {reached}
          </Text>
        </div>
        <Button size="xs" flex="none" variant="default" onClick={action.run}>
          {action.label}
        </Button>
      </Group>
      <Progress.Root mt={8} size={4} transitionDuration={100}>
        <Progress.Section value={share * 100} aria-label={message} aria-valuetext={reached} />
      </Progress.Root>
    </div>
  );
}

/** Stays in its place while it changes, and has no other way to go than to be done or cancelled. */
function showProgress(toast: ProgressToast): void {
  const { id } = toast;
  if (toast.share >= 1) return void notifications.hide(id);
  const data = { id, message: progressContent(toast), autoClose: false, withBorder: true, role: 'status' } as const;
  const isShown = notificationsStore.getState().notifications.some((shown) => shown.id === id);
  if (isShown) notifications.update({ ...data, withCloseButton: false });
  else notifications.show({ ...data, withCloseButton: false });
}

function content(toast: Exclude<Toast, ProgressToast>, id: string) {
  const action = toast.action && actionButton(toast.action, id);
  if (toast.kind === 'error') return <ErrorNote plain error={toast.error} actions={action} />;
  return (
    <Group gap={12} wrap="nowrap" justify="space-between">
      <Text size="sm">{toast.message}</Text>
      {action}
    </Group>
  );
}

let shown = 0;

/** What is under way stays: it is there to be cancelled. */
function makeRoom(): void {
  notifications.updateState(notificationsStore, (all) => {
    const passing = all.filter(({ autoClose }) => autoClose !== false);
    const tooMany = new Set(passing.slice(0, Math.max(0, all.length - mostToasts)));
    return all.filter((one) => !tooMany.has(one));
  });
}

/** Shows a short message. The same error twice in a row is one toast. Where too many are shown, the oldest makes room. */
export const showToast: Notify = (toast) => {
  if (toast.kind === 'progress') {
    showProgress(toast);
    makeRoom();
    return;
  }
  const id =
    toast.kind === 'error' ? `error-${toast.error.code}-${toast.error.message}` : (toast.id ?? `info-${++shown}`);
  if (toast.kind === 'info' && toast.id !== undefined) notifications.hide(id);
  notifications.show({
    id,
    message: content(toast, id),
    autoClose: toast.kind === 'error' ? errorMs : toast.action ? undoMs : infoMs,
    withBorder: true,
    ...(toast.kind === 'info' && toast.onClose && { onClose: toast.onClose }),
    closeButtonProps: { 'aria-label': translate('ui:common.close') },
    ...(toast.kind === 'error' && { icon: <IconAlertTriangle size={16} aria-hidden />, color: 'red', role: 'alert' }),
  });
  makeRoom();
};
