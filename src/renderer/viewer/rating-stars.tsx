import { IconStar, IconX } from '@tabler/icons-react';
import { useId, useLayoutEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/icon-button.tsx';
import classes from './rating-stars.module.css';
import { viewerContext } from './viewer-context.ts';

const stars = [1, 2, 3, 4, 5] as const;

/** Arrows move from star to star here, and not on to another picture. */
function keepArrows(event: KeyboardEvent): void {
  if (event.key.startsWith('Arrow')) event.stopPropagation();
}

interface RatingStarsProps {
  /** The image that is looked at. */
  readonly id: string;
  readonly rating: number | null;
}

interface RemoveRatingProps {
  /** Where the keyboard goes when the button does. */
  readonly stars: RefObject<HTMLElement | null>;
  readonly onRemove: () => void;
}

function RemoveRating({ stars, onRemove }: RemoveRatingProps) {
  const { t } = useTranslation('ui');
  const button = useRef<HTMLButtonElement>(null);
  // A button that is gone leaves the keyboard nowhere.
  useLayoutEffect(() => {
    const own = button.current;
    const others = stars.current;
    return () => {
      if (own === document.activeElement) others?.querySelector('input')?.focus({ preventScroll: true });
    };
  }, [stars]);
  return (
    <IconButton
      ref={button}
      size="sm"
      label={t('rating.remove')}
      keys="Digit0"
      icon={<IconX size={14} stroke={1.75} />}
      onClick={onRemove}
    />
  );
}

/** What you think of the picture, to be clicked; the keys 1 to 5 and 0 do the same wherever the viewer is. */
export function RatingStars({ id, rating }: RatingStarsProps) {
  const { t } = useTranslation('ui');
  const { rate } = viewerContext.useStoreApi().getState();
  const name = useId();
  const group = useRef<HTMLDivElement>(null);
  return (
    <section className={classes.rating} aria-label={t('rating.title')}>
      <h3>{t('rating.title')}</h3>
      {rating !== null && <RemoveRating stars={group} onRemove={() => void rate(id, 0)} />}
      <div
        ref={group}
        className={classes.stars}
        role="radiogroup"
        aria-label={t('rating.title')}
        onKeyDown={keepArrows}
      >
        {stars.map((star) => (
          <label key={star} data-full={rating !== null && star <= rating ? true : undefined}>
            <input
              type="radio"
              name={name}
              value={star}
              checked={rating === star}
              aria-label={t('rating.stars', { count: star })}
              onChange={() => void rate(id, star)}
            />
            <IconStar size={18} stroke={1.5} aria-hidden />
          </label>
        ))}
      </div>
    </section>
  );
}
