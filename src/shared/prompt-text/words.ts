/** A word of a text, in lower case. `end` is behind its last character. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** From Chinese, Japanese or Thai, which put no spaces between words: one character or a run of them. */
  readonly unspaced: boolean;
}

const wordOrRun =
  /(?<unspaced>[的着了是在和与]|(?:(?![的着了是在和与])[\p{Script=Han}々])+|\p{Script=Hiragana}+|[\p{Script=Katakana}ー]+|\p{Script=Thai}+)|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}\p{N}])+(?:['’-](?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}\p{N}])+)*/gu;
// Most texts have none of those scripts, and are read several times faster without looking for them.
const plainWord = /[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu;
const unspacedScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Runs of one script stand for the words of languages without spaces. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  const hasUnspaced = unspacedScript.test(text);
  for (const match of text.matchAll(hasUnspaced ? wordOrRun : plainWord)) {
    const { 0: word, index: start } = match;
    const unspaced = hasUnspaced && match.groups?.unspaced !== undefined;
    words.push({ text: word.toLowerCase(), start, end: start + word.length, unspaced });
  }
  return words;
}

export function hasUnspacedScript(text: string): boolean {
  return unspacedScript.test(text);
}

const plainLetters = /^[a-z]*$/;

/**
 * What a word's forms have in common, roughly: `glowing`, `glows` and `glowed` are one, `cities` and `city`, `Bäume` and
 * `Bäumen`, `café` and `cafe`. For comparing, never for showing.
 */
export function stem(word: string): string {
  let bare = word.toLowerCase();
  if (!plainLetters.test(bare)) bare = plainForm(bare);
  if (bare.length > 60) return bare;
  // Looking at the last letter first saves most words from all the others.
  if (bare.length > 3 && bare.endsWith('s')) {
    if (bare.length > 4) bare = bare.replace(/ies$/, 'y').replace(/(?<=x|ch|sh|ss|zz)es$/, '');
    bare = bare.replace(/(?<![su])s$/, '');
  }
  if (bare.length > 5 && (bare.endsWith('ing') || bare.endsWith('ed'))) {
    const cut = bare.replace(/(?:ing|ed)$/, '');
    if (cut.length >= 3) bare = cut.replace(/([bdgklmnprt])\1$/, '$1');
  }
  if (bare.length > 5 && (bare.endsWith('en') || bare.endsWith('em'))) bare = bare.slice(0, -2);
  return bare.length > 4 && bare.endsWith('e') ? bare.slice(0, -1) : bare;
}

/** Without accents, without the article that French and Italian glue on and Arabic writes in one, without endings of Russian. */
function plainForm(word: string): string {
  const bare = word
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replace(/['’]s?$/, '')
    .replace(/^(?:[ldjmtnsc]|qu|(?:d|n|s|a|de)?ell|un)['’](?=\p{L})/u, '')
    .replace(/^و?ال(?=\p{L}{3})/u, '');
  return bare.length > 4 ? bare.replace(/(?<=\p{Script=Cyrillic}{3})[аеиоуыэюяйьм]{1,2}$/u, '') : bare;
}
