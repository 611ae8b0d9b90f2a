import type { OllamaModel, OllamaStatus, OllamaTest } from '../../shared/models/ollama.ts';
import { inColumns } from './list-lines.ts';

export function ollamaStatusLines({ url, version, problem, variable, isThisMachine }: OllamaStatus): string[] {
  if (problem !== null) return [problem];
  const from = variable === null ? '' : ` (from ${variable})`;
  return [
    `Ollama ${version ?? ''} answers at ${url ?? ''}${from}.`,
    ...(isThisMachine ? [] : ['It is another computer: your prompts go there.']),
  ];
}

export function ollamaModelLines({ models }: { models: readonly OllamaModel[] }): string[] {
  if (models.length === 0) return ['No models yet. Get one with: easel ollama pull gpt-oss:20b'];
  return inColumns(
    models.map(({ name, sizeBytes, parameterSize, quantization, abilities, isCloud, isLoaded }) => [
      name,
      isCloud ? 'cloud' : gigabytes(sizeBytes),
      [parameterSize, quantization].filter((word) => word !== '').join(' '),
      abilities.join(', '),
      [isLoaded ? 'in memory' : '', isCloud ? 'leaves this machine' : ''].filter((word) => word !== '').join(', '),
    ]),
  );
}

export function ollamaTestLines({ model, text, firstMs, ms, tokensPerSecond }: OllamaTest): string[] {
  const speed = tokensPerSecond === null ? '' : `, ${tokensPerSecond} tokens/s`;
  return [text, `${model}: first words after ${seconds(firstMs)}, ${seconds(ms)} in all${speed}`];
}

/** "13.8 GB"; a model below a tenth of one: "42 MB". */
export function gigabytes(bytes: number): string {
  return bytes < 1e8 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
