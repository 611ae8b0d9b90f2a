import { Button, Group, Text } from '@mantine/core';
import { notifications, notificationsStore } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { translate } from '../i18n/i18n.ts';
import { ErrorNote } from './error-note.tsx';
import type { Notify, Toast, ToastAction } from './toast.ts';

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

function content(toast: Toast, id: string) {
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

/** Shows a short message. The same error twice in a row is one toast. Where too many are shown, the oldest makes room. */
export const showToast: Notify = (toast) => {
  const id =
    toast.kind === 'error' ? `error-${toast.error.code}-${toast.error.message}` : (toast.id ?? `info-${++shown}`);
  if (toast.kind === 'info' && toast.id !== undefined) notifications.hide(id);
  notifications.show({
    id,
    message: content(toast, id),
    autoClose: toast.kind === 'error' ? errorMs : toast.action ? undoMs : infoMs,
    withBorder: true,
    closeButtonProps: { 'aria-label': translate('ui:common.close') },
    ...(toast.kind === 'error' && { icon: <IconAlertTriangle size={16} aria-hidden />, color: 'red', role: 'alert' }),
  });
  notifications.updateState(notificationsStore, (all) => all.slice(-mostToasts));
};
