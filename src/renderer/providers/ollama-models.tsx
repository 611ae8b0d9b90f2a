import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ollamaContext } from './ollama-context.ts';
import { OllamaModelRow } from './ollama-model-row.tsx';
import classes from './ollama-page.module.css';

/** What is on Ollama's disk. */
export function OllamaModels() {
  const { t } = useTranslation('providers');
  const models = ollamaContext.useStore((state) => state.models);
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <section className={classes.section} aria-labelledby="ollama-models">
      <h2 id="ollama-models" ref={heading} tabIndex={-1}>
        {t('ollama.models')}
      </h2>
      {models.length === 0 && <p className={classes.dim}>{t('ollama.noModels')}</p>}
      {models.length > 0 && (
        <ul className={classes.list}>
          {models.map((model) => (
            // The row that was deleted had the keyboard.
            <OllamaModelRow key={model.name} model={model} onGone={() => heading.current?.focus()} />
          ))}
        </ul>
      )}
    </section>
  );
}
