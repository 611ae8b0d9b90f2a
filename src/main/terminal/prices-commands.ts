import { Option, type Command } from 'commander';
import { Price } from '../../shared/models/provider.ts';
import { commandFor } from './contract-commands.ts';
import { unlockIfGiven } from './keys-unlock.ts';
import { printAnswer } from './print-answer.ts';
import { readUsd } from './read-usd.ts';
import { createTerminalApp, globalOptions, type GlobalOptions } from './with-app.ts';

const units = {
  image: 'image',
  request: 'request',
  megapixel: 'megapixel',
  second: 'second',
  gpuSecond: 'second of work',
};

/** The user's corrections of the price list. */
export function addPrices(program: Command): void {
  const set = commandFor(program, ['prices', 'set'])
    .description('Correct what a model costs; estimates and caps go by it from then on')
    .argument('<provider>', 'Whose model it is')
    .argument('<model>', 'Its id')
    .argument('<usd>', 'US dollars')
    .addOption(
      new Option('--per <unit>', 'What is paid for; gpuSecond is a second of the service’s work')
        .choices(Price.shape.per.options)
        .default('image'),
    );
  set.action(async (provider: string, model: string, usd: string, { per }: { per: Price['per'] }) => {
    const price: Price = { usd: readUsd(usd, 'The price', 'an amount in US dollars'), per };
    await setPrice(globalOptions(set), { provider, model, price });
  });
  const reset = commandFor(program, ['prices', 'reset'])
    .description('Go back to what the provider’s price list says')
    .argument('<provider>', 'Whose model it is')
    .argument('<model>', 'Its id');
  reset.action(async (provider: string, model: string) => {
    await setPrice(globalOptions(reset), { provider, model, price: null });
  });
}

async function setPrice(
  globals: GlobalOptions,
  input: { readonly provider: string; readonly model: string; readonly price: Price | null },
): Promise<void> {
  const app = createTerminalApp(globals, 'read');
  try {
    await unlockIfGiven(app);
    const { price } = await app.prices.set(input);
    const words = price === null ? 'has no known price' : `costs $${priceWords(price)}`;
    const by = input.price === null ? ' by the price list' : '';
    printAnswer(globals, { price }, [`${input.provider}/${input.model} ${words}${by}.`]);
  } finally {
    await app.close();
  }
}

function priceWords({ usd, per, first }: Price): string {
  const each = `${usd} for each ${units[per]}`;
  return first === undefined ? each : `${first} for the first megapixel and $${each} after it`;
}
