import type { ChatFault } from './faults.ts';

/** What the model is asked for, as far as a stand-in understands it. */
export interface Wish {
  readonly system: string;
  /** All that users said, the last one last. */
  readonly said: readonly string[];
  readonly images: readonly Buffer[];
  /** Names of the fields of the schema; empty where none was given. */
  readonly fields: readonly string[];
}

const markerPattern = /⟦\d+⟧/g;
const usualLimit = 2600;

/** Text between the input tags of the first message, or all of it. */
function inputOf({ said: [first = ''] }: Wish): string {
  return /<input>([\s\S]*)<\/input>/.exec(first)?.[1]?.trim() ?? first.trim();
}

function limitOf(wish: Wish): number {
  const found = /at most ([\d,]+) characters/.exec([wish.system, ...wish.said].join('\n'));
  return Number(found?.[1]?.replaceAll(',', '') ?? usualLimit);
}

/** What an earlier answer lacked. */
function missingOf({ said }: Wish): string[] {
  const found = /missing: ([^\n]+)/i.exec(said.at(-1) ?? '')?.[1] ?? '';
  return found.split(/[,;] */).map((term) => term.replace(/\.$/, '').trim());
}

/** Shortens as a model might: each word once, clause by clause, markers always, until the limit is reached. */
export function shorten(text: string, limit: number, first: readonly string[] = []): string {
  const seen = new Set<string>();
  const clauses: string[] = [];
  const markers: readonly string[] = text.match(markerPattern) ?? [];
  let room = limit - markers.join(', ').length - 2;
  for (const clause of [...first, ...text.split(/[,.;\n]+/)]) {
    const kept = clause.split(/\s+/).filter((word) => {
      const plain = word.toLowerCase().replaceAll(/[^\p{L}\p{N}-]/gu, '');
      if (plain === '' || markers.includes(word) || seen.has(plain)) return false;
      seen.add(plain);
      return true;
    });
    const words = kept.join(' ').replaceAll(markerPattern, '').trim();
    if (words === '') continue;
    if (words.length + 2 > room) continue;
    room -= words.length + 2;
    clauses.push(words);
  }
  return [...clauses, ...markers].join(', ');
}

/** A good answer without a schema. */
function plainAnswer(wish: Wish): string {
  const input = inputOf(wish);
  const [image] = wish.images;
  if (image) return `a picture of ${image.length} bytes, soft light, muted colours, centred composition`;
  const asked = wish.system.toLowerCase();
  if (asked.includes('negative prompt')) return 'blurry, low quality, deformed hands, watermark, text';
  if (asked.includes('translat')) return `translated: ${input}`;
  if (asked.includes('in the style') || asked.includes('rewrite')) return `${input}, written anew`;
  return `${input}, golden hour light, wide shot, fine detail, shallow depth of field`;
}

const essay =
  'Prompt engineering has a long and varied history. In this essay we shall look at its origins, its masters and its future, without any structure that a machine could read.';

/** The text of an answer and, for models that think, the thoughts before it. */
export function writeAnswer(wish: Wish, fault: ChatFault | null): { thinking: string; text: string } {
  const thinking = 'We need to keep the subject and the style, and drop what is said twice.';
  const input = inputOf(wish);
  const limit = limitOf(wish);
  const structured = (prompt: string, kept: readonly string[] = []): string =>
    wish.fields.length > 0 ? JSON.stringify({ prompt, kept }) : prompt;
  const good = (): string =>
    wish.fields.length > 0 ? structured(shorten(input, limit, missingOf(wish)), []) : plainAnswer(wish);
  switch (fault) {
    case 'essay':
      return { thinking, text: essay };
    case 'fenced':
      return { thinking, text: `Here is the shortened prompt:\n\`\`\`json\n${good()}\n\`\`\`\nI hope it helps.` };
    case 'thinkingOnly':
      return { thinking: `${thinking} `.repeat(20), text: '' };
    case 'empty':
      return { thinking: '', text: '' };
    case 'otherLanguage':
      return {
        thinking,
        text: structured(
          'ein Leuchtturm am Meer bei Abend, sanftes Licht, Ölgemälde, sehr feine Einzelheiten, '.repeat(6),
        ),
      };
    case 'conceptsGone':
      return { thinking, text: structured('a nice picture of something, '.repeat(Math.ceil((limit * 0.5) / 29))) };
    case 'markersLost':
      return { thinking, text: good().replaceAll(markerPattern, '') };
    case 'overLong':
      return { thinking, text: structured(input.padEnd(limit + 400, ' and more').slice(0, limit + 400)) };
    case 'endless':
      return { thinking, text: structured('and so on '.repeat(limit)) };
    case 'refusal':
      return {
        thinking,
        text: structured("I can't help with that request, because it is against my rules.".repeat(8)),
      };
    default:
      return { thinking, text: good() };
  }
}
