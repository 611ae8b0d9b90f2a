import { Button, Popover, Select } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../shared/errors.ts';
import { Price, type Model } from '../../shared/models/provider.ts';
import { announce } from '../ui/announcer.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { analyticsContext } from './analytics-context.ts';
import { priceWords } from './money.ts';
import classes from './analytics-view.module.css';

interface PriceEditorProps {
  readonly provider: string;
  readonly providerName: string;
  readonly model: Model;
}

function PriceForm({
  provider,
  model,
  onDone,
}: Omit<PriceEditorProps, 'providerName'> & { readonly onDone: () => void }) {
  const { t } = useTranslation('analytics');
  const { setPrice } = analyticsContext.useStoreApi().getState();
  const [usd, setUsd] = useState<number | null>(model.price?.usd ?? null);
  const [per, setPer] = useState<Price['per']>(model.price?.per ?? 'image');
  const [isWrong, setIsWrong] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const [error, setError] = useState<ErrorReport | null>(null);
  const { name } = model;

  const send = async (price: Price | null): Promise<void> => {
    const refused = await setPrice(provider, model.id, price);
    setError(refused);
    if (refused !== null) return;
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
      <p className={classes.dim}>{t('price.text')}</p>
      {error !== null && <ErrorNote error={error} />}
      <div className={classes.buttons}>
        <Button type="submit" size="xs">
          {t('price.save')}
        </Button>
        {model.listPrice !== undefined && (
          <Button size="xs" variant="default" onClick={() => void send(null)}>
            {t('price.reset')}
          </Button>
        )}
        <Button size="xs" variant="subtle" color="gray" onClick={onDone}>
          {t('price.cancel')}
        </Button>
      </div>
    </form>
  );
}

/** A button beside a price that opens a form to correct it. */
export function PriceEditor({ provider, providerName, model }: PriceEditorProps) {
  const { t } = useTranslation('analytics');
  const [opened, setOpened] = useState(false);
  const label = t('models.edit', { name: model.name, provider: providerName });
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
        <PriceForm provider={provider} model={model} onDone={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
