/** The bytes of an address in text, 4 or 16; null for what is none. IPv4 mapped into IPv6 is IPv4. */
export function addressBytes(text: string): Uint8Array | null {
  const bare = text.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  return bare.includes(':') ? ipv6Bytes(bare) : ipv4Bytes(bare);
}

function ipv4Bytes(text: string): Uint8Array | null {
  const parts = text.split('.').map(Number);
  const isAddress = /^\d+(?:\.\d+){3}$/.test(text) && parts.every((part) => part < 256);
  return isAddress ? Uint8Array.from(parts) : null;
}

/** RFC 4291 2.2; '::' stands for as many zeros as are missing. */
function ipv6Bytes(text: string): Uint8Array | null {
  const [head = '', tail] = text.split('::');
  const [first, last] = [groupsOf(head), groupsOf(tail ?? '')];
  const missing = 8 - first.length - last.length;
  if (tail === undefined ? missing !== 0 : missing < 0) return null;
  const groups = [...first, ...new Array<number>(missing).fill(0), ...last];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 255]));
}

function groupsOf(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((part) => {
    const old = part.includes('.') ? ipv4Bytes(part) : null;
    return old ? [(old[0]! << 8) | old[1]!, (old[2]! << 8) | old[3]!] : [Number.parseInt(part, 16)];
  });
}
