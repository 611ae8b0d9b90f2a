import { Button } from '@mantine/core';
import { IconMoodSad } from '@tabler/icons-react';
import { Component, type ReactNode } from 'react';
import { EmptyState } from './empty-state.tsx';
import { translate } from '../i18n/i18n.ts';

/** Keeps a fault in one view from taking the window with it. React offers this to classes only. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <EmptyState
        icon={<IconMoodSad size={40} stroke={1.25} />}
        title={translate('ui:shellError.title')}
        actions={<Button onClick={() => window.location.reload()}>{translate('ui:shellError.reload')}</Button>}
      >
        {translate('ui:shellError.text')}
      </EmptyState>
    );
  }
}
