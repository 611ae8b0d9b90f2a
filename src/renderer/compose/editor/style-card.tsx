import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconDots, IconStar, IconStarFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ListedStyle } from '../../../shared/models/prompt-style.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { StyleSwatch } from './style-swatch.tsx';
import classes from './style-picker.module.css';

interface StyleCardProps {
  readonly style: ListedStyle;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
  readonly onFavourite: () => void;
  /** Opens the form; a built-in one as a copy. */
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

/** One style to choose, with its small picture. */
export function StyleCard({ style, isChosen, onToggle, onFavourite, onEdit, onRemove }: StyleCardProps) {
  const { t } = useTranslation('promptEditor');
  const { name, positive, isFavourite, isBuiltIn } = style;
  const Star = isFavourite ? IconStarFilled : IconStar;
  return (
    <li className={classes.card} data-chosen={isChosen || undefined}>
      <UnstyledButton className={classes.choose} aria-pressed={isChosen} title={positive} onClick={onToggle}>
        <StyleSwatch style={style} />
        <span className={classes.name}>
          {isChosen && <IconCheck size={14} aria-hidden />}
          <span className={classes.nameText}>{name}</span>
        </span>
      </UnstyledButton>
      <div className={classes.cardActions}>
        <IconButton
          size="xs"
          variant="default"
          label={t('styles.favourite', { name })}
          aria-pressed={isFavourite}
          icon={<Star size={14} aria-hidden />}
          onClick={onFavourite}
        />
        <Menu position="bottom-end">
          <Menu.Target>
            <IconButton
              size="xs"
              variant="default"
              label={t('styles.more', { name })}
              icon={<IconDots size={14} aria-hidden />}
            />
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={onEdit}>{t(isBuiltIn ? 'styles.copy' : 'styles.edit')}</Menu.Item>
            {!isBuiltIn && <Menu.Item onClick={onRemove}>{t('styles.remove')}</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
      </div>
    </li>
  );
}
