/** One model of one provider as numbers: all that a strategy looks at. What nobody knows is Infinity. */
export interface Candidate {
  /** How far it is from what the job names: 0 is what was asked for. Comes before every strategy. */
  readonly level: number;
  /** Place in the user's order (primary, fallbacks, others), counted from 0 among the candidates; the same for all models of a provider. */
  place: number;
  /** Place in its provider's list of models. */
  readonly listed: number;
  /** At one of its limits, so that the job would wait. */
  readonly waits: boolean;
  /** Its breaker is half open: this job would be the one try. */
  readonly isTry: boolean;
  readonly isLocal: boolean;
  /** Attempts under way by how many there may be. */
  readonly load: number;
  /** Expected share of failures, and what the breaker adds. */
  readonly risk: number;
  /** US dollars of the whole job. */
  readonly usd: number;
  /** Seconds until the whole job is done, waiting included, and divided by the share that succeeds. */
  readonly seconds: number;
  /** Of votes and ratings, shrunk towards those of the model's tier. */
  readonly points: number;
  /** What `adaptive` expects to lose, 0 to 1. */
  readonly loss: number;
  /** The same if it always succeeded and had become much faster. */
  readonly hope: number;
}
