import { Badge, Button, Loader, ScrollArea } from '@mantine/core';
import { IconFolderSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Image, ImageSummary } from '../../shared/models/image.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { PromptTimelineView } from '../ui/prompt-timeline-view.tsx';
import type { Recall } from '../ui/recall.ts';
import { providersContext, systemContext } from '../ui/stores/shared-stores.ts';
import { CopyValue } from '../ui/copy-value.tsx';
import { AltText } from './alt-text.tsx';
import { imageFacts } from './image-facts.ts';
import { ImageRoute } from './image-route.tsx';
import { RatingStars } from './rating-stars.tsx';
import { RecallButtons } from './recall-buttons.tsx';
import { viewerContext } from './viewer-context.ts';
import classes from './viewer-details.module.css';

interface ViewerDetailsProps {
  /** The image that is looked at; null until it is known. */
  readonly current: ImageSummary | null;
  readonly onRecall: (image: Image, what: Recall) => void;
  readonly onUseAsReference: (image: Image) => void;
}

function Words({
  title,
  text,
  copyLabel,
}: {
  readonly title: string;
  readonly text: string;
  readonly copyLabel: string;
}) {
  return (
    <section>
      <div className={classes.heading}>
        <h3>{title}</h3>
        <CopyValue value={text} label={copyLabel} />
      </div>
      <p className={classes.words}>{text}</p>
    </section>
  );
}

function Facts({ image }: { readonly image: Image }) {
  const { t } = useTranslation('viewer');
  const providers = providersContext.useStore((state) => state.providers);
  const path = viewerContext.useStore((state) => state.path);
  return (
    <dl className={classes.facts}>
      {imageFacts(image, providers).map(({ name, value, whole }) => (
        <div key={name}>
          <dt>{t(`facts.${name}`)}</dt>
          <dd title={whole}>
            {value}
            {name === 'seed' && <CopyValue value={value} label={t('copySeed')} />}
          </dd>
        </div>
      ))}
      <div>
        <dt>{t('facts.path')}</dt>
        <dd className={classes.path}>
          {path ?? image.path}
          <CopyValue value={path ?? image.path} label={t('copyPath')} />
        </dd>
      </div>
    </dl>
  );
}

function PromptStory({ image }: { readonly image: Image }) {
  const { t } = useTranslation('prompts');
  // A picture that came from elsewhere has no prompt that anything could have happened to.
  if (image.request.prompt === '' && image.stages === null) return null;
  return (
    <section>
      <div className={classes.heading}>
        <h3>{t('timeline.title')}</h3>
      </div>
      <PromptTimelineView stages={image.stages} request={image.request} revisedPrompt={image.revisedPrompt} />
    </section>
  );
}

/** Everything known of the image, and what of it can be used again. */
export function ViewerDetails({ current, onRecall, onUseAsReference }: ViewerDetailsProps) {
  const { t } = useTranslation('viewer');
  const image = viewerContext.useStore((state) => state.details);
  const error = viewerContext.useStore((state) => state.error);
  const news = viewerContext.useStore((state) => state.news);
  const reveal = viewerContext.useStore((state) => state.reveal);
  // Those of the picture before it stay in sight until these are read, but nothing may be done to it in the belief that it is this one.
  const isOther = image?.id !== current?.id;
  const said = [image, news].find((known) => known?.id === current?.id) ?? current;
  const canReveal = systemContext.useStore((state) => state.info?.abilities.revealFile ?? false);
  if (error !== null) {
    return (
      <aside className={classes.panel} aria-label={t('detailsTitle')}>
        <div className={classes.content}>
          <ErrorNote error={{ ...error, message: `${t('detailsFailed')} ${error.message}` }} />
        </div>
      </aside>
    );
  }
  return (
    <aside className={classes.panel} aria-label={t('detailsTitle')}>
      {image === null ? (
        <Loader m="auto" size="sm" color="gray" />
      ) : (
        <ScrollArea className={classes.scroll} type="auto" scrollbarSize={8} viewportProps={{ tabIndex: 0 }}>
          <div className={classes.content}>
            {said !== null && <RatingStars id={said.id} rating={said.rating} />}
            <div className={classes.rest} inert={isOther} data-other={isOther || undefined}>
              {image.notAi && (
                <Badge className={classes.badge} variant="default" radius="sm">
                  {t('notAi')}
                </Badge>
              )}
              <Words
                title={t('prompt')}
                text={image.request.prompt === '' ? t('noPrompt') : image.request.prompt}
                copyLabel={t('copyPrompt')}
              />
              {image.request.negativePrompt !== '' && (
                <Words title={t('negativePrompt')} text={image.request.negativePrompt} copyLabel={t('copyNegative')} />
              )}
              <PromptStory image={image} />
              <AltText key={image.id} image={image} />
              <RecallButtons image={image} onRecall={onRecall} onUseAsReference={onUseAsReference} />
              {image.route !== null && <ImageRoute route={image.route} />}
              {image.dropped.length > 0 && (
                <section>
                  <div className={classes.heading}>
                    <h3>{t('notes')}</h3>
                  </div>
                  <ul className={classes.dropped}>
                    {image.dropped.map(({ parameter, note }) => (
                      <li key={`${parameter} ${note}`}>{note}</li>
                    ))}
                  </ul>
                </section>
              )}
              <Facts image={image} />
              {canReveal && (
                <Button
                  fullWidth
                  size="xs"
                  variant="default"
                  leftSection={<IconFolderSearch size={14} stroke={1.75} aria-hidden />}
                  onClick={() => void reveal(image.id)}
                >
                  {t('reveal')}
                </Button>
              )}
            </div>
          </div>
        </ScrollArea>
      )}
    </aside>
  );
}
