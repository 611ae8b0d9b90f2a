const things = [
  'a weathered lighthouse keeper',
  'a brass telescope',
  'a storm over the northern sea',
  'a rope bridge between two cliffs',
  'a flock of white gulls',
  'a lantern with green glass',
  'an old map on an oak table',
  'a sleeping grey cat',
  'a blue porcelain teapot',
  'a spiral staircase of iron',
];
const looks = ['golden hour light', 'oil painting', 'wide angle composition', 'soft mist', 'muted autumn colours'];
const filler =
  'and it should really be very very nice and beautiful in every possible way, as one would imagine it when thinking of such a scene';

/** A prompt of people who say everything several times, at least so long. */
export function longPrompt(characters: number): string {
  const clauses: string[] = ['<lora:ink-wash:0.7>', '(cinematic lighting:1.3)', 'a sign that says "Open, all day"'];
  for (let at = 0; clauses.join(', ').length < characters; at += 1) {
    clauses.push(things[at % things.length] ?? '', looks[at % looks.length] ?? '', filler);
  }
  return clauses.join(', ').slice(0, Math.max(characters, 1));
}
