import { Writer } from '../../../../base/bytes.ts';
import type { HashName, KeyShare } from '../../../../base/ports.ts';
import {
  type ClientHelloFields,
  codesExtension,
  encodeClientHello,
  keySharesExtension,
  protocolsExtension,
  serverNameExtension,
  versionsExtension,
} from '../../handshake/client-hello.ts';
import { type Extension, makeExtension } from '../../handshake/extension.ts';
import { EXTENSION } from '../../registry/extension-type.ts';
import { HANDSHAKE } from '../../registry/handshake-type.ts';
import { GROUP } from '../../registry/named-group.ts';
import { TLS12, TLS13 } from '../../registry/version.ts';
import type { ClassicTerms } from '../resumption.ts';
import { fitsVersion, SUITES, suiteOf } from '../suite.ts';
import type { Binding, Conversation } from './conversation.ts';
import type { ClientOptions } from './options.ts';
import { encodeBound, type Psk, pskOf } from './psk.ts';

/** A ClientHello that was sent, and the private halves of its key shares. */
export interface Offer {
  readonly hello: ClientHelloFields;
  readonly versions: readonly number[];
  readonly groups: readonly number[];
  readonly shares: ReadonlyMap<number, KeyShare>;
  /** Of an earlier session of TLS 1.3. */
  readonly psk: Psk | null;
  /** What a HelloRetryRequest made us add; the second hello must differ in nothing else (RFC 8446 4.1.2). */
  readonly retried: boolean;
}

/** RFC 7919's bind a server of TLS 1.2 that would choose a group of its own; TLS 1.3 knows no others. */
const isForNewOnly = (group: number): boolean => group >= 256;
/** Two shares spare a round trip with servers that allow only the curves of FIPS 186. */
const SHARES: readonly number[] = [29, 23];

/** All that the port can check, SHA-1 last: an old server's certificate should be no reason to learn nothing. */
export const OFFERED_SCHEMES: readonly number[] = [
  0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0603, 0x0806, 0x0601, 0x0807, 0x0808, 0x0809, 0x080a,
  0x080b, 0x0203, 0x0201, 0x0402, 0x0202,
];

export async function sendOffer(talk: Conversation): Promise<Offer> {
  const { options, crypto, binding } = talk;
  // A renegotiation stays with the version it is in (RFC 5246 7.4.1.2 lets the server choose only that).
  const versions = binding ? [talk.version ?? TLS12] : [...options.versions].sort((a, b) => b - a);
  const isNew = versions.includes(TLS13);
  const usable = [...GROUP]
    .filter(([group, name]) => crypto.groups.includes(name) && (isNew || !isForNewOnly(group)))
    .map(([group]) => group);
  const groups = (options.groups ?? usable).filter((group) => usable.includes(group));
  const wanted = (options.shares ?? SHARES).filter((group) => groups.includes(group));
  const shares = await makeShares(talk, isNew ? wanted : []);
  const suites = options.cipherSuites ?? SUITES.map((one) => one.code);
  const hello: ClientHelloFields = {
    version: Math.min(versions[0] ?? TLS12, TLS12),
    random: crypto.random(32),
    sessionId: sessionIdFor(talk, isNew),
    cipherSuites: suites.filter((code) => versions.some((version) => fits(code, version))),
    compressionMethods: [0],
    extensions: extensionsFor(talk, versions, groups, shares),
  };
  talk.clientRandom = hello.random;
  const psk = isNew && options.resume && !binding ? pskOf(options.resume) : null;
  await sendHello(talk, hello, psk);
  return { hello, versions, groups, shares, psk, retried: false };
}

const sendHello = async (talk: Conversation, hello: ClientHelloFields, psk: Psk | null): Promise<void> =>
  talk.send(HANDSHAKE.clientHello, psk ? await encodeBound(talk, hello, psk) : encodeClientHello(hello));

