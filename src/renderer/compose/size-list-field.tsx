import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatSize } from '../ui/format.ts';
import { presetOf, type Size } from './aspect.ts';
import { sizeGroups, sizeKey } from './size-list.ts';
import { useCompose } from './use-compose.ts';

/** The size of a picture from a model that makes only some: chosen from these, by shape. */
export function SizeListField({ sizes }: { readonly sizes: readonly Size[] }) {
  const { t } = useTranslation('compose');
  const { draft, change, chosen, fitted } = useCompose();
  const groups = useMemo(() => sizeGroups(sizes, t('sizeOther')), [sizes, t]);
  if (chosen === null || !fitted?.size) return null;
  const note = fitted.notes.size;
  const reference = { value: 'reference', label: t('aspectReference') };

  const choose = (key: string | null): void => {
    if (key === 'reference') change({ aspect: 'reference' });
    const size = sizes.find((one) => sizeKey(one) === key);
    if (size !== undefined) change({ ...size, aspect: presetOf(size, chosen.model) ?? 'custom' });
  };
  const hint = (): string | undefined => {
    if (draft.aspect === 'reference') return formatSize(fitted.size?.width ?? 0, fitted.size?.height ?? 0);
    return note && t('notes.sizeListed', { wanted: formatSize(note.from.width, note.from.height) });
  };

  return (
    <Select
      label={t('size')}
      data={[...(draft.image === null ? [] : [reference]), ...groups]}
      searchable={sizes.length > 12}
      allowDeselect={false}
      value={draft.aspect === 'reference' ? 'reference' : sizeKey(fitted.size)}
      description={hint()}
      inputWrapperOrder={['label', 'input', 'description']}
      onChange={choose}
    />
  );
}
