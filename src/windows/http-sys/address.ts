/** IP addresses as text, made comparable. */
export interface Address {
  readonly family: 4 | 6;
  /** Dotted decimal, or eight groups of lower-case hex and the zone, so that equal addresses have equal text. */
  readonly text: string;
}

export function parseAddress(text: string): Address | null {
  const v4 = parseIpv4(text);
  if (v4) return { family: 4, text: v4.join('.') };
  const [body = '', zone, ...rest] = text.split('%');
  if (rest.length > 0 || zone === '') return null;
  const groups = parseIpv6(body);
  if (!groups) return null;
  const full = groups.map((group) => group.toString(16)).join(':');
  return { family: 6, text: zone === undefined ? full : `${full}%${zone}` };
}

/** Address of a connection: a dual-stack socket tells an IPv4 peer as ::ffff:a.b.c.d (RFC 4291 2.5.5.2). */
export function parseConnectionAddress(text: string): Address | null {
  return parseAddress(text.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, ''));
}

/** 0.0.0.0 and [::]. */
export function isWildcard(address: Address): boolean {
  return /^[0.:]+$/.test(address.text);
}

function parseIpv4(text: string): number[] | null {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return null;
  const bytes = text.split('.').map(Number);
  return bytes.every((byte) => byte < 256) ? bytes : null;
}

function parseIpv6(text: string): number[] | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half, i) =>
    half === '' ? [] : parseGroups(half, i === halves.length - 1),
  );
  if (!head || tail === null) return null;
  if (tail === undefined) return head.length === 8 ? head : null;
  const missing = 8 - head.length - tail.length;
  return missing < 1 ? null : [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}

/** Groups of one half; an IPv4 address may stand for the last two of all. */
function parseGroups(text: string, isLast: boolean): number[] | null {
  const parts = text.split(':');
  const groups: number[] = [];
  for (const [i, part] of parts.entries()) {
    const v4 = isLast && i === parts.length - 1 ? parseIpv4(part) : null;
    if (v4) groups.push(v4[0]! * 256 + v4[1]!, v4[2]! * 256 + v4[3]!);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return null;
  }
  return groups;
}
