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

/** What must be in an answer, by the first question and by what an earlier answer lacked. */
function wantedOf({ said }: Wish): string[] {
  const lists = said.flatMap((text) => /(?:must still be there|missing): ([^\n]+)/i.exec(text)?.[1] ?? []);
  return lists.flatMap((list) => list.split(/; */)).map((term) => term.replace(/\.$/, '').trim());
}

/** Shortens as a model might: each word once, clause by clause, markers always, until the limit is reached. */
export function shorten(text: string, limit: number, first: readonly string[] = []): string {
  const clauses: string[] = [...first];
  const seen = new Set(first.flatMap((term) => term.toLowerCase().split(/\s+/)));
  const markers: readonly string[] = text.match(markerPattern) ?? [];
  let room = limit - [...first, ...markers].join(', ').length - 2;
  for (const clause of text.split(/[,.;\n]+/)) {
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
  // Also where only the words ask for it, as they do of a server that takes no schema.
  const isStructured = wish.fields.includes('prompt') || wish.system.includes('{"prompt"');
  const structured = (prompt: string): string => (isStructured ? JSON.stringify({ prompt, kept: [] }) : prompt);
  const good = (): string => (isStructured ? structured(shorten(input, limit, wantedOf(wish))) : plainAnswer(wish));
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
      return { thinking, text: structured(input.padEnd(limit * 2, ' and more').slice(0, Math.round(limit * 1.6))) };
    case 'slightlyLong':
      return { thinking, text: structured(shorten(input, limit, wantedOf(wish)).padEnd(limit + 500, ', and so on')) };
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
