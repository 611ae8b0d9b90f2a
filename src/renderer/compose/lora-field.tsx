import { Button, Select, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lora } from '../../shared/models/generation-request.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { FormNumber } from './form-number.tsx';
import classes from './lora-field.module.css';
import { useCompose } from './use-compose.ts';

const mostLoras = 20;

/** For models whose service loads whatever is named: a field instead of a list. */
function FreeLora({ onAdd }: { readonly onAdd: (name: string) => void }) {
  const { t } = useTranslation('compose');
  const [name, setName] = useState('');
  const add = (): void => {
    if (name.trim() !== '') onAdd(name.trim());
    setName('');
  };
  return (
    <div className={classes.free}>
      <TextInput
        className={classes.freeName}
        aria-label={t('loraFree')}
        placeholder={t('loraFree')}
        maxLength={400}
        spellCheck={false}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          add();
        }}
      />
      <Button variant="default" disabled={name.trim() === ''} onClick={add}>
        {t('loraFreeAdd')}
      </Button>
    </div>
  );
}

/** The LoRAs with their weights; what the model doesn't have stays in the list, marked as not used. */
export function LoraField() {
  const { t } = useTranslation('compose');
  const { draft, change, chosen, fitted } = useCompose();
  if (chosen?.model.parameters.includes('loras') !== true) return null;
  const offered = chosen.model.choices.loras;
  const isFree = offered.length === 0;
  const free = offered.filter((name) => !draft.loras.some((lora) => lora.name === name));
  const note = fitted?.notes.loras;

  const setWeight = (name: string, weight: number): void =>
    change({ loras: draft.loras.map((lora) => (lora.name === name ? { name, weight } : lora)) });
  const add = (name: string): void => {
    if (!draft.loras.some((lora) => lora.name === name)) change({ loras: [...draft.loras, { name, weight: 1 }] });
  };
  const remove = (name: string): void => change({ loras: draft.loras.filter((lora) => lora.name !== name) });

  const row = ({ name, weight }: Lora) => (
    <li key={name} className={classes.row} data-unused={(!isFree && !offered.includes(name)) || undefined}>
      <span className={classes.name} title={name}>
        {name.replace(/\.(safetensors|ckpt|pt)$/, '')}
      </span>
      <FormNumber
        w={72}
        name={t('loraWeight', { name })}
        aria-label={t('loraWeight', { name })}
        min={-10}
        max={10}
        step={0.05}
        digits={2}
        hasButtons
        value={weight}
        onChange={(value) => value !== null && setWeight(name, value)}
      />
      <IconButton
        label={t('loraRemove', { name })}
        icon={<IconX size={16} aria-hidden />}
        onClick={() => remove(name)}
      />
    </li>
  );

  return (
    <section aria-label={t('loras')}>
      <h2 className={classes.label}>{t('loras')}</h2>
      {draft.loras.length > 0 && <ul className={classes.list}>{draft.loras.map(row)}</ul>}
      {note !== undefined && <p className={classes.note}>{t('notes.loraMissing', { names: note.join(', ') })}</p>}
      {draft.loras.length < mostLoras && free.length > 0 && (
        <Select
          aria-label={t('loraAdd')}
          placeholder={t('loraAdd')}
          data={free}
          searchable
          nothingFoundMessage={t('loraNone')}
          value={null}
          onChange={(name) => name !== null && add(name)}
        />
      )}
      {isFree && draft.loras.length < mostLoras && <FreeLora onAdd={add} />}
    </section>
  );
}
