import type { ModelScore, ModelScores } from '../../shared/models/routing.ts';
import { byModel } from './by-model.ts';
import type { Reader, Writer } from './database.ts';

const columns = `provider, model, kind, points, votes`;

/** Every model that was voted on, for each kind of prompt and for `all`: what the router goes by. */
export function modelScores(reader: Reader): ModelScores {
  return byModel(reader.all<ModelScore>(`SELECT ${columns} FROM model_scores`), (ofModel) =>
    Object.fromEntries(ofModel.map(({ kind, points, votes }) => [kind, { points, votes }])),
  );
}

/** The best first. `kind`: a kind of prompt, or `all`. */
export function modelScoresOf(reader: Reader, kind: string): ModelScore[] {
  return reader.all<ModelScore>(
    `SELECT ${columns} FROM model_scores WHERE kind = ? ORDER BY points DESC, votes DESC, provider, model`,
    kind,
  );
}

/** Null: nobody has voted on it yet. */
export function modelScore(
  reader: Reader,
  { provider, model, kind }: Pick<ModelScore, 'provider' | 'model' | 'kind'>,
): ModelScore | null {
  return (
    reader.get<ModelScore>(
      `SELECT ${columns} FROM model_scores WHERE kind = ? AND provider = ? AND model = ?`,
      kind,
      provider,
      model,
    ) ?? null
  );
}

export function putModelScore(writer: Writer, { provider, model, kind, points, votes }: ModelScore): void {
  writer.run(
    `INSERT INTO model_scores (kind, provider, model, points, votes) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (kind, provider, model) DO UPDATE SET points = excluded.points, votes = excluded.votes`,
    kind,
    provider,
    model,
    points,
    votes,
  );
}
