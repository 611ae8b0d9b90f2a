import { MessageChannelMain, ipcMain, type MessagePortMain, type WebContents, type WebFrameMain } from 'electron';
import type { Log } from '../log.ts';
import { isOwnAddress, isPageAddress } from './own-address.ts';

const askChannel = 'easel:connect';
const portChannel = 'easel:port';

/**
 * Hands each page, on each load, one port to talk through. Only the main frame of our own page gets one, and a new one ends
 * the one before. Calls wait in the port until the program is there to serve them.
 */
export function handOutPorts(program: Promise<{ readonly serve: (port: MessagePortMain) => void }>, log: Log): void {
  const ports = new Map<WebContents, MessagePortMain>();

  const release = (contents: WebContents): void => {
    ports.get(contents)?.close();
    ports.delete(contents);
  };

  ipcMain.on(askChannel, (event) => {
    const { sender, senderFrame: frame } = event;
    if (!frame || !isOwnPage(frame, sender)) {
      log.warn('a foreign frame asked for a port');
      return;
    }
    if (!ports.has(sender)) {
      sender.once('destroyed', () => {
        release(sender);
      });
    }
    release(sender);
    const { port1: own, port2: theirs } = new MessageChannelMain();
    ports.set(sender, own);
    own.once('close', () => {
      if (ports.get(sender) === own) ports.delete(sender);
    });
    frame.postMessage(portChannel, null, [theirs]);
    program
      .then(({ serve }) => {
        if (ports.get(sender) !== own) return;
        serve(own);
        own.start();
      })
      // Whoever starts the program reports why it could not.
      .catch(() => undefined);
  });
}

function isOwnPage(frame: WebFrameMain, sender: WebContents): boolean {
  return frame.parent === null && frame === sender.mainFrame && isOwnAddress(frame.origin) && isPageAddress(frame.url);
}
