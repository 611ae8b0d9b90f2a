export const languages = ['en', 'de', 'es', 'fr', 'it', 'pt'] as const;
export type Language = (typeof languages)[number];

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter(Boolean));

/** Words that show nothing by themselves. "No", "not" and "without" are none of them: they turn what follows round. */
export const stopWords: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: list(`
    a an the this that these those it its it's is are was were be been being am has have had having do does did doing done
    will would shall should can could may might must i me my mine we us our you your he him his she her hers they them
    their theirs who whom whose which what when where why how there here of to in on at by for from with into onto upon
    over under above below between among through across along around behind beside beneath near toward towards against
    within inside outside during before after while until since as if than then so such and or but nor yet both either
    neither each every all any some few more most much many other another same own also too just only even still again
    once about out off up down like get gets got let lets make makes made making one ones thing things something
    anything everything kind sort way bit lot lots seem seems seemed appear appears appearing looks look looking feel feels
    feeling give gives giving given show shows showing shown showed add adds adding added use uses using used want wants
    need needs keep keeps kept put puts see sees seen go goes going come comes coming become becomes becoming take takes
    taking taken set sets i'd i'm i've you'd you're they're there's that's don't doesn't let's almost nearly perhaps
    maybe though although because however therefore rather instead always often sometimes entire whole`),
  de: list(`
    der die das den dem des ein eine einen einem einer eines und oder aber auch als am an auf aus bei bis da dabei damit
    dann dass durch er es für gegen hat hatte haben her hier hin hinter ich ihr ihre ihren ihrem ihrer im in ins ist ja
    jede jeder jedes kann können man mehr mit nach neben noch nun nur ob sein seine seinen seiner sehr sich sie sind so
    soll sollen sollte über um unter vom von vor war waren was wenn werden wie wird wir zu zum zur zwischen während wo
    welche welcher welches diese dieser dieses diesem diesen etwas ganz gerade schon immer wieder liegt steht sitzt hängt
    alle alles jeweils bitte`),
  es: list(`
    el la los las un una unos unas y o pero de del al a en con por para sobre entre hacia desde hasta que quien
    cuyo cuya como cuando donde es son está están era fue ser estar hay ha han su sus se lo le les me mi tu muy más
    también ya todo toda todos todas este esta estos estas ese esa eso aquel cada otro otra otros otras mientras tras bajo
    ante durante si sea debe deben tiene tienen parece quiero`),
  fr: list(`
    le la les l' un une des du de d' et ou mais à au aux en dans sur sous avec pour par entre vers chez que qui dont où
    quand comme est sont était être il elle ils elles on son sa ses se ce cet cette ces leur leurs plus très aussi tout
    toute tous toutes chaque autre autres pendant derrière devant depuis y je tu nous vous`),
  it: list(`
    il lo la i gli le un uno una e o ma di del della dei delle dello degli a al alla ai alle da dal dalla in nel nella nei
    nelle con su sul sulla per tra fra che chi cui come quando dove è sono era essere si suo sua suoi sue molto più anche
    tutto tutta tutti tutte ogni altro altra questo questa mentre`),
  pt: list(`
    o a os as um uma uns umas e ou mas de do da dos das em no na nos nas com por para sobre entre até que quem cujo como
    quando onde é são está estão era ser se seu sua seus suas muito mais também todo toda todos todas este esta cada
    outro outra enquanto ao à`),
};

const marks = new Map<string, Language[]>();
for (const language of languages)
  for (const word of stopWords[language]) marks.set(word, [...(marks.get(word) ?? []), language]);

/** The language that has most of a text's small words; English where none has any. */
export function languageOf(words: readonly string[]): Language {
  const found: Record<Language, number> = { en: 0.5, de: 0, es: 0, fr: 0, it: 0, pt: 0 };
  for (const word of words) {
    const languagesOfWord = marks.get(word);
    if (languagesOfWord) for (const language of languagesOfWord) found[language] += 1;
  }
  let best: Language = 'en';
  for (const language of languages) if (found[language] > found[best]) best = language;
  return best;
}
