import { describe, expect, it } from 'vitest';
import { describeVersion, isOldVersion } from './comfyui-version.ts';

describe('a version of ComfyUI', () => {
  it.each([
    ['0.33.0', false],
    ['0.3.45', false],
    ['0.3.44', true],
    ['0.3.9', true],
    ['0.2.7', true],
    ['0.4', false],
    ['v0.3.10', true],
    ['1.0.0-beta', false],
    ['nightly', false],
  ])('%s is old: %s', (version, isOld) => {
    expect(isOldVersion(version)).toBe(isOld);
  });

  it('is described in plain words', () => {
    expect(describeVersion('0.33.0')).toBe('ComfyUI 0.33.0 is ready.');
    expect(describeVersion('0.3.30')).toContain('Update it');
    expect(describeVersion(null)).toContain('does not tell its version');
  });
});