/** With a ticket an id of our own shows whether the server took it (RFC 5077 3.4). */
function sessionIdFor({ options, crypto, binding }: Conversation, isNew: boolean): Uint8Array {
  const terms = classicTerms(options, binding);
  if (terms) return terms.ticket ? crypto.random(32) : terms.sessionId;
  // Middlebox compatibility (RFC 8446 appendix D.4).
  return isNew ? crypto.random(32) : new Uint8Array(0);
}

function classicTerms({ resume }: ClientOptions, binding: Binding | null): ClassicTerms | null {
  const terms = binding ? null : resume?.from.terms();
  return terms?.is === 'classic' ? terms : null;
}

/** The second hello, after a HelloRetryRequest. */
export async function sendSecondOffer(
  talk: Conversation,
  first: Offer,
  group: number | null,
  cookie: Uint8Array | null,
  hash: HashName,
): Promise<Offer> {
  const shares = group === null ? first.shares : await makeShares(talk, [group]);
  const echoed =
    cookie && makeExtension(EXTENSION.cookie, (data) => data.block16((inner) => inner.raw(cookie)));
  const extensions = [
    ...first.hello.extensions.map((one) => (one.type === EXTENSION.keyShare ? keyShares(shares) : one)),
    ...(echoed ? [echoed] : []),
  ];
  const hello = { ...first.hello, extensions };
  // A key that does not go with the suite the server chose is no longer offered (RFC 8446 4.1.4).
  const psk = first.psk?.hash === hash ? first.psk : null;
  await sendHello(talk, hello, psk);
  return { ...first, hello, shares, psk, retried: true };
}

/** A suite that we do not speak may be offered all the same, to see what a server makes of it. */
function fits(code: number, version: number): boolean {
  const suite = suiteOf(code);
  return suite ? fitsVersion(suite, version) : version === TLS12;
}

async function makeShares(talk: Conversation, groups: readonly number[]): Promise<Map<number, KeyShare>> {
  const shares = new Map<number, KeyShare>();
  for (const group of groups) {
    const name = GROUP.get(group);
    if (name) shares.set(group, await talk.crypto.keyShare(name));
  }
  return shares;
}

function extensionsFor(
  { options, binding }: Conversation,
  versions: readonly number[],
  groups: readonly number[],
  shares: ReadonlyMap<number, KeyShare>,
): Extension[] {
  const isNew = versions.includes(TLS13);
  const isOld = versions.some((version) => version < TLS13);
  const flag = (type: number): Extension => makeExtension(type, () => undefined);
  const one = (type: number, code: number): Extension =>
    makeExtension(type, (data) => data.block8((list) => list.u8(code)));
  const bound = new Writer().block8((data) => data.raw(binding?.client ?? new Uint8Array(0))).done();
  return [
    options.serverName !== null && serverNameExtension(options.serverName),
    isOld && flag(EXTENSION.encryptThenMac),
    isOld && flag(EXTENSION.extendedMasterSecret),
    isOld && {
      type: EXTENSION.sessionTicket,
      data: classicTerms(options, binding)?.ticket ?? new Uint8Array(0),
    },
    isOld && { type: EXTENSION.renegotiationInfo, data: bound },
    codesExtension(EXTENSION.supportedGroups, groups),
    isOld && one(EXTENSION.ecPointFormats, 0),
    versions.some((version) => version >= TLS12) &&
      codesExtension(EXTENSION.signatureAlgorithms, OFFERED_SCHEMES),
    options.protocols && options.protocols.length > 0 && protocolsExtension(options.protocols),
    isNew && versionsExtension(versions),
    // psk_dhe_ke: without it a server sends no ticket, and a ticket is what shows that it accepted us.
    isNew && one(EXTENSION.pskKeyExchangeModes, 1),
    isNew && options.postHandshakeAuth && flag(EXTENSION.postHandshakeAuth),
    isNew && keyShares(shares),
  ].filter((extension) => typeof extension === 'object');
}

const keyShares = (shares: ReadonlyMap<number, KeyShare>): Extension =>
  keySharesExtension([...shares].map(([group, share]) => ({ group, key: share.publicKey })));
