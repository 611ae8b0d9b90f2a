import { Option, type Command } from 'commander';
import { exactDollars } from '../../shared/dollars.ts';
import { AppError } from '../../shared/errors.ts';
import { Price } from '../../shared/models/provider.ts';
import { commandFor } from './contract-commands.ts';
import { unlockIfGiven } from './keys-unlock.ts';
import { printAnswer } from './print-answer.ts';
import { readUsd } from './read-usd.ts';
import { globalOptions, withLibrary, type GlobalOptions } from './with-app.ts';

const units = {
  image: 'image',
  request: 'request',
  megapixel: 'megapixel',
  second: 'second',
  gpuSecond: 'second of work',
};

const modelHelp = '<provider>/<model>, as `easel prices list` writes it';

/** The user's corrections of the price list. `prices list` is the contract's own. */
export function addPrices(program: Command): void {
  const set = commandFor(program, ['prices', 'set'])
    .description('Correct what a model costs; estimates and caps go by it from then on')
    .argument('<model>', modelHelp)
    .argument('<usd>', 'US dollars')
    .addOption(
      new Option('--per <unit>', 'What is paid for; gpuSecond is a second of the service’s work')
        .choices(Price.shape.per.options)
        .default('image'),
    );
  set.action(async (key: string, usd: string, { per }: { per: Price['per'] }) => {
    const price: Price = { usd: readUsd(usd, 'The price', 'an amount in US dollars'), per };
    await setPrice(globalOptions(set), { ...readKey(key), price });
  });
  const reset = commandFor(program, ['prices', 'reset'])
    .description('Go back to what the provider’s price list says')
    .argument('<model>', modelHelp);
  reset.action(async (key: string) => {
    await setPrice(globalOptions(reset), { ...readKey(key), price: null });
  });
}

/** Ids of models may have slashes of their own. */
function readKey(key: string): { readonly provider: string; readonly model: string } {
  const slash = key.indexOf('/');
  if (slash < 1 || slash === key.length - 1) {
    const message = `"${key}" is no <provider>/<model>, such as bfl/flux-2-pro. \`easel prices list\` shows all of them.`;
    throw new AppError('badInput', message);
  }
  return { provider: key.slice(0, slash), model: key.slice(slash + 1) };
}

/** With the library, where there is one: models of one's own are known there. */
async function setPrice(
  globals: GlobalOptions,
  input: { readonly provider: string; readonly model: string; readonly price: Price | null },
): Promise<void> {
  await withLibrary(
    globals,
    'read',
    async (app) => {
      await unlockIfGiven(app);
      const { price } = await app.prices.set(input);
      const words = price === null ? 'has no known price' : `costs ${priceWords(price)}`;
      const by = input.price === null ? ' by the price list' : '';
      printAnswer(globals, { price }, [`${input.provider}/${input.model} ${words}${by}.`]);
    },
    { ifNotMade: 'pass', mayBeOld: true },
  );
}

function priceWords({ usd, per, first }: Price): string {
  const each = `${exactDollars(usd)} for each ${units[per]}`;
  return first === undefined ? each : `${exactDollars(first)} for the first megapixel and ${each} after it`;
}
