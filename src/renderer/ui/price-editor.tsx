import { Button, Group, Popover, Select } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../shared/errors.ts';
import { Price } from '../../shared/models/provider.ts';
import { announce } from './announcer.tsx';
import { ErrorNote } from './error-note.tsx';
import { IconButton } from './icon-button.tsx';
import { NumberField } from './number-field.tsx';
import { priceWords } from './price-words.ts';
import classes from './price-editor.module.css';
import { useSubmission } from './use-submission.ts';

interface PriceEditorProps {
  readonly providerName: string;
  /** The model's. */
  readonly name: string;
  /** What counts now; null: nobody knows. */
  readonly price: Price | null;
  readonly isCorrected: boolean;
  /** Null goes back to the list's. Returns what is wrong, or null. */
  readonly onSave: (price: Price | null) => Promise<ErrorReport | null>;
}

function PriceForm({
  name,
  price: before,
  isCorrected,
  onSave,
  onDone,
}: Omit<PriceEditorProps, 'providerName'> & { readonly onDone: () => void }) {
  const { t } = useTranslation('ui');
  // As it is shown.
  const shown = { usd: before?.first ?? before?.usd ?? null, per: before?.per ?? 'image' };
  const [usd, setUsd] = useState(shown.usd);
  const [per, setPer] = useState<Price['per']>(shown.per);
  const [isWrong, setIsWrong] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { isBusy, error, submit } = useSubmission();

  const send = async (price: Price | null): Promise<void> => {
    if (!(await submit(onSave(price)))) return;
    announce(price === null ? t('price.wasReset', { name }) : t('price.saved', { name, price: priceWords(price) }));
    onDone();
  };
  return (
    <form
      ref={form}
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isWrong || usd === null) form.current?.querySelector('input')?.focus();
        // One that is two, for the first megapixel and for more, would become a single one.
        else if (usd === shown.usd && per === shown.per) onDone();
        else void send({ usd, per });
      }}
    >
      <h3>{t('price.title', { name })}</h3>
      <NumberField
        label={t('price.usd')}
        value={usd}
        onChange={setUsd}
        onProblem={(problem) => setIsWrong(problem !== null)}
        data-autofocus
        min={0}
        max={1_000_000}
        digits={6}
        prefix="$"
      />
      <Select
        label={t('price.per')}
        value={per}
        onChange={(value) => setPer(Price.shape.per.parse(value))}
        data={Price.shape.per.options.map((value) => ({ value, label: t(`price.units.${value}`) }))}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
      />
      {before?.first !== undefined && before.first !== before.usd && (
        <p className={classes.dim}>{t('price.becomesOne')}</p>
      )}
      <p className={classes.dim}>{t('price.text')}</p>
      {error !== null && <ErrorNote error={error} />}
      <Group gap={8}>
        <Button type="submit" size="xs" loading={isBusy}>
          {t('price.save')}
        </Button>
        {isCorrected && (
          <Button size="xs" variant="default" disabled={isBusy} onClick={() => void send(null)}>
            {t('price.reset')}
          </Button>
        )}
        <Button size="xs" variant="subtle" color="gray" onClick={onDone}>
          {t('price.cancel')}
        </Button>
      </Group>
    </form>
  );
}

/** A button beside a price that opens a form to correct it. */
export function PriceEditor({ providerName, ...priced }: PriceEditorProps) {
  const { t } = useTranslation('ui');
  const [opened, setOpened] = useState(false);
  const { name, price } = priced;
  const label = t(price === null ? 'price.enter' : 'price.edit', { name, provider: providerName });
  return (
    <Popover opened={opened} onChange={setOpened} width={280} trapFocus returnFocus withinPortal>
      <Popover.Target>
        <IconButton
          label={label}
          size="xs"
          icon={<IconPencil size={14} stroke={1.75} aria-hidden />}
          onClick={() => setOpened(!opened)}
        />
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <PriceForm {...priced} onDone={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
