import { armor, Decrypter, Encrypter } from 'age-encryption';

export type AgeTask =
  | { readonly kind: 'encrypt'; readonly text: string; readonly passphrase: string; readonly workFactor: number }
  | { readonly kind: 'decrypt'; readonly content: Uint8Array; readonly passphrase: string };

/** `damaged` says why in the library's words, which hold nothing of the content. */
export type AgeAnswer =
  | { readonly kind: 'done'; readonly text: string }
  | { readonly kind: 'wrongPassphrase' }
  | { readonly kind: 'damaged'; readonly reason: string };

/** Runs in a thread of its own: stretching a passphrase takes a second on purpose. */
export default async function age(task: AgeTask): Promise<AgeAnswer> {
  if (task.kind === 'encrypt') {
    const encrypter = new Encrypter();
    encrypter.setPassphrase(task.passphrase);
    encrypter.setScryptWorkFactor(task.workFactor);
    return { kind: 'done', text: armor.encode(await encrypter.encrypt(task.text)) };
  }
  try {
    const decrypter = new Decrypter();
    decrypter.addPassphrase(task.passphrase);
    return { kind: 'done', text: await decrypter.decrypt(withoutArmor(task.content), 'text') };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return reason.includes('no identity matched') ? { kind: 'wrongPassphrase' } : { kind: 'damaged', reason };
  }
}

/** The `age` tool writes either form. */
function withoutArmor(content: Uint8Array): Uint8Array {
  const text = new TextDecoder('latin1').decode(content);
  return text.trimStart().startsWith('-----BEGIN') ? armor.decode(text) : content;
}
