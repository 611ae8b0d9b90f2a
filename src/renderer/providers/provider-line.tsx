import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import { ProviderCard } from './provider-card.tsx';
import { ProviderStanding } from './provider-standing.tsx';
import { isKnown } from './provider-words.ts';
import classes from './provider-line.module.css';

interface ProviderLineProps {
  readonly provider: ProviderStatus;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** A provider nobody has asked for yet, in one line; it opens to its card. */
export function ProviderLine({ provider, isOpen, onToggle }: ProviderLineProps) {
  const { t } = useTranslation('providers');
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    // The keyboard comes back to where it left.
    if (wasOpen.current && !isOpen) button.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  const { manifest } = provider;
  const needsKey = manifest.credentials.some(({ isOptional }) => !isOptional);
  if (isOpen) {
    return (
      <li>
        <ProviderCard provider={provider} focusKey onFold={isKnown(provider) ? undefined : onToggle} />
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
        ref={button}
        size="xs"
        variant="default"
        aria-expanded={false}
        aria-label={t(needsKey ? 'addKeyOf' : 'setUpOf', { name: manifest.name })}
        onClick={onToggle}
      >
        {t(needsKey ? 'addKey' : 'setUp')}
      </Button>
    </li>
  );
}
