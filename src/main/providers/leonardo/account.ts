import type { Balance } from '../../../shared/models/provider.ts';
import type { AskOptions, Http } from '../http-types.ts';
import { MeAnswer } from './answers.ts';
import { explainRefusal } from './explain-refusal.ts';

/** Whom the key belongs to. */
export interface Account {
  readonly userId: string | null;
  readonly balance: Balance;
}

/** One free call. The tokens of the web app can't be spent here and don't count. */
export async function readAccount(http: Http, options: AskOptions): Promise<Account> {
  const { user_details: details } = await http.get('/me', MeAnswer, { ...options, explain: explainRefusal });
  const [me] = details;
  const amount = (me?.apiPaidTokens ?? 0) + (me?.apiSubscriptionTokens ?? 0);
  return { userId: me?.user?.id ?? null, balance: { amount, unit: 'credits', usd: null } };
}
