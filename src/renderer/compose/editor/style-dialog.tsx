import { Modal } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions } from '../../ui/actions/use-actions.ts';
import { Ask } from '../../ui/ask.tsx';
import { stylesContext } from './editor-context.ts';
import { StyleForm } from './style-form.tsx';
import { StylePicker } from './style-picker.tsx';
import classes from './style-picker.module.css';
import type { StyleDraft } from './styles-store.ts';

/** Styles to choose and to make. What is chosen shows below the prompt at once. */
export function StyleDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['promptEditor', 'ui']);
  const { load } = stylesContext.useStoreApi().getState();
  const [edited, setEdited] = useState<StyleDraft | null>(null);
  const [isChanged, setChanged] = useState(false);
  const [isAsking, setAsking] = useState(false);
  /** Where somebody was writing when the question came. */
  const from = useRef<Element | null>(null);
  const leaveForm = (): void => {
    setEdited(null);
    setChanged(false);
    setAsking(false);
  };
  const goOn = (): void => {
    setAsking(false);
    if (from.current instanceof HTMLElement) from.current.focus();
  };
  const close = (): void => {
    if (edited === null) onClose();
    else if (!isChanged) leaveForm();
    else if (isAsking) goOn();
    else {
      from.current = document.activeElement;
      setAsking(true);
    }
  };
  useActions([], { modal: true });
  useEffect(() => void load(), [load]);
  return (
    <Modal
      opened
      size={880}
      title={t('styles.title')}
      closeButtonProps={{ 'aria-label': t('ui:common.close') }}
      onClose={close}
    >
      {edited === null ? (
        <StylePicker onEdit={setEdited} />
      ) : (
        <>
          <StyleForm first={edited} onChanged={setChanged} onDone={leaveForm} />
          {isAsking && (
            <div className={classes.ask}>
              <Ask
                question={t('styles.form.leave')}
                yes={t('styles.form.drop')}
                no={t('styles.form.goOn')}
                onYes={leaveForm}
                onNo={goOn}
              />
            </div>
          )}
        </>
      )}
    </Modal>
  );
}
