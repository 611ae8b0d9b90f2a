import type { PromptSample } from './prompt-sample.ts';

/** More than a model takes: screenplays, briefs of agencies, notes for games, letters. All are above 3,000 characters. */
export const longBriefs: readonly PromptSample[] = [
  {
    name: 'screenplay: the lighthouse',
    concepts: [
      'lighthouse',
      'storm',
      'MARGARET',
      'oil lamp',
      'spiral staircase',
      'shipwreck',
      'broken lens',
      'logbook',
      'waves',
      'wool coat',
      'boy',
      'cinematic',
      'night',
      'low angle',
      'kerosene',
    ],
    text: `INT. LIGHTHOUSE, LANTERN ROOM - NIGHT

A storm. Not the kind of storm one listens to from a bed, but the kind that makes a tower of granite hum like a tuning fork. Rain hits the storm panes as if somebody were throwing gravel. In the middle of the round room stands the great lens, taller than a man, a beehive of glass prisms in a brass frame. One of its panels is missing. Pieces of the broken lens lie on the iron floor and reflect what little light there is.

MARGARET (58) kneels beneath it. She wears her late husband's wool coat, which is far too big for her, over a nightgown, and she has no shoes on. Her grey hair has come undone and sticks to her face. She has jammed a torch between her teeth and is trying to light a kerosene burner with matches that are wet. One breaks. Another one breaks. She doesn't swear. She has stopped swearing an hour ago.

Through the glass behind her we see the sea, or rather we see where it must be: black hills that move, with white edges, higher than anything should be. And for the length of a lightning flash there is a ship on them, a three-masted bark with torn sails, much too close to the reef. Then it's dark again.

EXT. LIGHTHOUSE - NIGHT

Low angle from the rocks. The tower rises into the clouds like a finger, white, streaked with rust, and dark where the light ought to be. Waves explode against its foot and climb halfway up before they fall back. A door bangs. A rope that used to hold a boat whips about without a boat. Far below in the foam float barrels, a shattered hatch, a sailor's cap: the first signs of a shipwreck that is only just beginning.

INT. LIGHTHOUSE, STAIRS - NIGHT

The spiral staircase seen straight from above, a nautilus of worn stone steps, with a small light coming up from the bottom of it, round and round. It is a boy, TOM (9), in pajamas, with a scarf wrapped around his neck. With both arms he carries an old oil lamp, the one from the kitchen table, and he shields the flame with his whole body. His face is lit from below, and it is the most serious face in the world. Wind comes down the stairs and wants the flame. Tom turns his back to it and climbs the rest of the way backwards, step by step.

INT. LIGHTHOUSE, LANTERN ROOM - NIGHT

Margaret hears him before she sees him. The warm light comes up through the opening in the floor, slides across the ceiling and suddenly runs through all the prisms of the lens, breaks apart and throws bands of color across the walls. For a moment the whole room is a cathedral. She takes the torch out of her mouth. She looks at the lamp, she looks at the lens, and then at the boy. On the desk next to them lies the open logbook, and the last entry in it, in neat handwriting, says "Light out 2:14". The pen rolls to and fro with the swaying of the tower.

THE IMAGE WE WANT is this last moment, as a single frame: the old woman on her knees and the boy with the lamp in front of the gigantic lens, the warm light breaking in it, the storm outside as a wall of blue and black, a lightning flash which shows the ship. Cinematic, 35mm film, anamorphic, grain, in the manner of a great cinematographer who trusts the darkness. Orange and deep blue are the only colors. The camera is low, a bit to the left, so that the curve of the windows leads to the ship. Real faces, real age, no beauty light. I really want people to hold their breath when they see it.`,
  },
  {
    name: 'agency brief: winter campaign',
    concepts: [
      'ski jacket',
      'alpine village',
      'snowfall',
      'grandfather',
      'cable car',
      'mulled wine',
      'yellow',
      'hut',
      'dog',
      'lifestyle photography',
      'blue hour',
      'negative space',
      'backlight',
      'logo',
    ],
    text: `CAMPAIGN IMAGE, WINTER, MASTER VISUAL (OUT OF HOME, 18/1 BILLBOARD, PLUS SOCIAL CUT-DOWNS)

Background, for your understanding only. The client makes outdoor clothing and has done so since 1931. For years their advertising has shown what everybody's advertising shows, namely young, extremely fit people who fall off mountains in slow motion. Research says that their customers are in fact between forty-five and seventy years old, that they have children and grandchildren, that they like to sit in a hut at least as much as they like to be on a slope, and that they find most of the category ridiculous. So this winter we want to show warmth. Not literally a fireplace, please, we have all seen the fireplace. Warmth between people who are out in the cold together. The line will be "Stay out longer" and it will be set by us afterwards, so don't put it into the picture.

What we see. We are in a small alpine village, up where the road ends, at the blue hour on an evening in January. It is snowing, big slow flakes, the sort of snowfall that swallows every sound. In front of a wooden hut, on a bench against the wall, sits a grandfather with his granddaughter, about eight years old. He wears our ski jacket, the heritage model in mustard yellow, zipped up to the chin, and she has crawled into the jacket with him, so that only her head with a striped bobble hat looks out beneath his beard, like a second head of the same creature. Both of them look up into the falling snow with their mouths open in order to catch flakes with their tongues. They are concentrating hard. In his free hand he holds a mug of mulled wine, hers, with hot chocolate in it, stands forgotten on the bench and has already got a little hat of snow. An old dog of no particular breed lies across their boots and sleeps. Two pairs of skis and one sledge lean against the wall.

Surroundings. Behind the hut the village goes down into the valley: steep roofs with half a metre of snow on them, a church tower with an onion dome, and here and there a lit window in warm yellow. Above all this hangs the last cable car of the day, a small red cabin with a lamp inside, half erased by the snow. No cars, no other people in the foreground, maybe one tiny figure with a shovel. The mountains can be felt rather than seen.

Light and color. The scene is blue, in many shades, from steel to ink, and the jacket is yellow. That's the idea. There is a lamp above the door of the hut that gives us a backlight, so that every flake near the two of them lights up and their outline is drawn with a fine golden rim, and enough light bounces back from the snow to see the faces. Please keep the skin warm. No orange-and-teal look, no HDR, no fake sun.

Composition. Format 2:1. The bench is in the right third. The left half is mostly falling snow and dark blue distance, this is the negative space we need for the type. Camera at the height of the girl's eyes, 50mm, f/2.8, the two are sharp, the village is soft but can be read. The chest logo of the jacket should be covered by the girl's mitten, we'll deal with it in retouching.

Style. Lifestyle photography, but honest: real people, wrinkles, a red nose, a beard with ice in it, a hat that has been knitted by somebody. Nobody smiles into the camera. It should look as if a very good photographer had happened to walk past. Funny at the first glance, touching at the second one. High resolution, natural grain, no visible AI smoothness in the fur and in the snow.`,
  },
  {
    name: 'game location: the drowned library',
    concepts: [
      'drowned library',
      'cathedral',
      'bookshelves',
      'water',
      'rowing boat',
      'monks',
      'candles',
      'statue',
      'moss',
      'glowing algae',
      'giant eel',
      'dome',
      'concept art',
      'chains',
      'moonlight',
      'wide shot',
    ],
    text: `Environment concept art for a role playing game, key location of the second act: the drowned library of Saint Orwen.

History, so that you know why it looks the way it does: the library was built as part of a cathedral eight hundred years ago, on an island in a lake. When the dam in the north broke, the valley was flooded within a single night, and since then the water has stood about six metres high in the main hall. The monks refused to leave. They moved what they could up to the galleries, and they've been living there ever since, in the twilight between the water and the dome, copying the books that rot faster than they can write. Nobody has told them that the kingdom they are writing for doesn't exist any more.

The view: a wide shot from a gallery on the west side, about ten metres above the surface, looking along the whole length of the nave towards the apse. The space is enormous. Columns as thick as old oaks rise out of black water and branch into ribs far above. Between them stand the bookshelves, four storeys of them, dark carved wood with iron balconies, the lower two under water, and you can see the spines of the books through the surface, swollen, pale, with tiny fish moving between them. In the middle of the hall, where the choir used to be, the head, one shoulder and a raised hand of a colossal marble statue of the saint stick out of the water. Moss hangs from the fingers. A bell hangs from chains above it, at an angle.

The life in it: two monks in a flat rowing boat glide across the center of the picture; one of them poles, the other one holds a long hook with which he fishes for books. Three wet volumes lie in the boat like a catch. Their habits are the color of wet ash and their hoods are lined with a faded red. On the galleries there are writing desks, each with one candle, dozens of small warm points of light that are doubled by the water, and washing lines on which not clothes but single pages have been hung up to dry. Rope bridges and planks connect the shelves. Somewhere a cat.

The threat: under the boat, and it should take the viewer a few seconds to notice it, there's a long dark shape. A giant eel, as long as three boats, is winding its way between the columns, and only its back touches the surface and draws a thin line there. Its eye, pale as a coin, looks up.

Light: the dome over the crossing is broken. Through the hole moonlight falls in a single hard shaft, in which mist and drops of water are drifting, and it strikes the face of the statue. Along the waterline grows glowing algae, a bluish green, like a tide mark on all the columns, so that the architecture is lit from below very faintly. The candles are the only warm light. So we have three sources, cold from above, green from below, gold at the sides, and each of them is confined to its own zone, please don't mix them all up into a general glow.

Mood: sacred, patient, sad, slightly mad. It isn't a horror level. Players should want to stay here.

Technique: digital painting, loose and painterly in the dark parts, precise around the boat, the statue and the candles. Strong value structure that can be read as a thumbnail: dark frame of foreground balcony with carved wooden demons, mid tone water, bright shaft of light. Atmospheric perspective, wet surfaces, believable gothic construction, no fantasy spikes. 16:9, high resolution, no text, no UI, no signature. References for the feeling: Piranesi's prisons, Tarkovsky's rooms full of water, and the reading rooms of old monasteries in Austria. Also please keep a clear path for the player that leads from the lower left to the apse, with a light every few metres, because level design has asked for it.`,
  },
  {
    name: 'letter: childhood garden',
    concepts: [
      'garden',
      'cherry tree',
      'swing',
      'grandmother',
      'rain barrel',
      'hollyhocks',
      'wooden shed',
      'cat',
      'currants',
      'summer evening',
      'watercolor',
      'fence',
      'laundry',
      'swallows',
      'enamel bowl',
    ],
    text: `Dear whoever or whatever is going to paint this, I hope it's all right if I simply tell you about it, since I am eighty-one and I have never written one of these before. My great-nephew says that I should describe the picture as exactly as I can. So I will try, and please forgive me if I get lost in between.

It is about the garden of my grandmother, in a village in the east which doesn't exist any more under that name. I have no photograph of it. I was there every summer until I was nine, and then never again. What I would like to have is one picture of how it was on a summer evening, when the sun was already low and came from the side, through the slats of the fence, so that there were stripes of light lying across everything: the path, the beds, the wall, and us.

In the middle, a little to the right, stood the cherry tree. It was very old and leaned so much that my grandfather had put a forked branch beneath it as a crutch. On the lowest bough hung the swing, nothing but a board with two ropes. I should like to be on that swing, please, a thin girl with plaits and scraped knees in a dress made of the same cloth as the kitchen curtains, small red flowers on white. Not swinging high. More like hanging there, twisting the ropes a bit, barefoot, with my toes drawing circles in the dust.

To the left of it was the bench, and on it my grandmother, in her blue apron with the tiny dots, with a headscarf, sitting with her legs apart as old women did, with a white enamel bowl between her knees. The bowl had a chipped blue rim. She was always doing something with her hands while she told stories, and on that evening it was the currants, red ones, which she stripped off with a fork. Her fingers were quite red. She isn't looking at what she does, she looks at me. I think that this is the most important thing in the whole picture, that she looks at me.

Behind the bench was the wooden shed, grey, never painted, with a crooked door that had a heart cut in it, and against it leaned the rake, the scythe, which I wasn't allowed to touch, and my grandfather's bicycle. Along the shed wall grew hollyhocks, taller than a man, in dark red and yellow and pink, with bumblebees in them. On the corner stood the rain barrel, and on the lid of the rain barrel slept Mohrle, the cat, black with one white paw that hung down over the edge. Then there were the beds: peas, dill that had gone to seed, marigolds, potatoes, and a scarecrow with a soldier's coat which frightened nobody. On the line between the tree and the shed hung the laundry, big white sheets and my grandfather's long underpants, I insist on the underpants. And high up in the sky were the swallows, a great many of them. If it is at all possible, one should be able to hear them.

There's also the fence at the back, with the gate standing open, and behind it the fields, quite yellow, and a road with poplars that goes off to the left. My grandfather might be coming along that road, very small, pushing a handcart. He need not have a face. It is enough to know that he is on his way home.

As for the manner of painting: I am fond of watercolor, the kind in which the white of the paper shines through and things at the edges are not quite finished, as if it were still remembering them. Warm colors, gold, green, that faded blue of the apron. Nothing sweet. Gardens like this one smelled of tomcats and of compost too. And please no dates and no names written on it, and nobody smiling at the viewer. We did not know that anybody was watching. Thank you very much in advance, and take your time with it.`,
  },
  {
    name: 'character sheet: the courier',
    concepts: [
      'courier',
      'character sheet',
      'roller skates',
      'raccoon',
      'prosthetic leg',
      'orange raincoat',
      'satchel',
      'freckles',
      'turnaround',
      'expressions',
      'cel shading',
      'helmet',
      'walkie-talkie',
      'color palette',
      'grappling hook',
    ],
    text: `Character sheet for an animated series (2D, cel shading, target group 8 to 12). Name of the character: Pim. Please deliver everything on one page, landscape, on a plain warm grey background, cleanly arranged, with a lot of air between the parts.

Who is Pim? Pim is thirteen and works as a courier in a city that has been built into the walls of a canyon. There are no streets in that city, only ramps, stairs, ropes, lifts and rails, which is the reason why the couriers are all on roller skates, and why they're all slightly crazy. Pim has been doing this since she was nine. She knows every shortcut, is late for every single delivery and has never lost a parcel, apart from the one with which the series begins. She is brave in a thoughtless way, generous, loud, and she can't bear to be alone, which she would never admit. She talks to her raccoon instead.

Looks. Small for her age, wiry, with strong legs and big hands, a face full of freckles, a gap between the front teeth, thick eyebrows, green eyes set wide apart. Brown skin. Her hair is black and was cut by herself, one can tell, with one longer strand on the left side that she has wrapped in copper wire. Her right leg is a prosthetic leg from the knee downwards, self made out of aluminium, springs and a yellow rubber shock absorber, full of stickers. The skate on this side is built into the leg. It is never treated as a weakness in the story, it's simply the better leg.

Clothes. An oversized orange raincoat with reflective strips, open, its sleeves rolled up, the hood torn off at some point, the hem full of clothes pegs with notes on them. Beneath it a striped knitted vest that used to be someone else's, and dark green shorts with far too many pockets. Long sock on the left leg, with a hole. A leather satchel, nearly as big as she is, worn across the body, with brass locks and a horn of plenty of tags, seals and stamps; the lid is moulded by years of rain. The helmet is a kitchen colander with leather straps and aviator's goggles. On the belt: a walkie-talkie with a bent aerial, a bell, a bundle of keys, a grappling hook with a winch made from a fishing reel.

The raccoon. His name is Mister Dot. He is fat, old and vain, he wears one of Pim's socks as a jumper and usually hangs out of the satchel, with his arms folded on the edge like an elderly neighbour on a window sill. One of his ears is missing a piece. He is never cute on purpose.

What has to be on the page. First, the turnaround: front, three-quarter, side and back view of Pim, in a neutral pose, same height, feet on one line, with Mister Dot only in the back view. Second, six expressions of her head: laughing out loud, lying badly, furious, scared but hiding it, asleep, and the face she makes when she has just had an idea that will cause the next catastrophe. Third, three action poses: braking with sparks on a railing, hanging from the grappling hook upside down with the satchel open and letters flying out of it, and sitting on a roof edge at night, sharing a sandwich with the raccoon, seen from the back. Fourth, details: the leg with its mechanism in side view, the helmet, and the lock of the satchel. Fifth, a color palette with eight swatches without any writing.

Style. Clean, confident outlines with varying weight, flat colors plus exactly one shadow tone, no gradients, no textures. Big, readable shapes: the raincoat is a triangle, the satchel a square, the head a circle, so that her silhouette can be recognised at the size of a thumbnail. European comics rather than anime, somewhere between Moebius's clarity and the warmth of modern French animation. Colors: orange, petrol, cream, moss, copper. No text or labels, no watermark, and no additional characters. Proportions must be consistent in all of the views: she's five heads high, and hands and feet are a little too big.`,
  },
  {
    name: 'long anime tag dump',
    concepts: [
      'witch',
      'broom',
      'flying',
      'cityscape',
      'sunset',
      'black cat',
      'pointed hat',
      'clock tower',
      'red ribbon',
      'seagulls',
      'parcel',
      'anime',
      'cumulonimbus',
      'freckles',
      'harbor',
      'from above',
      'wind',
    ],
    text: `masterpiece, best quality, amazing quality, very aesthetic, absurdres, newest, score_9, score_8_up, score_7_up, anime, anime style, anime screencap, 1girl, solo, young witch, witch, (witch:1.1), apprentice witch, cheerful, energetic, flying, flying on a broom, sitting sidesaddle, broom, old broom, broomstick with a leather seat, lantern hanging from the broom, parcel tied to the broom, parcel wrapped in brown paper, string, red wax seal, leather satchel, letters falling out of the satchel, letters in the wind, envelope, stamps, short brown hair, messy hair, hair blowing in the wind, ahoge, (freckles:1.15), freckles on the nose, freckles on the cheeks, big hazel eyes, sparkling eyes, open mouth, big smile, fang, blush, looking at viewer, looking back, one hand holding the hat, other hand on the broom, pointed hat, black pointed hat, wide brim, hat with a red ribbon, red ribbon, big red ribbon, ribbon fluttering, black dress, simple black dress, white collar, puffy sleeves, long sleeves, dark cape, cape fluttering, cape with star lining, starry inner lining, striped stockings, brown boots, laced boots, boots with a hole, bandage on the knee, band-aid, black cat, (black cat:1.2), cat on the broom, small black cat, scared cat, cat clinging to the broom, cat with yellow eyes, cat with a bell collar, cat with fur standing on end, funny, comic relief, from above, aerial view, (from above:1.2), bird's eye view, dynamic angle, foreshortening, extreme perspective, dynamic pose, action pose, speed, speed lines, wind, wind lines, (wind:1.1), floating leaves, petals, feathers, seagulls, flock of seagulls, seagulls flying alongside, white birds, blue sky, orange sky, sunset, (sunset:1.2), sunset light, golden hour, cumulonimbus, cumulonimbus cloud, towering clouds, pink clouds, cloud shadows, sun behind the clouds, light rays, god rays, crepuscular rays, lens flare, bloom, glowing edges, rim light, rim lighting, backlighting, warm light, long shadows, cityscape, european city, old town, city by the sea, red tile roofs, terracotta roofs, thousands of roofs, chimneys, chimney smoke, narrow alleys, market square, tiny people, tiny people waving, children waving from a balcony, balconies with flowers, laundry lines, church, cathedral, clock tower, big clock tower, clock tower with golden hands, bells, pigeons, stone bridge, canal, boats in the canal, harbor, big harbor, sailing ships, masts, fishing boats, lighthouse on the pier, sea, ocean, sparkling sea, glittering water, reflections, waves, horizon, mountains in the distance, hills, vineyards, windmills, airship in the distance, rainbow, detailed background, extremely detailed background, beautiful background, beautiful detailed sky, beautiful detailed clouds, scenery, panoramic, epic scenery, breathtaking, depth of field, atmospheric perspective, depth, sense of height, vertigo, freedom, adventure, nostalgia, summer, summer evening, studio ghibli, studio ghibli style, hayao miyazaki, kazuo oga, hand painted background, painted background, gouache background, retro anime, 1990s anime, 90s style, cel shading, soft shading, film grain, slight chromatic aberration, vibrant colors, vivid colors, rich colors, warm palette, complementary colors, orange and blue, high contrast, sharp focus, crisp lines, clean lineart, thin lineart, detailed, highly detailed, ultra detailed, extremely detailed, insanely detailed, intricate, intricate details, hyper detailed, high resolution, highres, 4k, 8k, wallpaper, desktop wallpaper, ultra hd, uhd, best quality, high quality, masterpiece, amazing quality, trending on pixiv, pixiv, official art, key visual, movie poster, poster, promotional art, award winning, beautiful, gorgeous, stunning, cute, adorable, kawaii, perfect anatomy, perfect hands, five fingers, perfect composition, rule of thirds, dynamic composition, <lora:ghibli_bg_xl:0.7>, <lora:retro_anime_90s:0.55>, <lora:detail_tweaker_xl:0.8>, anime, best quality, masterpiece`,
  },
  {
    name: 'museum diorama: neolithic village',
    concepts: [
      'neolithic village',
      'pile dwellings',
      'lake',
      'potter',
      'dugout canoe',
      'flint',
      'thatched roofs',
      'palisade',
      'wheat',
      'fish traps',
      'cattle',
      'loom',
      'reconstruction',
      'dawn',
      'archaeological',
      'smoke',
    ],
    text: `We need a large illustration for a museum of archaeology, a reconstruction of a neolithic village on the shore of a lake at the northern foot of the Alps, about 3900 BC. It will be printed seven metres wide as the rear wall of a showcase, so it must be correct, it must be rich in detail, and people of all ages should be able to spend a long time looking at it. Please take the following remarks seriously, because our archaeologists will check every single object.

Season and time of day: late summer, dawn, the sun has just come up behind the hills on the right. There is low mist over the lake, the surface is calm. The light is warm and comes from the side, and the shadows are long. No drama in the sky, please, merely a clear morning that promises to be hot.

The village: about twenty pile dwellings stand in four rows on the shore and in the shallow water, on posts of oak and ash, roughly one metre above the ground. They are rectangular, small, approximately four by eight metres, with walls of wattle and daub or split planks, and with steep thatched roofs of reed that reach down low. Smoke doesn't come out of chimneys, since there were none, but seeps through the thatch at the ridge. The houses are old and new, some are being repaired, one has burned down and only its posts are still standing. Between the rows run walkways of round logs. On the landward side there's a palisade of stakes with one gate, and beyond it small fields with wheat, barley and flax, with tree stumps still in them, and then the forest, which is dense and dark and the biggest thing in the picture. No horses, no wheels, no metal except a single copper axe, no hens, no maize, no sheep with white fleece.

Center: on an open platform in front of the largest house people are at work. A potter, a woman of about forty, builds up a round-bottomed vessel out of coils of clay, with several finished pots drying beside her. An old man knaps flint and is surrounded by splinters; a girl of ten is watching him and keeps her distance because of them. Two women work at an upright loom with clay weights, the cloth is undyed linen with a simple fringe. A man cuts open a pike. Children play with a tame jackdaw. All have dark hair, their skin is tanned, the clothes are made of linen, bast fibre and leather, with capes and hats of plaited grass. They aren't dirty savages, they look like capable people with combs, jewellery made from teeth and shells, and opinions.

Left: the lake. A dugout canoe made of a lime trunk is being pushed into the water by two young men, another one is already far out, as a silhouette in the mist. Fish traps of willow rods lie on a jetty, nets with bark floats and stone sinkers hang from poles. A dog stands in the water up to its belly and barks at a heron.

Right: the path through the gate. A boy drives five small dark cattle, and three goats, out to the clearing. Coming towards him is a stranger with a pack on his back, who has stopped and shows his open hands. In his pack is what everybody wants: the copper axe, and a few beads of Mediterranean shell. Two men have got up from their work and one of them has picked up a bow, without drawing it. This is the only bit of tension in the picture, and visitors should be able to discover it on their own.

Foreground: the bottom edge of the picture has to lead over into the real objects in the case. Therefore please put reeds, wet sand, driftwood, a broken pot, some hazelnut shells and a lost wooden comb there, at life size.

Technique: realistic gouache painting in the tradition of the great scientific illustrators, with visible but fine brushwork, natural colors, everything in focus from front to back. The viewpoint is slightly raised, as from a tree, so the rows of houses can be understood. Panoramic format 4:1. No lettering. The picture should tell people that life was hard, clever and social, and that these were people like us. Archaeological accuracy is more important than beauty, but we wouldn't mind both.`,
  },
  {
    name: 'JSON-like scene from a tool',
    concepts: [
      'violinist',
      'subway',
      'red coat',
      'commuters',
      'motion blur',
      'tiled wall',
      'violin case',
      'coins',
      'fluorescent light',
      'documentary',
      '35mm',
      'pigeon',
      'child',
      'winter',
      'train',
    ],
    text: `scene: an underground subway station in a northern city during the evening rush hour in winter
camera: eye level, 35mm lens, f/4, shutter 1/8 s, handheld against a pillar, ISO 800, camera about five metres away from the subject, no tilt
subject: a street violinist, woman in her late twenties, long dark braid, fingerless gloves, she wears a red coat which is slightly too thin for the weather and worn at the elbows; eyes closed, the chin pressed against the instrument, the bow at the very end of a long stroke; she stands absolutely still, she's the only sharp thing in the picture apart from what is mentioned under details
secondary subject: a child, a boy of five with a dinosaur rucksack, has stopped in the middle of the stream of people and is staring at her with his mouth open; his mother pulls at his outstretched arm and is already half dissolved in movement
crowd: dozens of commuters rushing from left to right and from right to left, dark winter clothes, umbrellas, briefcases, phones; all of them show strong motion blur so that they become semi-transparent streaks; nobody pays attention; no recognisable faces in the crowd; density high at both edges and low in the center so there's a corridor between the camera and the violinist
background: a tiled wall, white tiles with a green band, old, some of them replaced by tiles that don't quite match; an advertising frame without a poster in it, only the remains of glue; a stairway on the right which leads up to the street, with slush on the steps and a bit of blue evening at its top; on the left the end of a yellow train that's just leaving, its windows a single bright streak
foreground: wet floor of dark terrazzo with salt stains, reflections of the lamps, an abandoned glove
details, all of them sharp: the open violin case in front of her feet, lined with worn blue velvet, in it a few coins, one banknote, a metro ticket and a tangerine; a pigeon that inspects the tangerine; the hair of the bow, some of which is torn and floats; a small portable radio, switched off; a cardboard sign, turned to the wall so that one can't read it
light: greenish fluorescent light from above in two rows, a bit dim, one tube flickers and is nearly dark; and a single warm spot from a lamp of the kiosk outside the frame on the left, which happens to fall exactly on her face and hands; no other warm light in the whole picture
color: desaturated greens and greys, the coat is the only strong color; skin natural; no teal and orange grading
mood: loneliness and pride, music as an island, the tenderness of strangers who almost meet; not sentimental; no tears
style: documentary street photography in color, as from a long-term project about musicians in the underground; analog, color negative film pushed by one stop, visible grain, slight halation around the tubes, natural vignetting
composition: subject on the left third, the child on the right third, line of sight between the two is the invisible diagonal of the picture; the band of green tiles runs through at the height of their eyes; leave the top fifth calm
realism notes: a violin has four strings, f-holes symmetric, chin rest on the left side, right hand holds the bow with a bent thumb, left hand in third position, the scroll is visible and points to the left; five fingers on each hand; shoes are sensible; breath is faintly visible because cold air falls down the stairs
avoid: concert lighting, spotlights, evening gown, sheet music, other musicians, smiling, looking into the camera, text of any kind, logos, watermark, lens flare, extra limbs, deformed instrument, floating bow, illustration, painting, 3d look, oversharpening, plastic skin
output: landscape 3:2, highest resolution available, suitable for a print of 90 by 60 centimetres
variations wanted: one where the boy has already been pulled out of the picture and only his rucksack is visible, and one where the last carriage of the train still shows a face at its window, turned towards the music`,
  },
  {
    name: 'mars colony harvest festival, notes',
    concepts: [
      'Mars',
      'greenhouse dome',
      'harvest festival',
      'children',
      'wheat',
      'red dust',
      'lanterns',
      'long table',
      'old engineer',
      'Earth',
      'rover',
      'band',
      'pumpkins',
      'spacesuits',
      'optimistic',
      'retro',
      'poster',
    ],
    text: `ok so here are all of my notes for the poster, in no particular order, sorry for the mess, i wrote them down on the train. please make something beautiful out of it.

the occasion: first harvest festival on Mars. not the first landing, not the heroic stuff. it's year eleven. people have had children there. they grow enough food that they can afford a party, and that's the whole point, that there is finally something left over. i want it to be optimistic in a way that pictures of the future have not been for a long time. warm, a bit clumsy, homemade. think village fête, think school gym, but on another planet.

place: inside the big greenhouse dome. it's maybe two hundred metres across, a hexagonal lattice with transparent cushions, some of them patched with tape. outside one can see the plain, rusty and endless, a dust devil far away, the low sun with that strange blue halo which sunsets have on mars, and very small in the evening sky one bright bluish star, which is Earth. someone has put a little arrow made of fairy lights on the inside of the dome that points to it, so that the kids can find it. i love this idea, please keep it.

inside: fields in terraces, wheat mostly, real golden wheat, half of it already cut and standing in sheaves, then beans on poles, tomatoes, and a patch with pumpkins that got out of hand because of the low gravity, they are huge, one of them has been hollowed out and is used as a drum. between the terraces runs a small stream (recycled, but still a stream). there are exactly three trees, apple trees, twelve years old, and everyone treats them like celebrities. bees. a hen on the run.

the party: one long table, very very long, made from transport crates and hull panels, goes in a curve through the middle of the picture, from the lower right corner to the back, with perhaps sixty people at it. white table cloth made out of a braking parachute, the orange stripes still on it. bread! lots of bread, in the shape of wheels, plaits, rockets. bowls, jugs, nothing matches. lanterns hang above it on wires, paper lanterns made from old technical drawings. at the head of the table sits the old engineer, she's eighty, came with the first ship, built half of this with her own hands, one of them is a prosthesis by now, and she is holding the first slice of bread and can't speak. next to her a little girl, who has never seen anything else, is tugging at her sleeve since she wants to finally eat.

people: all ages, from everywhere, all skin colors, mended overalls with embroidery on them, braids with wheat ears, a man in a wheelchair with balloon tyres, a couple dancing with that slow high jump you'd have at a third of the gravity, children who jump over the stream and stay in the air a bit too long, their dresses billowing. a band on a stage made of containers: accordion, a double bass built from a fuel tank, trumpet, the pumpkin drum. spacesuits hang on hooks near the airlock like raincoats in a kindergarten, in a row, dusty up to the knees, with flowers stuck into the collars. red dust on everything near the airlock, footprints going in. in front of the airlock, outside, a rover has been parked and somebody has hung a wreath on it.

style: i'm thinking of a poster from the sixties space age, retro, screen print, flat shapes, limited palette (rust, wheat yellow, cream, a dark teal for the shadows and the sky, a tiny bit of pink), grain and slightly misregistered colors, but with the amount of little stories in it that you find in a picture book where you have to search for things. so flat but crowded. strong big composition: the dome is a half circle, the table is an S in it, the sun sits low on the left. must be readable from ten metres away and still be interesting from ten centimetres away.

format: portrait, 50 by 70 cm. leave a quiet band at the bottom, about one eighth, in plain cream, where the title will be set. no text at all in the image please, even on the crates.

things i don't want: weapons, flags of existing countries, corporations, everyone being young and beautiful, shiny white corridors, blue holograms, robots serving drinks. ok maybe one robot, a small one, that's carrying the dirty plates and is very proud of it.

thank you!!! if it doesn't all fit then the most important things are: dome, table, the old woman with the bread, the girl, the arrow to earth.`,
  },
];
