import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { modelScore, modelScores, putModelScore } from './model-scores.ts';
import { openDatabase } from './open-database.ts';

it('says what votes come to in the shape in which it is looked up, whatever a model is called', () => {
  const root = mkdtempSync(join(tmpdir(), 'easel-scores-'));
  const database = openDatabase(root, 'write');
  onTestFinished(() => {
    database.close();
    rmSync(root, { recursive: true, force: true });
  });
  expect(modelScores(database.read)).toEqual({});
  const rows = [
    { provider: 'a', model: '__proto__', kind: 'all', points: 1510, votes: 2 },
    { provider: 'a', model: '__proto__', kind: 'photo', points: 1520, votes: 1 },
    { provider: 'a', model: 'm', kind: 'all', points: 1490, votes: 3 },
    { provider: 'b', model: 'm', kind: 'all', points: 1500, votes: 1 },
  ];
  database.write((writer) => rows.forEach((row) => putModelScore(writer, row)));
  const scores = modelScores(database.read);
  const found = Object.entries(scores).flatMap(([provider, models]) =>
    Object.entries(models).flatMap(([model, kinds]) =>
      Object.entries(kinds).map(([kind, voted]) => ({ provider, model, kind, ...voted })),
    ),
  );
  expect(found.map((row) => JSON.stringify(row)).sort()).toEqual(rows.map((row) => JSON.stringify(row)).sort());
  for (const row of rows) expect(modelScore(database.read, row)).toEqual(row);
});
