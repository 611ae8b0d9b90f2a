import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions } from '../../ui/actions/use-actions.ts';
import { stylesContext } from './editor-context.ts';
import { StyleForm } from './style-form.tsx';
import { StylePicker } from './style-picker.tsx';
import type { StyleDraft } from './styles-store.ts';

/** Styles to choose and to make. What is chosen shows below the prompt at once. */
export function StyleDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['promptEditor', 'ui']);
  const { load } = stylesContext.useStoreApi().getState();
  const [edited, setEdited] = useState<StyleDraft | null>(null);
  useActions([], { modal: true });
  useEffect(() => void load(), [load]);
  return (
    <Modal
      opened
      size={880}
      title={t('styles.title')}
      closeButtonProps={{ 'aria-label': t('ui:common.close') }}
      onClose={edited === null ? onClose : () => setEdited(null)}
    >
      {edited === null ? (
        <StylePicker onEdit={setEdited} />
      ) : (
        <StyleForm first={edited} onDone={() => setEdited(null)} />
      )}
    </Modal>
  );
}
