import { IconExternalLink } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './external-link.module.css';

interface ExternalLinkProps {
  /** On https; the desktop opens only hosts of its allow-list. */
  readonly href: string;
  readonly children: ReactNode;
}

/** A link that leaves Easel: it opens in the user's browser, which learns nothing of where it came from. */
export function ExternalLink({ href, children }: ExternalLinkProps) {
  const { t } = useTranslation('ui');
  return (
    <a className={classes.link} href={href} target="_blank" rel="noopener noreferrer" title={new URL(href).host}>
      {children}
      <IconExternalLink size={14} stroke={1.75} aria-label={t('common.opensBrowser')} />
    </a>
  );
}
