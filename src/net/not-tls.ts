import { latin1Text } from '../base/text.ts';

const MAX_SHOWN = 80;

/** Greetings by which other protocols give themselves away. */
const GREETINGS: readonly { readonly starts: RegExp; readonly what: string }[] = [
  { starts: /^HTTP\//, what: 'plain HTTP' },
  { starts: /^<(?:!doctype|html|head|body|\?xml)/i, what: 'a page without HTTP' },
  { starts: /^SSH-/, what: 'SSH' },
  {
    starts: /^[0-9]{3}[ -]/,
    what: 'a greeting of a mail or file server (TLS may begin there after STARTTLS)',
  },
  { starts: /^\+OK/, what: 'a POP3 greeting (TLS may begin there after STLS)' },
  { starts: /^\* (?:OK|PREAUTH|BYE)/, what: 'an IMAP greeting (TLS may begin there after STARTTLS)' },
  { starts: /^RFB [0-9]/, what: 'VNC' },
];

/** One phrase on the first bytes of a peer that speaks no TLS; printable ASCII only. */
export function describeNotTls(bytes: Uint8Array): string {
  const text = latin1Text(bytes.subarray(0, 512));
  const line = text.split(/\r?\n/)[0] ?? '';
  const greeting = GREETINGS.find(({ starts }) => starts.test(text));
  if (greeting) return `${greeting.what}: "${printable(line)}"`;
  const isText = /^[\t\x20-\x7e]+$/.test(line);
  if (isText) return `text: "${printable(line)}"`;
  const hex = [...bytes.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `${bytes.length} bytes that start no TLS record: ${hex}${bytes.length > 16 ? ' …' : ''}`;
}

function printable(line: string): string {
  const safe = line.replace(
    /[^\x20-\x7e]/g,
    (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return safe.length > MAX_SHOWN ? `${safe.slice(0, MAX_SHOWN)}…` : safe;
}
