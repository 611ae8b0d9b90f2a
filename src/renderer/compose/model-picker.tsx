import { Combobox, Input, InputBase, Loader, useCombobox } from '@mantine/core';
import { IconCheck, IconLock, IconPlus, IconSelector } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keysContext, providersContext, viewContext } from '../ui/stores/shared-stores.ts';
import { choiceFromKey, choiceKey, modelGroups, type ModelGroup } from './model-choice.ts';
import { modelHints, modelPrice } from './model-hints.ts';
import classes from './model-picker.module.css';
import { useCompose } from './use-compose.ts';

function GroupOptions({ group, selected }: { readonly group: ModelGroup; readonly selected: string | null }) {
  const { t } = useTranslation('compose');
  const { provider, usable, models } = group;
  const { manifest, health, enabled } = provider;
  // What keeps a service from being used is said before that it isn't.
  const isBarred = health.state === 'keyMissing' || health.state === 'locked';
  const reason =
    !enabled && !isBarred ? t('providerDisabled') : health.state === 'ready' ? t('noModels') : health.message;

  return (
    <Combobox.Group
      label={
        <span className={classes.group}>
          {manifest.name}
          <span className={classes.kind}>{t(`kinds.${manifest.kind}`)}</span>
        </span>
      }
    >
      {!usable && <div className={classes.reason}>{reason}</div>}
      {models.map((model) => {
        const key = choiceKey({ provider: manifest.id, model: model.id });
        return (
          <Combobox.Option
            key={key}
            value={key}
            disabled={!usable}
            active={key === selected}
            className={classes.option}
          >
            <span className={classes.words}>
              <span className={classes.name}>{model.name}</span>
              <span className={classes.second}>
                <span className={classes.hints}>{modelHints(model, manifest.kind)}</span>
                <span className={classes.price}>{modelPrice(model, manifest.kind)}</span>
              </span>
            </span>
            {key === selected && <IconCheck size={16} aria-hidden />}
          </Combobox.Option>
        );
      })}
    </Combobox.Group>
  );
}

/** The option that is no model: it leads to the providers. */
const addKey = 'add';

/** Every model of the providers in use, with a search; one that can't be used says why. */
export function ModelPicker() {
  const { t } = useTranslation('compose');
  const { draft, chosen, change } = useCompose();
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
  const selected = chosen && choiceKey({ provider: chosen.provider.manifest.id, model: chosen.model.id });
  const missing = chosen === null && draft.choice !== null;

  return (
    <Combobox
      store={combobox}
      shadow="md"
      onOptionSubmit={(key) => {
        if (key === addKey) go('providers');
        else change({ choice: choiceFromKey(key) });
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
          {chosen === null ? (
            <Input.Placeholder>{loaded ? t('modelNone') : t('modelLoading')}</Input.Placeholder>
          ) : (
            <span className={classes.words}>
              <span className={classes.name}>{chosen.model.name}</span>
              <span className={classes.hints}>
                {chosen.provider.manifest.name} · {modelHints(chosen.model, chosen.provider.manifest.kind)}
              </span>
            </span>
          )}
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
          {groups.map((group) => (
            <GroupOptions key={group.provider.manifest.id} group={group} selected={selected} />
          ))}
          {groups.length === 0 && <Combobox.Empty>{t('modelNothing', { search })}</Combobox.Empty>}
          <Combobox.Option value={addKey} className={`${classes.option} ${classes.add}`}>
            {isLocked ? <IconLock size={16} aria-hidden /> : <IconPlus size={16} aria-hidden />}
            {t(isLocked ? 'keysLocked' : 'addService')}
          </Combobox.Option>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
