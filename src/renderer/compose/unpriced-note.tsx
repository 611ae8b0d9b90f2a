import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RankedProvider } from '../../shared/routing/plan-route.ts';
import { formatCost } from '../ui/format.ts';
import { providersContext } from '../ui/stores/shared-stores.ts';
import classes from './route-details.module.css';
import { providerName } from './route-words.ts';

interface UnpricedNoteProps {
  /** It comes first, and what it costs is not known. */
  readonly best: RankedProvider;
  /** Who would do it at a known price; null: nobody. */
  readonly priced: RankedProvider | null;
  /** Goes to where prices are entered. */
  readonly onLeave: () => void;
}

/** Said before anything is sent: nobody knows what this will cost, and somebody else's price is known. */
export function UnpricedNote({ best, priced, onLeave }: UnpricedNoteProps) {
  const { t } = useTranslation('route');
  const providers = providersContext.useStore((state) => state.providers);
  const named = ({ provider, model }: RankedProvider) => ({
    provider: providerName(provider, providers),
    model: model.name,
  });
  return (
    <div className={classes.unpriced}>
      <p className={classes.warning}>{t('details.unpriced', named(best))}</p>
      {priced !== null && <p>{t('details.pricedInstead', { ...named(priced), cost: formatCost(priced.cost) })}</p>}
      <div>
        <Button size="xs" variant="default" onClick={onLeave}>
          {t('limit.enterPrice')}
        </Button>
      </div>
    </div>
  );
}
