import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatSize } from '../ui/format.ts';
import { presetOf, type Size } from './aspect.ts';
import { fitDraft } from './fit-draft.ts';
import type { ChosenModel } from './model-choice.ts';
import { sizeGroups, sizeKey } from './size-list.ts';
import { useCompose } from './use-compose.ts';

/** The size of a picture from a model that makes only some: chosen from these, by shape. */
export function SizeListField({ sizes, shown }: { readonly sizes: readonly Size[]; readonly shown: ChosenModel }) {
  const { t } = useTranslation('compose');
  const { draft, change } = useCompose();
  const groups = useMemo(() => sizeGroups(sizes, t('sizeOther')), [sizes, t]);
  const { size, notes } = fitDraft(draft, shown.model);
  if (size === null) return null;
  const note = notes.size;
  const reference = { value: 'reference', label: t('aspectReference') };

  const choose = (key: string | null): void => {
    if (key === 'reference') change({ aspect: 'reference' });
    const found = sizes.find((one) => sizeKey(one) === key);
    if (found !== undefined) change({ ...found, aspect: presetOf(found, shown.model) ?? 'custom' });
  };
  const hint = (): string | undefined => {
    if (draft.aspect === 'reference') return formatSize(size.width, size.height);
    return note && t('notes.sizeListed', { wanted: formatSize(note.from.width, note.from.height) });
  };

  return (
    <Select
      label={t('size')}
      data={[...(draft.image === null ? [] : [reference]), ...groups]}
      searchable={sizes.length > 12}
      allowDeselect={false}
      value={draft.aspect === 'reference' ? 'reference' : sizeKey(size)}
      description={hint()}
      inputWrapperOrder={['label', 'input', 'description']}
      onChange={choose}
    />
  );
}
