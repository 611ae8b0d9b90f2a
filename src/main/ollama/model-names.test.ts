import { describe, expect, it } from 'vitest';
import { hasCloudName, isSameModel, leastThinking, takesSchema } from './model-names.ts';

describe('names of models', () => {
  it('are one with and without :latest, whatever their case', () => {
    expect(isSameModel('Llama3.2', 'llama3.2:latest')).toBe(true);
    expect(isSameModel('gpt-oss', 'gpt-oss:20b')).toBe(false);
    expect(isSameModel('hf.co/someone/model', 'hf.co/someone/model:latest')).toBe(true);
  });

  it('tell those of the vendor’s cloud', () => {
    expect(['gpt-oss:120b-cloud', 'writer:CLOUD', 'gpt-oss:20b', 'cloudy:8b'].map(hasCloudName)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('decide how little a model may think', () => {
    expect(leastThinking('gpt-oss:20b', ['thinking'])).toBe('low');
    expect(leastThinking('qwen3:8b', ['completion', 'thinking'])).toBe(false);
    expect(leastThinking('llama3.2', ['completion'])).toBeNull();
  });

  it.each([
    ['gpt-oss:20b', '0.11.10', false],
    ['gpt-oss:20b', '0.12.0', true],
    ['gpt-oss:20b', '0.33.0-rc1', true],
    ['gpt-oss:20b', '1.0', true],
    ['gpt-oss:20b', 'unknown', true],
    ['llama3.2', '0.5.1', true],
  ])('decide whether %s of server %s may be sent a schema: %s', (name, version, takes) => {
    expect(takesSchema(name, version)).toBe(takes);
  });
});
