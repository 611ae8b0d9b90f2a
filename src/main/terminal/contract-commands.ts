import { isContractProcedure } from '@orpc/contract';
import { Option, type Command } from 'commander';
import { z } from 'zod';
import { contract } from '../../shared/contract/contract.ts';
import type { OperationMeta } from '../../shared/contract/operation.ts';
import { errorTable } from '../../shared/errors.ts';
import type { SystemHealth } from '../../shared/models/metrics.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { App } from '../app.ts';
import { callOperation } from './call-operation.ts';
import { lines } from './human-lines.ts';
import { exitCodeOfHealth, unlockForCommand } from './keys-unlock.ts';
import { snakeCase } from './snake-case.ts';
import { createTerminalApp, globalOptions, withLibrary, type GlobalOptions } from './with-app.ts';

interface Field {
  readonly name: string;
  readonly isRequired: boolean;
  readonly schema: {
    readonly type?: string;
    readonly format?: string;
    readonly description?: string;
    readonly default?: unknown;
    readonly enum?: readonly string[];
  };
}

/** What else a command can do than its row says, where one of these options is given. */
export interface CommandVariant {
  readonly options: readonly Option[];
  /** Answers false where none of its options is given, so that the row is meant. `words`: what was given by position. */
  readonly run: (
    globals: GlobalOptions,
    options: Readonly<Record<string, unknown>>,
    words: unknown[],
  ) => Promise<boolean>;
}

/** One command for each row of the contract that names one: its words, arguments and options are the row's own. */
export function addContractCommands(
  program: Command,
  setExitCode: (code: number) => void,
  variants: Readonly<Record<string, CommandVariant>>,
): void {
  for (const [subject, rows] of Object.entries(contract)) {
    for (const [name, row] of Object.entries(rows)) {
      if (!isContractProcedure(row)) continue;
      const inputSchema: unknown = row['~orpc'].inputSchema;
      const { command: words, summary, positional = [], access, withoutLibrary } = row['~orpc'].meta as OperationMeta;
      if (words === undefined) continue;
      const command = commandFor(program, words.split(' ')).description(summary);
      const fields = inputSchema instanceof z.ZodType ? fieldsOf(inputSchema) : [];
      for (const field of fields) {
        if (positional.includes(field.name)) command.argument(argumentOf(field), field.schema.description ?? '');
        else command.addOption(optionFor(field));
      }
      const variant = variants[words];
      for (const option of variant?.options ?? []) command.addOption(option);
      command.action(async (...given: unknown[]) => {
        const options = command.opts<Record<string, unknown>>();
        const globals = globalOptions(command);
        if (await variant?.run(globals, options, given.slice(0, positional.length))) return;
        const input: Record<string, unknown> = Object.fromEntries(
          positional.map((name, index) => [
            name,
            asSpelled(
              fields.find((field) => field.name === name),
              given[index],
            ),
          ]),
        );
        for (const field of fields) {
          if (!positional.includes(field.name) && options[field.name] !== undefined)
            input[field.name] = options[field.name];
        }
        const run = async (app: App): Promise<unknown> => {
          await unlockForCommand(app, words, input);
          return callOperation(app.handlers, [subject, name], input);
        };
        const answer =
          withoutLibrary === true
            ? await withoutOpening(globals, run)
            : await withLibrary(globals, access, run, {
                ifNotMade: withoutLibrary === 'untilMade' ? 'pass' : 'refuse',
              });
        const text = globals.json ? JSON.stringify(snakeCase(answer)) : lines(words, answer).join('\n');
        process.stdout.write(`${text}\n`);
        if (words === 'library verify' && !(answer as { clean: boolean }).clean) setExitCode(4);
        if (words === 'health' && (answer as SystemHealth).level === 'critical')
          setExitCode(errorTable.noProvider.exitCode);
        if (asksOne.includes(words)) setExitCode(exitCodeOfHealth((answer as ProviderStatus).health));
      });
    }
  }
}

/** Whether that provider can be used is what they are asked for. */
const asksOne: readonly string[] = ['keys test', 'providers check', 'providers reinitialize'];

async function withoutOpening(globals: GlobalOptions, run: (app: App) => Promise<unknown>): Promise<unknown> {
  const app = createTerminalApp(globals, 'read');
  try {
    return await run(app);
  } finally {
    await app.close();
  }
}

export function commandFor(program: Command, words: readonly string[]): Command {
  let command = program;
  for (const word of words) {
    command =
      command.commands.find((child) => child.name() === word) ??
      command
        .command(word)
        .description(groupDescriptions[word] ?? '')
        .helpCommand(false);
  }
  return command;
}

const groupDescriptions: Readonly<Record<string, string>> = {
  budget: 'The caps: what may be spent on an image, a job, in a day, in a month',
  jobs: 'The queue and its history',
  keys: 'Keys of the services you use',
  library: 'The pictures you keep',
  prompt: 'Prompts: what was sent, and what can be done with them',
  ollama: 'The models that write and shorten prompts',
  routing: 'How jobs find their provider',
  prices: 'What models cost, as you know it',
  training: 'Models of your own',
};

function fieldsOf(schema: z.ZodType): Field[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, property]) => ({
    name,
    isRequired: required.includes(name),
    schema: property as Field['schema'],
  }));
}

/** A choice may be written as people write it: `Cost-Optimized` is `cost_optimized`. */
function asSpelled(field: Field | undefined, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const wanted = value
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
  return field?.schema.enum?.includes(wanted) === true ? wanted : value;
}

/** A list takes all words that follow, and may be empty. */
function argumentOf({ name, isRequired, schema }: Field): string {
  if (schema.type === 'array') return `[${name}...]`;
  return isRequired ? `<${name}>` : `[${name}]`;
}

function optionFor({ name, schema }: Field): Option {
  const word = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const description = schema.description ?? '';
  if (schema.type === 'boolean') {
    if (schema.default !== true) return new Option(`--${word}`, description);
    return new Option(`--no-${word}`, `Do not ${description.slice(0, 1).toLowerCase()}${description.slice(1)}`);
  }
  const isNumber = schema.type === 'integer' || schema.type === 'number';
  const value = isNumber ? 'n' : schema.format === 'uuid' ? 'id' : name;
  const usual = schema.default === undefined ? '' : ` (${JSON.stringify(schema.default)} unless said otherwise)`;
  const option = new Option(`--${word} <${value}>`, `${description}${usual}`);
  if (schema.enum) option.choices([...schema.enum]);
  if (isNumber) option.argParser((text) => (text.trim() === '' ? NaN : Number(text)));
  return option;
}
