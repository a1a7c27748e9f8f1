import { HANDSHAKE } from '../tls/registry/handshake-type.ts';
import { TLS12, TLS13 } from '../tls/registry/version.ts';
import type { Traits } from './traits.ts';

/**
 * A TLS library by its habits: orders that it never varies, and defaults that an administrator may change. null: not
 * known, and so neither for nor against.
 */
export interface Stack {
  readonly id: string;
  readonly title: string;
  /** Order of ServerHello extensions, those that it may send; TLS 1.2 and 1.3. */
  readonly hello12: (types: readonly number[]) => boolean;
  readonly hello13: ((types: readonly number[]) => boolean) | null;
  /** TLS 1.2: how the first flight lies in records. */
  readonly flight: 'message-each' | 'one-record';
  /** Length of the session id under TLS 1.2: when the server promises no ticket, and when it does. */
  readonly sessionId: readonly [0 | 32, 0 | 32 | null];
  /** TLS 1.3: the extensions of a CertificateRequest with authorities, in order. */
  readonly requestExtensions: readonly number[] | null;
  /** Defaults: certificate_types of TLS 1.2, and how the signature algorithms begin. */
  readonly certificateTypes: readonly number[] | null;
  readonly schemes: readonly number[] | null;
}

const NAME = 0;
const STATUS = 5;
const POINTS = 11;
const PROTOCOLS = 16;
const ENCRYPT_THEN_MAC = 22;
const MASTER_SECRET = 23;
const TICKET = 35;
const VERSIONS = 43;
const SHARE = 51;
const RENEGOTIATION = 0xff01;

/** All of these types, in this order, and at least the last two named as needed. */
function ordered(order: readonly number[], needed: readonly number[]) {
  return (types: readonly number[]): boolean => {
    const places = types.map((type) => order.indexOf(type));
    return (
      needed.every((type) => types.includes(type)) &&
      places.every((place, i) => place >= 0 && (i === 0 || place > places[i - 1]!))
    );
  };
}

const versionFirst = ordered([VERSIONS, SHARE], [VERSIONS, SHARE]);
const shareFirst = ordered([SHARE, VERSIONS], [VERSIONS, SHARE]);

/**
 * Measured on loopback with the servers of test/interop/fingerprint.interop.ts: OpenSSL 3.0 (s_server, nginx, Apache,
 * Node), GnuTLS 3.7, the JDK 17, Go 1.19. Others look otherwise or are not known: then there is no answer.
 */
export const STACKS: readonly Stack[] = [
  {
    id: 'openssl',
    title: 'OpenSSL',
    hello12: ordered(
      [RENEGOTIATION, NAME, 1, POINTS, TICKET, STATUS, PROTOCOLS, ENCRYPT_THEN_MAC, 18, MASTER_SECRET],
      [RENEGOTIATION, POINTS, MASTER_SECRET],
    ),
    hello13: versionFirst,
    flight: 'message-each',
    sessionId: [32, 0],
    requestExtensions: [13, 47],
    certificateTypes: [1, 2, 64],
    schemes: [0x403, 0x503, 0x603, 0x807, 0x808, 0x809, 0x80a, 0x80b, 0x804],
  },
  {
    id: 'gnutls',
    title: 'GnuTLS',
    hello12: ordered(
      [NAME, STATUS, POINTS, PROTOCOLS, ENCRYPT_THEN_MAC, MASTER_SECRET, TICKET, RENEGOTIATION],
      [POINTS, MASTER_SECRET, RENEGOTIATION],
    ),
    hello13: shareFirst,
    flight: 'message-each',
    sessionId: [32, 32],
    requestExtensions: [13, 47, 5],
    certificateTypes: [1, 64],
    schemes: [0x401, 0x809, 0x804, 0x403, 0x807, 0x501, 0x80a],
  },
  {
    id: 'java',
    title: 'Java (JSSE)',
    hello12: ordered(
      [1, NAME, STATUS, PROTOCOLS, MASTER_SECRET, TICKET, RENEGOTIATION],
      [MASTER_SECRET, RENEGOTIATION],
    ),
    hello13: versionFirst,
    flight: 'one-record',
    sessionId: [32, 32],
    requestExtensions: [13, 47, 50],
    certificateTypes: [64, 1, 2],
    schemes: [0x403, 0x503, 0x603, 0x807, 0x808, 0x804, 0x805, 0x806, 0x809],
  },
  {
    id: 'go',
    title: 'Go (crypto/tls)',
    hello12: ordered(
      [STATUS, TICKET, RENEGOTIATION, MASTER_SECRET, PROTOCOLS, 18, POINTS],
      [RENEGOTIATION, POINTS],
    ),
    hello13: versionFirst,
    flight: 'message-each',
    sessionId: [0, 0],
    requestExtensions: [5, 18, 13, 47],
    certificateTypes: [1, 64],
    schemes: [0x804, 0x403, 0x807, 0x805, 0x806, 0x401],
  },
  {
    // Not measured: seen in captures of Windows Server 2019 (RDP, TLS 1.2) and of an earlier http.sys (SSTP, TLS 1.0),
    // test/shared/fingerprint.shared.ts. Neither asked for a certificate, sent a ticket or spoke TLS 1.3.
    id: 'schannel',
    title: 'Schannel (Windows)',
    hello12: ordered([STATUS, MASTER_SECRET, RENEGOTIATION], [MASTER_SECRET, RENEGOTIATION]),
    hello13: null,
    flight: 'one-record',
    sessionId: [32, null],
    requestExtensions: null,
    certificateTypes: null,
    schemes: null,
  },
];

