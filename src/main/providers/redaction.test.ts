import { describe, expect, it } from 'vitest';
import { createRedaction } from './redaction.ts';

const redact = (secrets: string[], text: string, status = 400): string =>
  createRedaction(secrets)({ status, header: () => null, bytes: Buffer.from(text) }).bytes.toString();

describe('what a service says', () => {
  it('never holds a key, with or without the word before it, however it is written', () => {
    expect(redact(['Bearer sk-12/34"56'], 'key Bearer sk-12/34"56 and sk-12/34"56')).toBe('key ••• and •••');
    expect(redact(['sk-12/34"56'], JSON.stringify({ error: 'wrong key sk-12/34"56' }))).toBe(
      '{"error":"wrong key •••"}',
    );
    expect(redact(['sk-12/3456'], '{"error":"sk-12\\/3456"}')).toBe('{"error":"•••"}');
    expect(redact(['sk-12/34 56'], '?key=sk-12%2F34%2056')).toBe('?key=•••');
  });

  it('is left alone where it holds none, or where it is too short to be one', () => {
    expect(redact(['sk-123456'], '{"ok":true}')).toBe('{"ok":true}');
    expect(redact(['abc'], 'abc')).toBe('abc');
  });

  it('is looked through however long a refusal is; a long answer is a picture', () => {
    const long = `${'x'.repeat(400_000)} sk-123456`;
    expect(redact(['sk-123456'], long)).not.toContain('sk-123456');
    expect(redact(['sk-123456'], long, 200)).toContain('sk-123456');
  });
});
