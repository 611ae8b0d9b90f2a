import { registerHooks } from 'node:module';

/**
 * Loaded into Easel before it starts. Stretching a passphrase takes a second on purpose, each time; here it takes a moment.
 * There is no setting for it, as nobody who can set something should be able to make a vault cheaper to guess.
 */
const usual = /\busualWorkFactor = 18;/;
const cheap = 'usualWorkFactor = 10;';

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context);
    if (!/\/out\/easel\/[^/]+\.js$/.test(url)) return loaded;
    const text = Buffer.from(loaded.source as Uint8Array).toString();
    return usual.test(text) ? { ...loaded, source: text.replace(usual, cheap) } : loaded;
  },
});
