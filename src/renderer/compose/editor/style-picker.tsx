import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedStyle } from '../../../shared/models/prompt-style.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useCompose } from '../use-compose.ts';
import { stylesContext } from './editor-context.ts';
import { sortStyles } from './sort-styles.ts';
import { StyleCard } from './style-card.tsx';
import { StyleFileMenu } from './style-file-menu.tsx';
import classes from './style-picker.module.css';
import type { StyleDraft } from './styles-store.ts';
import { toggleStyle } from './toggle-style.ts';

interface StylePickerProps {
  readonly onEdit: (style: StyleDraft) => void;
}

const empty: StyleDraft = { name: '', kind: 'style', positive: '', sentence: '', negative: '' };

/** All styles and enhancers to choose from, favourites first. */
export function StylePicker({ onEdit }: StylePickerProps) {
  const { t } = useTranslation('promptEditor');
  const { draft, change } = useCompose();
  const styles = stylesContext.useStore((state) => state.styles);
  const notice = stylesContext.useStore((state) => state.notice);
  const error = stylesContext.useStore((state) => state.error);
  const { favourite, remove } = stylesContext.useStoreApi().getState();
  const [search, setSearch] = useState('');
  const found = useMemo(() => sortStyles(styles, search), [styles, search]);
  const { promptOptions } = draft;

  const edit = ({ id, isBuiltIn, isFavourite: _, name, ...style }: ListedStyle): void =>
    onEdit(isBuiltIn ? { ...style, name: t('styles.copyOf', { name }) } : { ...style, name, id });
  const card = (style: ListedStyle) => (
    <StyleCard
      key={style.id}
      style={style}
      isChosen={[...promptOptions.styles, ...promptOptions.enhancers].includes(style.id)}
      onToggle={() => change({ promptOptions: toggleStyle(promptOptions, style) })}
      onFavourite={() => void favourite(style.id, !style.isFavourite)}
      onEdit={() => edit(style)}
      onRemove={() => void remove(style)}
    />
  );
  const group = (kind: ListedStyle['kind']) => {
    const own = found.filter((style) => style.kind === kind);
    if (own.length === 0) return null;
    return (
      <section aria-label={t(`styles.kinds.${kind}`)}>
        <h3 className={classes.heading}>{t(`styles.kinds.${kind}`)}</h3>
        <ul className={classes.grid}>{own.map(card)}</ul>
      </section>
    );
  };

  return (
    <div className={classes.picker}>
      <div className={classes.bar}>
        <TextInput
          className={classes.search}
          aria-label={t('styles.search')}
          placeholder={t('styles.search')}
          data-autofocus
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => onEdit(empty)}>
          {t('styles.new')}
        </Button>
        <StyleFileMenu />
      </div>
      {notice !== null && <p className={classes.notice}>{notice}</p>}
      {error !== null && <ErrorNote error={error} />}
      {group('style')}
      {group('enhancer')}
      {found.length === 0 && error === null && <p className={classes.notice}>{t('styles.nothing', { search })}</p>}
      <p className={classes.notice}>{t('styles.swatches')}</p>
    </div>
  );
}
