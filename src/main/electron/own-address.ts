/** The desktop's own scheme and its one host. The interface, its pictures and nothing else live there. */
export const ownScheme = 'app';
const ownHost = 'easel';

/** The page of the window. */
export const pageAddress = `${ownScheme}://${ownHost}/`;

/** Whether an address, or an origin written as one, is within the desktop's own. */
export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === `${ownScheme}:` && url.host === ownHost && url.username === '' && url.password === '';
}

/** Whether an address is the page itself, so that loading it is a reload. */
export function isPageAddress(address: string): boolean {
  return isOwnAddress(address) && URL.parse(address)?.pathname === '/';
}
