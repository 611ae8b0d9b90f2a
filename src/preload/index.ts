import { contextBridge, ipcRenderer } from 'electron';

// The names that the page (src/renderer/backend/client.ts) and the main process (src/main/electron/page-ports.ts) know.
const readyMessage = 'easel:ready';
const portMessage = 'easel:port';
const askChannel = 'easel:connect';
const portChannel = 'easel:port';

contextBridge.exposeInMainWorld('easelDesktop', true);

/** Asks for a port once, when the page says that it is listening. */
function askForPort(event: MessageEvent<unknown>): void {
  if (event.source !== window || event.origin !== window.location.origin || event.data !== readyMessage) return;
  window.removeEventListener('message', askForPort);
  ipcRenderer.send(askChannel);
}

window.addEventListener('message', askForPort);
// A port can't pass through the context bridge, so it goes to the page as a message of its own window.
ipcRenderer.once(portChannel, (event) => {
  window.postMessage(portMessage, window.location.origin, event.ports);
});
