import { isIPv4, isIPv6 } from 'node:net';

/** Four bytes of an IPv4 address, sixteen of an IPv6 one; it must be one of them. */
export function addressBytes(address: string): Uint8Array {
  if (isIPv4(address)) return Uint8Array.from(address.split('.').map(Number));
  if (!isIPv6(address)) throw new RangeError(`no address: ${address}`);
  const plain = address.replace(/%.*$/, '');
  const dotted = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(plain);
  const hex = dotted ? plain.slice(0, dotted.index) + tail(dotted.slice(1).map(Number)) : plain;
  const [head = '', rest] = hex.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [before, after] = [groups(head), groups(rest ?? '')];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return Uint8Array.from(
    [...before, ...zeros, ...after].flatMap((group) => {
      const value = Number.parseInt(group, 16);
      return [value >> 8, value & 255];
    }),
  );
}

const tail = ([a = 0, b = 0, c = 0, d = 0]: number[]): string =>
  `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;

/** An IPv4 address in the form that IPv6 has for it (RFC 4291 2.5.5.2). */
export const mappedAddress = (address: string): string => (isIPv4(address) ? `::ffff:${address}` : address);
