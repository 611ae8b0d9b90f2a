import { describe, expect, it } from 'vitest';
import { checkOllamaAddress, isThisMachine, ollamaAddress } from './ollama-address.ts';

describe('the address of Ollama', () => {
  it.each([
    ['127.0.0.1', 'http://127.0.0.1:11434'],
    ['localhost', 'http://localhost:11434'],
    ['http://localhost', 'http://localhost:11434'],
    ['http://localhost/', 'http://localhost:11434'],
    ['http://localhost:80', 'http://localhost:80'],
    ['studio:5000', 'http://studio:5000'],
    [':5000', 'http://127.0.0.1:5000'],
    ['0.0.0.0', 'http://127.0.0.1:11434'],
    ['::1', 'http://[::1]:11434'],
    ['[::1]:5000', 'http://[::1]:5000'],
    ['https://studio.example/ollama/', 'https://studio.example:443/ollama'],
    [' http://127.0.0.1:11434 ', 'http://127.0.0.1:11434'],
  ])('typed as %s is %s', (typed, url) => {
    expect(checkOllamaAddress(typed)).toBe(url);
    expect(ollamaAddress({}, typed.trim())).toEqual({ url, source: 'settings', variable: null, problem: null });
  });

  it.each(['', 'two words', 'ftp://127.0.0.1', 'http://name:word@127.0.0.1', 'https://ollama.com', 'a:b:c'])(
    'refuses %j and says how one is written',
    (typed) => {
      expect(() => checkOllamaAddress(typed)).toThrow(/Write it like http:\/\/127\.0\.0\.1:11434/);
    },
  );

  it('is the environment’s before the settings’, and the usual one where nobody says anything', () => {
    expect(ollamaAddress({}, null)).toMatchObject({ url: 'http://127.0.0.1:11434', source: 'default' });
    expect(ollamaAddress({ OLLAMA_HOST: '0.0.0.0:4000' }, 'studio')).toMatchObject({
      url: 'http://127.0.0.1:4000',
      variable: 'OLLAMA_HOST',
    });
    expect(ollamaAddress({ OLLAMA_HOST: ':4000', EASEL_OLLAMA_URL: 'http://studio' }, null)).toMatchObject({
      url: 'http://studio:11434',
      variable: 'EASEL_OLLAMA_URL',
    });
  });

  it('reads an http address without port in OLLAMA_HOST as Ollama itself does', () => {
    expect(ollamaAddress({ OLLAMA_HOST: 'http://localhost' }, null).url).toBe('http://localhost:80');
    expect(ollamaAddress({ OLLAMA_HOST: 'localhost' }, null).url).toBe('http://localhost:11434');
  });

  it('does not ask another Ollama where a variable can not be used', () => {
    const { url, problem } = ollamaAddress({ EASEL_OLLAMA_URL: 'not an address' }, 'studio');
    expect(url).toBeNull();
    expect(problem).toMatch(/^EASEL_OLLAMA_URL is no address.*Write it like/);
  });

  it('knows which ones stay on this computer', () => {
    expect(['http://localhost:1', 'http://127.0.0.2:1', 'http://[::1]:1'].map(isThisMachine)).toEqual([
      true,
      true,
      true,
    ]);
    expect(isThisMachine('http://192.168.1.2:11434')).toBe(false);
  });
});