/** One habit that was seen: whether it is this stack's, or that of another stack, or of none. */
export interface Sign {
  readonly id: 'hello-12' | 'hello-13' | 'flight' | 'session-id' | 'request-extensions' | 'types' | 'schemes';
  readonly agrees: boolean;
  /** What was seen, printable. */
  readonly saw: string;
}

/** What these traits say for and against a stack. Defaults that no stack has say nothing. */
export function signsOf(stack: Stack, traits: Traits): Sign[] {
  if (traits.version === TLS13) return signs13(stack, traits);
  // Older versions bring other suites, and with them other extensions and types.
  return traits.version === TLS12 ? signs12(stack, traits) : [];
}

const print = (numbers: readonly number[]): string => numbers.join(' ');

function signs12(stack: Stack, traits: Traits): Sign[] {
  const { helloExtensions, records, sessionIdLength, request } = traits;
  const promised = helloExtensions.includes(TICKET) ? 1 : 0;
  return [
    { id: 'hello-12', agrees: stack.hello12(helloExtensions), saw: print(helloExtensions) },
    ...flightSigns(stack, records),
    ...sessionIdSigns(stack.sessionId[promised], sessionIdLength),
    ...defaultSign(
      'types',
      request?.certificateTypes,
      stack.certificateTypes,
      STACKS.map((one) => one.certificateTypes),
    ),
    ...schemeSigns(stack, request),
  ];
}

const sessionIdSigns = (own: number | null, seen: number): Sign[] =>
  own === null ? [] : [{ id: 'session-id', agrees: seen === own, saw: String(seen) }];

/** From ServerHello to ServerHelloDone. */
function flightSigns(stack: Stack, records: Traits['records']): Sign[] {
  const end = records.findIndex((types) => types.includes(HANDSHAKE.serverHelloDone));
  if (end < 0) return [];
  const flight = records.slice(0, end + 1);
  const how =
    flight.length === 1 ? 'one-record' : flight.every((types) => types.length <= 1) ? 'message-each' : '';
  return [{ id: 'flight', agrees: how === stack.flight, saw: flight.map(print).join(' | ') }];
}

function signs13(stack: Stack, { helloExtensions, request }: Traits): Sign[] {
  const extensions = request?.extensions.map(({ type }) => type);
  const { hello13, requestExtensions } = stack;
  return [
    ...(hello13
      ? [{ id: 'hello-13' as const, agrees: hello13(helloExtensions), saw: print(helloExtensions) }]
      : []),
    // Without authorities their extension is left out.
    ...(extensions && requestExtensions
      ? [
          {
            id: 'request-extensions' as const,
            agrees: isSame(
              extensions.filter((type) => type !== 47),
              requestExtensions.filter((type) => type !== 47),
            ),
            saw: print(extensions),
          },
        ]
      : []),
    ...schemeSigns(stack, request),
  ];
}

function schemeSigns(stack: Stack, request: Traits['request']): Sign[] {
  const lengths = STACKS.map((one) => one.schemes?.length ?? 0);
  const seen = request?.signatureAlgorithms?.slice(0, Math.max(...lengths));
  const starts = (list: readonly number[] | null): boolean =>
    list?.every((scheme, i) => seen?.[i] === scheme) ?? false;
  if (!seen || !stack.schemes || !STACKS.some((one) => starts(one.schemes))) return [];
  const saw = seen.map((scheme) => `0x${scheme.toString(16).padStart(4, '0')}`).join(' ');
  return [{ id: 'schemes', agrees: starts(stack.schemes), saw }];
}

function defaultSign(
  id: Sign['id'],
  seen: readonly number[] | undefined,
  own: readonly number[] | null,
  all: readonly (readonly number[] | null)[],
): Sign[] {
  if (!seen || !own || !all.some((one) => one && isSame(one, seen))) return [];
  return [{ id, agrees: isSame(own, seen), saw: print(seen) }];
}

const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i]);
