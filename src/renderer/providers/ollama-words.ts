import { translate } from '../i18n/i18n.ts';

const known = ['completion', 'vision', 'thinking', 'tools', 'embedding'] as const;

/** What a model can do, in plain words; what Easel does not know is shown as Ollama calls it. */
export function abilityWords(abilities: readonly string[]): string[] {
  return abilities.map((ability) => {
    const name = known.find((other) => other === ability);
    return name === undefined ? ability : translate(`providers:ollama.abilities.${name}`);
  });
}
