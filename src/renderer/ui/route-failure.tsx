import { useTranslation } from 'react-i18next';
import { providersContext } from './stores/shared-stores.ts';
import classes from './route-failure.module.css';
import { failureShort, type RouteFailure } from './read-route-failure.ts';

/** Who tried a job and what came of each, then who was not asked and why. */
export function RouteFailureList({ failure }: { readonly failure: RouteFailure }) {
  const { t } = useTranslation('ui');
  const providers = providersContext.useStore((state) => state.providers);
  const nameOf = (id: string): string => providers.find(({ manifest }) => manifest.id === id)?.manifest.name ?? id;
  return (
    <div className={classes.failure}>
      {failure.attempts.length > 0 && (
        <section>
          <h4 className={classes.heading}>{t('routeFailure.attempts')}</h4>
          <ol className={classes.list}>
            {failure.attempts.map(({ provider, code, message }, place) => (
              <li key={place}>
                <p className={classes.name}>
                  {t('routeFailure.attempt', { provider: nameOf(provider), failure: failureShort(code) })}
                </p>
                <p className={classes.dim}>{message}</p>
              </li>
            ))}
          </ol>
        </section>
      )}
      {failure.skipped.length > 0 && (
        <section>
          <h4 className={classes.heading}>{t('routeFailure.skipped')}</h4>
          <ul className={classes.list}>
            {failure.skipped.map(({ provider, reason, help }) => (
              <li key={provider}>
                <p className={classes.name}>{nameOf(provider)}</p>
                <p className={classes.dim}>
                  {reason} {help}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
