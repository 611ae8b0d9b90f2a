import type { Piscina } from 'piscina';
import { workerUrl } from '../worker-url.ts';
import type { AgeAnswer, AgeTask } from './age-worker.ts';

/** age's own: about a second, and 256 MB while it lasts. */
const usualWorkFactor = 18;
const idleWorkerMs = 5_000;

/** Text locked with a passphrase, in the age format (age-encryption.org/v1), which the standard `age` tool opens. */
export interface Age {
  /** Armoured text. */
  encrypt(text: string, passphrase: string): Promise<string>;
  decrypt(content: Uint8Array, passphrase: string): Promise<AgeAnswer>;
  close(): Promise<void>;
}

/** `workFactor` is the base-2 logarithm of scrypt's cost; lower ones are for tests. */
export function createAge(workFactor = usualWorkFactor): Age {
  let threads: Promise<Piscina<AgeTask, AgeAnswer>> | null = null;
  const run = async (task: AgeTask): Promise<AgeAnswer> => (await (threads ??= startThreads())).run(task);
  return {
    encrypt: async (text, passphrase) => {
      const answer = await run({ kind: 'encrypt', text, passphrase, workFactor });
      if (answer.kind !== 'done') throw new Error('Encrypting answered as decrypting does');
      return answer.text;
    },
    decrypt: (content, passphrase) => run({ kind: 'decrypt', content, passphrase }),
    close: async () => {
      const running = await threads;
      threads = null;
      await running?.destroy();
    },
  };
}

/** The library for threads is loaded with the first passphrase, not at start. */
async function startThreads(): Promise<Piscina<AgeTask, AgeAnswer>> {
  const { Piscina: Threads } = await import('piscina');
  return new Threads<AgeTask, AgeAnswer>({
    filename: workerUrl(import.meta.url, 'age-worker').href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: idleWorkerMs,
  });
}

/** Whether this is whole enough to be worth a passphrase: an age file, armoured or not, that opens with one. */
export function isPassphraseFile(content: Uint8Array): boolean {
  const text = Buffer.from(content).toString('latin1').trim();
  const armoured =
    /^-----BEGIN AGE ENCRYPTED FILE-----\r?\n([A-Za-z0-9+/=\r\n]+)\r?\n-----END AGE ENCRYPTED FILE-----$/.exec(text);
  const header = armoured?.[1] === undefined ? text : Buffer.from(armoured[1], 'base64').toString('latin1');
  return header.startsWith('age-encryption.org/v1\n-> scrypt ');
}
