import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProviderCard } from './provider-card.tsx';
import { ProviderLine } from './provider-line.tsx';
import type { ProviderGroup } from './provider-words.ts';
import classes from './providers-view.module.css';

interface ProviderSectionProps {
  readonly group: ProviderGroup;
  readonly opened: ReadonlySet<string>;
  readonly onToggle: (id: string) => void;
  /** Below the providers. */
  readonly children?: ReactNode;
}

/** The providers of one kind: cards for those in use, a line for each of the others. */
export function ProviderSection({ group, opened, onToggle, children }: ProviderSectionProps) {
  const { t } = useTranslation('providers');
  const { kind, known, others } = group;
  return (
    <section className={classes.section} aria-labelledby={`providers-${kind}`}>
      <h2 id={`providers-${kind}`} className={classes.heading}>
        {t(`groups.${kind}`)}
      </h2>
      {known.length > 0 && (
        <div className={classes.cards}>
          {known.map((provider) => (
            <ProviderCard key={provider.manifest.id} provider={provider} />
          ))}
        </div>
      )}
      {others.length > 0 && (
        <ul className={classes.lines}>
          {others.map((provider) => (
            <ProviderLine
              key={provider.manifest.id}
              provider={provider}
              isOpen={opened.has(provider.manifest.id)}
              onToggle={() => onToggle(provider.manifest.id)}
            />
          ))}
        </ul>
      )}
      {children}
    </section>
  );
}
