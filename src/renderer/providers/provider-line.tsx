import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import { ProviderCard } from './provider-card.tsx';
import { ProviderStanding } from './provider-standing.tsx';
import classes from './provider-line.module.css';

/** A provider nobody has asked for yet, in one line; it opens to its card. */
export function ProviderLine({ provider }: { readonly provider: ProviderStatus }) {
  const { t } = useTranslation('providers');
  const [isOpen, setIsOpen] = useState(false);
  const { manifest } = provider;
  const needsKey = manifest.credentials.some(({ isOptional }) => !isOptional);
  if (isOpen) {
    return (
      <li>
        <ProviderCard provider={provider} focusKey onFold={() => setIsOpen(false)} />
      </li>
    );
  }
  return (
    <li className={classes.line}>
      <h3 className={classes.name}>{manifest.name}</h3>
      <p className={classes.summary} title={manifest.summary}>
        {manifest.summary}
      </p>
      <ProviderStanding provider={provider} />
      <Button
        size="xs"
        variant="default"
        aria-expanded={false}
        aria-label={t(needsKey ? 'addKeyOf' : 'setUpOf', { name: manifest.name })}
        onClick={() => setIsOpen(true)}
      >
        {t(needsKey ? 'addKey' : 'setUp')}
      </Button>
    </li>
  );
}
