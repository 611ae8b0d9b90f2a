import { lookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';

const unpublic = new BlockList();
// Ranges that lead into one's own machine or network: RFC 6890, RFC 6598, RFC 4193, RFC 4291, RFC 6052, RFC 3056.
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  unpublic.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
  // Other ways to write an IPv4 address: deprecated, NAT64, 6to4; and the old site-local ones.
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['fec0::', 10],
] as const) {
  unpublic.addSubnet(network, prefix, 'ipv6');
}

/** Whether an IP address belongs to the internet at large, not to this machine or the network it is in. */
export function isPublicAddress(address: string): boolean {
  if (!isIPv6(address)) return isIP(address) === 4 && !unpublic.check(address, 'ipv4');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped === undefined ? !unpublic.check(address, 'ipv6') : isPublicAddress(mapped);
}

/** Whether a URL's host means this machine: its name or a loopback address. */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** The code of the error with which `lookupPublic` refuses a name. */
export const privateAddressCode = 'EASEL_PRIVATE_ADDRESS';

/** `dns.lookup` for connections to strangers: a name that leads into one's own network is refused, whatever it looked like. */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const refused = (error ? [] : addresses).find(({ address }) => !isPublicAddress(address));
    if (error ?? refused) {
      const problem = error ?? Object.assign(new Error('a private address'), { code: privateAddressCode });
      callback(problem, '', 0);
    } else if (options.all) {
      callback(null, addresses);
    } else {
      const [first] = addresses;
      callback(null, first?.address ?? '', first?.family ?? 0);
    }
  });
};
