import { createInstance, type i18n as I18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { english } from './en/english.ts';

/** Components use `useTranslation('<feature>')`; everything else uses `translate('<feature>:<key>')`. */
export const i18n: I18n = createInstance();

void i18n.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  defaultNS: 'ui',
  ns: Object.keys(english),
  resources: { en: english },
  // React escapes already.
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** A string outside React: `translate('ui:common.undo')`. */
export const translate = i18n.getFixedT(null, Object.keys(english) as (keyof typeof english)[]);
