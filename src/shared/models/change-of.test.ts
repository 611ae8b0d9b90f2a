import { describe, expect, it } from 'vitest';
import { CapsChange, RoutingChange } from './routing.ts';

describe('a change', () => {
  it('holds what was given and no default of what was not', () => {
    expect(RoutingChange.parse({ strategy: 'fastest', primary: null })).toEqual({ strategy: 'fastest', primary: null });
    expect(CapsChange.parse({ day: 5 })).toEqual({ day: 5 });
    expect(RoutingChange.parse({ caps: { month: null }, breaker: { failures: 2 } })).toEqual({
      caps: { month: null },
      breaker: { failures: 2 },
    });
  });

  it('is held to the same limits as the whole', () => {
    expect(RoutingChange.safeParse({ healthCheckSeconds: 1 }).success).toBe(false);
    expect(CapsChange.safeParse({ day: -1 }).success).toBe(false);
  });
});
