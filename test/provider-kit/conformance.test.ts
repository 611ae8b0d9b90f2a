import { afterAll, describe, expect, it } from 'vitest';
import type { ImageProvider } from '../../src/main/providers/provider.ts';
import type { Operation } from '../../src/shared/models/generation-request.ts';
import { modelsOf } from './requests.ts';
import { rules, type Rule, type RuleName, type Trial } from './rules.ts';
import { subjects, type Subject } from './subject.ts';
import { createTable } from './table.ts';

const table = createTable(Object.keys(rules));
afterAll(() => {
  process.stdout.write(table.text());
});

/** The declared operations of all models, in their usual order. */
async function operationsOf(subject: Subject): Promise<readonly Operation[]> {
  const stand = await subject.start({ stepMs: 1 });
  const provider = await subject.kind.open(stand.place);
  const operations = (await modelsOf(provider)).flatMap((model) => model.operations);
  await provider.close();
  await stand.close();
  return [...new Set(operations)];
}

async function trying(subject: Subject, operation: Operation, rule: Rule): Promise<string | undefined> {
  const stand = await subject.start({ stepMs: rule.stepMs ?? 5, largestSide: 256 });
  const opened: ImageProvider[] = [];
  const open: Trial['open'] = async (place) => {
    const provider = await subject.kind.open({ ...stand.place, ...place });
    opened.push(provider);
    return provider;
  };
  try {
    const provider = await open();
    return await rule.check({ subject, stand, provider, operation, open });
  } finally {
    for (const provider of opened) await provider.close();
    await stand.close();
  }
}

/** `EASEL_KIT=<id>` tries one provider alone, whatever the others are like. */
const wanted = process.env.EASEL_KIT;
for (const subject of subjects.filter(({ id }) => wanted === undefined || id === wanted)) {
  const operations = await operationsOf(subject);
  describe(subject.id, () => {
    for (const [name, rule] of Object.entries(rules) as [RuleName, Rule][]) {
      const [first] = operations;
      const tried = rule.per === 'operation' ? operations : operations.slice(0, 1);
      for (const operation of tried) {
        const row = rule.per === 'operation' ? `${subject.id} ${operation}` : subject.id;
        const exception = subject.exceptions[name];
        if (exception !== undefined) {
          table.note(row, name, { kind: 'exception', reason: exception });
          continue;
        }
        it(`${name} (${rule.per === 'operation' ? operation : 'as a whole'})`, async () => {
          expect(first).toBeDefined();
          table.note(row, name, { kind: 'broken' });
          const nothingToTry = await trying(subject, operation, rule);
          table.note(
            row,
            name,
            nothingToTry === undefined ? { kind: 'holds' } : { kind: 'nothing', reason: nothingToTry },
          );
        });
      }
    }
  });
}

it('knows every provider that Easel has', () => {
  expect(subjects.length).toBeGreaterThanOrEqual(2);
  expect(subjects.flatMap(({ exceptions }) => Object.values(exceptions)).every((reason) => reason.length > 20)).toBe(
    true,
  );
});
