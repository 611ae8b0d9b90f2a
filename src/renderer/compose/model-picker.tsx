import { Combobox, Input, InputBase, Loader, useCombobox } from '@mantine/core';
import { IconLock, IconPlus, IconSelector } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keysContext, providersContext, viewContext } from '../ui/stores/shared-stores.ts';
import { routeContext } from './compose-context.ts';
import { choiceFromKey, choiceKey, modelGroups, realProviders } from './model-choice.ts';
import { modelHints } from './model-hints.ts';
import { AutomaticOption, automaticKey, GroupOptions } from './model-options.tsx';
import classes from './model-picker.module.css';
import { useCompose } from './use-compose.ts';

/** The option that is no model: it leads to the providers. */
const addKey = 'add';

/** What the closed picker shows. */
function Chosen() {
  const { t } = useTranslation('compose');
  const { chosen, isAutomatic } = useCompose();
  const outlook = routeContext.useStore((state) => state.plan.outlook);
  const loaded = providersContext.useStore((state) => state.loaded);
  if (chosen === null) return <Input.Placeholder>{loaded ? t('modelNone') : t('modelLoading')}</Input.Placeholder>;
  const { provider, model } = chosen;
  const now =
    outlook === 'now'
      ? t('automaticNow', { provider: provider.manifest.name, model: model.name })
      : t('automaticNobody');
  return (
    <span className={classes.words}>
      <span className={classes.name}>{isAutomatic ? t('automatic') : model.name}</span>
      <span className={classes.hints}>
        {isAutomatic ? now : `${provider.manifest.name} · ${modelHints(model, provider.manifest.kind)}`}
      </span>
    </span>
  );
}

/** Automatic, and every model of the providers in use, with a search; one that can't be used says why. */
export function ModelPicker() {
  const { t } = useTranslation('compose');
  const { draft, chosen, change, isAutomatic } = useCompose();
  const providers = providersContext.useStore((state) => state.providers);
  const loaded = providersContext.useStore((state) => state.loaded);
  const [search, setSearch] = useState('');
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      combobox.focusTarget();
      setSearch('');
    },
    onDropdownOpen: () => {
      combobox.focusSearchInput();
      combobox.selectActiveOption();
    },
  });
  const isLocked = keysContext.useStore((state) => state.storage?.isLocked ?? false);
  const { go } = viewContext.useStoreApi().getState();
  const groups = modelGroups(providers, search, draft.choice);
  const selected =
    isAutomatic || chosen === null
      ? null
      : choiceKey({ provider: chosen.provider.manifest.id, model: chosen.model.id });
  const missing = chosen === null && draft.choice !== null;
  const offersAutomatic =
    realProviders(providers).length > 0 && t('automatic').toLowerCase().includes(search.trim().toLowerCase());

  return (
    <Combobox
      store={combobox}
      shadow="md"
      onOptionSubmit={(key) => {
        if (key === addKey) go('providers');
        else if (key === automaticKey) change({ choice: null, automatic: true });
        else change({ choice: choiceFromKey(key), automatic: false });
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target targetType="button">
        <InputBase
          component="button"
          type="button"
          pointer
          multiline
          label={t('model')}
          className={classes.target}
          rightSection={loaded ? <IconSelector size={16} aria-hidden /> : <Loader size={14} />}
          rightSectionPointerEvents="none"
          error={missing && t('modelMissing', { model: draft.choice?.model ?? '' })}
          onClick={() => combobox.toggleDropdown()}
        >
          <Chosen />
        </InputBase>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          aria-label={t('modelSearch')}
          placeholder={t('modelSearch')}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            // Enter takes the first that fits.
            combobox.selectFirstOption();
          }}
        />
        <Combobox.Options className={classes.options} aria-label={t('model')}>
          {offersAutomatic && <AutomaticOption active={isAutomatic} />}
          {groups.map((group) => (
            <GroupOptions key={group.provider.manifest.id} group={group} selected={selected} />
          ))}
          {groups.length === 0 && !offersAutomatic && <Combobox.Empty>{t('modelNothing', { search })}</Combobox.Empty>}
          <Combobox.Option value={addKey} className={`${classes.option} ${classes.add}`}>
            {isLocked ? <IconLock size={16} aria-hidden /> : <IconPlus size={16} aria-hidden />}
            {t(isLocked ? 'keysLocked' : 'addService')}
          </Combobox.Option>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
