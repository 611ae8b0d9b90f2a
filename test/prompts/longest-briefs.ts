import type { PromptSample } from './prompt-sample.ts';

/** What people paste when they paste everything they have: up to the 10,000 characters that are taken at all. */
export const longestBriefs: readonly PromptSample[] = [
  {
    name: 'hidden object picture: the harbour',
    concepts: [
      'harbour',
      'ferry',
      'fish market',
      'lighthouse',
      'circus',
      'elephant',
      'crane',
      'customs officer',
      'smugglers',
      'bathing beach',
      'ice cream',
      'submarine',
      'hidden object',
      'bakery',
      'wedding',
      'stork',
      'sailing school',
      'isometric',
      'ink',
      'watercolor',
    ],
    text: `This is the brief for the second double page of our big cardboard book, the one with the harbour. It's a hidden object picture, a so-called seek-and-find, for children between three and seven years, and for the adults who have to look at it with them every evening for about two years, so please make it worth their while. The technique is the same as on the first double page: ink outlines drawn with a dip pen, a little shaky, filled with watercolor, with clear colors and with no outlines in black but in a very dark brown. The perspective is a raised, nearly isometric view, which means there is no horizon line and nothing gets smaller towards the top, since everything has to be equally easy to find.

General layout. The picture is landscape format, twice as wide as it is high. The water comes in from the lower left and takes up nearly half of the page. The quay goes diagonally from the lower right up to the middle, where there's a small square, and from there the houses of the old town climb up the hill to the upper right corner. In the upper left there is a spit of land with the lighthouse and the bathing beach. In the fold in the middle of the page, please place nothing important, no faces, only water, paving stones and roofs.

The water. The largest thing in the picture is the ferry, white with a red funnel. Its bow is open like the mouth of a whale, and cars, cyclists, a tractor with a trailer full of pigs, and a class of schoolchildren in pairs are coming out of it. On the upper deck stands a man who is being seasick, although the ship has long been tied up. In front of the ferry a tug is puffing. The sailing school has nine tiny dinghies, all with the same yellow sails, that go every way except the right one; one has capsized, and the child is sitting on the keel eating a sandwich. A periscope looks out of the water, it belongs to a submarine that is far too small, in which three children are sitting (we see it through the water, a lighter green). Two divers, a swimming dog with a stick, a message in a bottle, a bathtub with a moustached gentleman in it who's fishing. Seals on a buoy. A row of ducks crossing, with a police boat that has stopped for them.

The quay. Right at the front is the fish market, with striped awnings, crates full of ice, lobsters that have escaped and are walking in single file toward the water, and a cat for every stall. The fishwife throws a turbot at a thief. Beside it stands the big blue crane, which is unloading a wooden crate, and the crate has broken open in mid-air, and out of it looks the elephant. He belongs to the circus, which is just arriving by ship: we see the artists in their costumes carrying their own luggage, a strongman with a tiny suitcase, a woman with a beard and a pram, acrobats who use the mooring rope as a tightrope, a clown who is the only one who looks sad because he's lost his red nose (the nose has to be somewhere else in the picture, on the beach, where a child takes it for a ball). A customs officer with an immaculate uniform is inspecting a barrel. He doesn't see that behind his back three smugglers in striped jerseys are carrying one barrel after another out of a boat and into a cellar window. The last barrel has feet.

The square. In the middle is a fountain with a stone Neptune, who has a pigeon on each spike of his trident. Around it stands everything a square needs: the bakery with a golden pretzel above the door and a queue in front of it, a bookshop with a ladder, a café where two old ladies have been playing chess for so long that a spider has built its web between them, a barber, a shop for nothing but buttons. An ice cream cart is surrounded by children, and one scoop has fallen down and is being guarded by four sparrows. A wedding party comes out of the town hall, the bride on the shoulders of the best man because of a puddle, rice is thrown, hens come running from all directions. A brass band plays, the tuba is full of water, and a small girl holds her ears shut. A painter sits in the middle of it all and paints the harbour; on his canvas one can see exactly this picture.

The hill. The houses are narrow, crooked and have each a different color. Through the open windows we look into the rooms: a boy practising the trumpet, a family at table with spaghetti up to the ceiling lamp, a burglar who has fallen asleep on the sofa he meant to steal, a grandmother lifting weights, a woman who is taking a bath with her hat on, an inventor whose roof is just lifting off. On the highest chimney is a stork in its nest, which wears spectacles and reads a newspaper. Washing lines go across the lanes. A postman chases his letters down the stairs. On the last step sits a boy with a plaster cast on his leg, and everybody who goes past has drawn something on it. At the very top, in the upper right corner, stands a windmill, and a goat stands on one of its sails.

The spit of land. The lighthouse is striped red and white, and the keeper is up there with a bucket and paints the last stripe. He's painted himself into a corner. Below it is the bathing beach with parasols, deckchairs, a sandcastle bigger than the lifeguard's tower, a sunburnt man with the white imprint of a hand on his belly, an ice bather with a woolly hat, a girl who has buried her father up to the neck and has forgotten where. A whale's skeleton serves as a climbing frame. The nose is here. In a hollow behind the dunes, where nobody looks, a very small dragon makes itself a campfire and toasts a marshmallow. It's the reward for those who look thoroughly.

Things to be found. On the margin of the book there will be a list with little drawings, so the following must really be there, once each, clearly visible but not at first sight: a red umbrella, a golden key, a snail with a house that is an actual house, a one-legged gull, a violin, a lost mitten, a green bottle, a kite in the shape of a fish, a mouse with a crown, a pair of glasses, a bunch of seven balloons, and the inventor's roof. The cat with the blue collar, who appears in all of our books, should be there too; please hide it well.

Colors and mood. It's a fresh morning in June with a light breeze from the left, which should be seen in the flags, in the laundry and in the hats that fly. The water is green, not blue. The main colors are brick red, cream, yellow ochre and bottle green, with small accents in vermilion. Shadows are short and transparent, a light violet wash, all falling to the lower right. There is no empty spot that would be bigger than a thumb, and still the eye must find the big forms first: the ferry, the crane with its elephant, the square, the lighthouse. Everybody in the picture is busy, everybody has a face and an intention, nobody is evil, not even the smugglers. People have all sorts of skin colors, ages and shapes, families come in all varieties, and someone in a wheelchair is winning a race.

Please don't: no lettering on shops, signs or ships, since the book appears in fourteen languages; no brands; no phones or screens; no smoking; nothing that looks like a photograph or a 3d render, no gradients, no gloss, no perfect straight lines; no characters that look like those of other well-known books of this kind, in particular nobody in a red-and-white striped jumper with a bobble hat. And please take care of hands, of oars and of bicycle wheels, which went wrong last time. Thank you!`,
  },
  {
    name: 'storyboard: the clockmaker',
    concepts: [
      'clockmaker',
      'storyboard',
      'automaton',
      'workshop',
      'pocket watch',
      'daughter',
      'snow',
      'church tower',
      'graphite',
      'train',
      'gears',
      'close-up',
      'rooftops',
      'grave',
      'music box',
      'candle',
      'crows',
    ],
    text: `Storyboard sheet, one single image with twelve panels in four rows of three, for an animated short film called, for the time being, the clockmaker. The drawings are made with graphite and a single grey marker, quick but precise, on slightly yellow paper, with thin black frames in the format 2.39:1. One color only is allowed, a warm orange, and it's reserved for light that comes from a flame or from the inside of the automaton. No captions, no arrows, no numbers.

Panel 1, establishing shot. A small town in a narrow valley, late in winter, at the end of the night. Rooftops under a thick layer of snow, a river with ice at its edges, and in the center a church tower whose clock has stopped at five past three. Crows are sitting on the hands. In the whole town there's just one window that is lit.

Panel 2, interior, wide. The workshop behind that window. It is long and low like the hull of a ship and on all of its walls there are clocks: wall clocks, cuckoo clocks, ship's chronometers, alarm clocks, hundreds of them, and each of them shows a different time. On a bench in the middle, in the light of a candle, sits the clockmaker, seen from behind, a very thin man in shirt sleeves with braces, bent so deeply that we can't see his head.

Panel 3, extreme close-up. His eye, enlarged monstrously by a loupe. There are gears reflected in it. A tear has collected at the edge of the loupe, but he doesn't notice.

Panel 4, close-up. His hands. With tweezers he inserts a tiny wheel into an open chest made of brass and cherry wood. The chest is the size of a child's. Where the heart should be there's a pocket watch, an old one with a dent in its lid, ticking. It's the first time that we see the orange.

Panel 5, medium shot. He leans back and we see the whole figure, lying on the bench under a blanket up to its chin like a patient: an automaton, a girl of about ten, with a face carved from limewood, very fine, unpainted, with closed lids. On a hook behind it hangs a child's coat, and next to the coat there is a framed photograph of his daughter. It is the same face.

Panel 6, flashback, softer pencil, white vignette. A summer day at a railway station. The daughter, alive, laughing, leans out of the window of a departing train and holds the pocket watch to her ear. He is running alongside on the platform. Steam.

Panel 7, wide, high angle, again in winter. A cemetery on a slope, small black figures with umbrellas around a grave, deep snow. He stands apart from the others. From up here we notice that the paths between the graves make the shape of a broken gear.

Panel 8, close-up. Back in the workshop. His thumb on the key in the neck of the automaton. He hesitates. Frost flowers on the window in the background, the dawn behind them.

Panel 9, close-up. The lids are open. The eyes are made of glass and they're empty, and then, deep inside, there's a small orange light. All of the clocks on the wall behind her have stopped, and for the first time they show the same hour.

Panel 10, two-shot, low angle. She has sat up. She turns her head to him with a slight jerk, and opens her mouth, and what comes out isn't a voice but the tune of a music box (we see this from the little comb of steel and the drum turning between her teeth). He has both of his hands in front of his mouth. It's ghastly and it's beautiful, both at once.

Panel 11, exterior, medium. Morning. The two of them are walking hand in hand up the lane through fresh snow. She wears the coat from the hook. People have opened their windows and doors and stare, a woman crosses herself, a dog has its tail between its legs, but a small boy waves, and she's waving back, a bit too fast. Her footprints are perfectly regular, his are not.

Panel 12, very wide, the counterpart to panel 1. The church tower from the same angle, in the sun now. The crows fly off, because the hands of the clock have moved. Way up behind the dial, in a small opening, one sees her sitting, tiny, with an orange glow in her chest, her hands in the works, her legs dangling. Below on the square the clockmaker has taken off his hat. The last thing we should feel is that she hasn't been brought back, that she is someone else, that he's understood this, and that it is good.

About the style: I'm thinking of the drawings of eastern European animators of the seventies, of Kubin and Trnka, with exaggerated silhouettes, long noses, big hands, and with a lot of texture in the shadows, but a storyboard nonetheless, that is, with clear staging and readable silhouettes, construction lines left standing here and there, smudges of the thumb. The lighting is dramatic, chiaroscuro, the candle is always the only source within the room. Keep the character consistent: he's always the same man, with a bald head with a wreath of white hair, wire glasses, and a waistcoat with one missing button. She's always got the same carved parting in her hair and the visible seam along her jaw. The sheet should look as though it had been scanned from the director's desk, with a coffee ring in the lower right corner and a strip of tape at the top.`,
  },
  {
    name: 'hotel lobby, all wishes of the owner',
    concepts: [
      'lobby',
      'terrazzo',
      'reception desk',
      'walnut',
      'staircase',
      'palm',
      'fireplace',
      'chandelier',
      'velvet',
      'bar',
      'courtyard',
      'fountain',
      'bookcase',
      'guests',
      'concierge',
      'art deco',
      'evening',
      'piano',
      'dog',
    ],
    text: `We're converting a former post office from 1928 into a hotel with forty-two rooms, and before the architects go on we'd like to have one picture of the lobby which shows the investors what it is going to feel like. It's important to us that this isn't one more picture of an empty, shiny room. So here are all the wishes, first from me and then from my wife, please try to bring them together somehow.

The room itself is fixed. It's the old counter hall, eighteen metres long, eleven wide and nine high, with a glass ceiling in a grid of slender steel that was painted over during the war and has been cleaned by now, so that daylight falls in again. On both long sides there are five round arches on pillars of green marble. The floor is terrazzo in cream, black and oxblood, laid in the shape of large fans; it has cracks, we've decided to keep them. At the far end a staircase with a brass handrail leads up to a gallery which goes all around the hall, and the doors of the rooms of the first floor open onto it. In other words: art deco, the real thing, but a provincial and a friendly version of it.

What we add. The reception desk should be where the counter for parcels used to be, on the left under the second arch, a long curved piece of furniture made of walnut, with a fluted front and a top of bronze that will get darker over the years wherever people touch it. Behind it are the old pigeon holes for letters, three hundred of them, with the brass numbers still on; we use them for keys, for newspapers, for umbrellas and for a sleeping cat. The concierge is a woman of about sixty with short white hair and a bottle green suit, who is just handing over a key, and not a card, and says something that makes the guest laugh.

In the middle of the hall, under the glass, we don't want any furniture that stands in rows. There should be four or five islands, each of them with a carpet, a lamp and some seats that don't match, as if a large family had lived here for three generations: armchairs in rust colored velvet, a chesterfield, a rattan chair, low tables with a top made of leather, one with a chessboard. Between them stand plants, and I mean real plants, a palm that goes up to the gallery, philodendrons, ferns in copper vats. On the right is the fireplace, which isn't historical, we've had it made of green tiles by a potter from the region, with a bench around it. A fire is burning in it. On the bench lies a dog, ours, a grey lurcher called Otto, you can't miss him.

Above everything hangs the chandelier. It's the one extravagance we allow ourselves: eight metres long, made of about two thousand folded letters of porcelain, thin as paper, each one with a warm light inside, that seem to be flying up in a spiral towards the glass ceiling, because this was a post office after all. It must look light and must not look like a shoal of fish.

To the right of the staircase one looks through a pair of open doors into the bar, which is dark, deep blue, lacquered, with a mirror behind the bottles, low stools and a barkeeper who is polishing a glass. To the left of it, through an identical pair of doors, one looks into the courtyard, where the old loading ramp has been turned into a terrace with a small fountain, lemon trees in pots and strings of bulbs, and it's already dusk out there, the sky is that dark transparent blue.

My wife's wishes: there has to be a bookcase, a tall one, with a ladder, along the whole of the right-hand side beneath the gallery, and the books must look as if they had been read. A piano, not a grand piano, an upright one, with someone playing on it badly, ideally a child. Flowers, but wild ones, in a jug. She'd like to have no music stands with menus, no ropes, no sculptures of horses, and nothing in gold. She'd like it to smell of wood, of oranges and a bit of wet dog, and maybe one can see that.

The time is an evening in late autumn, around half past five. The last daylight still comes through the ceiling, cool and soft, and all the lamps are already on, warm, at several heights, so that there are many small pools of light with some shadow in between them. It's been raining, someone has left a wet umbrella in a corner with a puddle under it. About fifteen guests are in the room, scattered: a couple with suitcases who have just arrived and are looking up with their heads thrown back, a man who's asleep with a book on his chest, two businesswomen with a bottle of red wine, an old lady playing chess against a boy of about twelve and losing, a father with a baby on his arm walking up and down on the gallery, a cyclist in dripping gear. No models. Nobody's looking at us.

Photographically I'd like an interior picture such as one finds in the good magazines: central perspective, exactly on the axis of the hall, from the entrance door, at a height of one metre fifty, 24mm, everything sharp, verticals straight, long exposure, so that those who are moving are slightly blurred. Honest materials with wear, realistic reflections in the terrazzo, no fog, no lens flares, no HDR look. The atmosphere ought to be generous and a bit untidy, cheerful and calm, a place in which you'd stay sitting even though you've actually got to catch a train. Format 3:2. No text anywhere, please, with the exception of the old enamel sign "TELEGRAMME" above the third arch, which is under monument protection.`,
  },
  {
    name: 'messy copy and paste from a forum',
    concepts: [
      'forest spirit',
      'antlers',
      'moss',
      'shrine',
      'fireflies',
      'fox',
      'river',
      'mushrooms',
      'mist',
      'moonlight',
      'mask',
      'lantern',
      'roots',
      'fantasy',
      'stag',
      'ancient tree',
      'robe',
      'runes',
    ],
    text: `Prompt (v7, works best with euler a, 30 steps, cfg 6, don't forget the lora!!):

(masterpiece:1.2), (best quality:1.2), (ultra detailed:1.1), 8k, fantasy, dark fantasy, illustration, (forest spirit:1.35), tall forest spirit, guardian of the forest, (huge antlers:1.2), antlers overgrown with moss, antlers with hanging lichen and small bells, wooden mask, (white wooden mask:1.15), mask with painted red lines, mask without mouth, two small glowing eyes behind the mask, long robe made of leaves and bark, robe of moss, robe trailing into roots, roots growing out of the sleeves, long thin fingers, fingers like branches, holding a lantern, iron lantern with blue flame, birds nesting on the shoulder, ferns growing on the back,

sitting on a throne of roots, (ancient tree:1.2), gigantic ancient tree, hollow tree, oak, thick roots, twisted roots, carved runes on the trunk, glowing runes, golden runes, sap dripping like honey, shrine at the foot of the tree, small stone shrine, offerings, bowls of milk, apples, coins, candles, melted candles, red ribbons tied to the branches, paper charms, wooden bridge, river, slow dark river, stepping stones, water lilies, reflection of the moon in the river, waterfall far away, mist, (low mist:1.1), ground fog, mushrooms, glowing mushrooms, fly agarics, fairy ring, foxgloves, bluebells, clover, (fireflies:1.2), hundreds of fireflies, floating pollen, spider webs with dew, moths,

animals gathered around, small red fox, (red fox:1.1), fox bowing its head, white stag in the background, stag, hares, hedgehog, badger, owl on a branch, wolf lying peacefully next to a lamb, toads, snakes coiled around the roots, all animals looking at the spirit, child in a red hood offering a flower, tiny child, seen from behind, brave, bare feet,

night, (moonlight:1.2), full moon, moonbeams through the leaves, god rays, volumetric light, cold blue light, warm light from the candles, rim light on the antlers, bioluminescence, subsurface scattering in the leaves, strong contrast, deep shadows, emerald and midnight blue palette, gold accents, mysterious, sacred, melancholic, silent, ancient, fairy tale, celtic mythology, slavic mythology, shinto, princess mononoke mood, low angle, wide shot, symmetrical composition, framing by branches, foreground leaves out of focus, depth of field, atmospheric perspective, sense of scale, leading lines by the river,

painterly, oil painting, visible brush strokes, intricate, intricate details, highly detailed, extremely detailed, sharp focus, concept art, matte painting, splash art, artstation, trending on artstation, cgsociety, by brian froud, by alan lee, by john bauer, by arthur rackham, by ivan shishkin, magic the gathering, award winning, epic composition, cinematic, cinematic lighting, unreal engine, octane render, hdr, <lora:forest_spirit_v4:0.75> <lora:moss_and_lichen:0.5> <lora:glow_runes_xl:0.35>

BREAK

alternative version if you want the sad one, I think this one is even better to be honest, I got it after like two hundred tries: the forest spirit is kneeling in a clearing where all of the trees have been cut down, only stumps as far as you can see, and a bulldozer stands in the rain with its lights on, and nobody is in it. It is holding the last seedling in its cupped hands, one antler is broken off and lies in the mud, the mask has a crack that goes right across it, and from the crack light is leaking, and where the drops of light fall down small flowers are growing, very small ones. The fox from the first picture is lying next to it with its head on its knee. The sky is pale grey, no moon, early morning, heavy rain, puddles, tyre tracks filled with water, a lost yellow helmet. Way back at the edge of the picture, behind the fence, stands the child with the red hood, older now, maybe sixteen, in a rain jacket with a red hood, and she's climbing over the fence with a spade. So it isn't hopeless. Muted colors, only the light and the hood have any. It should feel like the quiet after something really loud. Same style as above, same loras but put the runes one down to 0.2 or it will put glowing scribbles on the bulldozer, and use (broken antler:1.3) because otherwise it ignores that.

BREAK

someone in the comments asked for a portrait version so here it is: close-up, portrait of the forest spirit, only head and shoulders, mask in the center, looking at viewer, moss, lichen, snail on the mask, tiny mushrooms growing out of a crack, water drops, eyes glowing softly, breath visible as spores, background dark green bokeh with fireflies, 85mm, f/1.4, shallow depth of field, macro details, hyperdetailed texture of wood, hyperdetailed moss, ultra detailed, photorealistic, (photo realistic:1.2), raw photo, natural light, overcast forest light, kodak portra 400, film grain, best quality, masterpiece, highly detailed, sharp focus, 8k uhd, dslr, high quality

Negative prompt goes in the other box obviously, mine is the usual stuff. tips: if the antlers get cut off at the top, make the picture taller or add "headroom" at the start. if you get two spirits, lower the res and use hires fix. if the fox turns into a dog, add fox again at the end: red fox. If the lantern becomes a lightsaber (it happens, don't ask me why), remove "glowing" somewhere. Have fun and please post your results here, I love to see them!!!`,
  },
];
