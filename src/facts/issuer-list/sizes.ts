import type { Message } from '../../base/message.ts';
import { ISSUER_LIST_LIMIT } from '../../windows/schannel/issuer-list.ts';
import type { Name } from '../../wire/x509/name.ts';

/** The list against the limits of both sides, and whether it looks cut. */

/** 0x3000: where older Windows versions cut (domain 4.4, KB933430; recalled). */
const OLD_LIMIT = 12_288;
/**
 * Default of jdk.tls.maxHandshakeMessageSize (JSSE reference guide): a longer message ends Java's handshake.
 * Observed with Java 17 at 34 and 60 KB, TLS 1.2 and 1.3; Chromium 156, curl and GnuTLS took both.
 */
const JAVA_LIMIT = 32_768;

const PAST = [
  { limit: JAVA_LIMIT, id: 'list-over-java' },
  { limit: ISSUER_LIST_LIMIT, id: 'list-over-schannel' },
  { limit: OLD_LIMIT, id: 'list-over-old-schannel' },
];

export function sizeRemarks(names: readonly Name[], bytes: number): Message[] {
  const past = PAST.find(({ limit }) => bytes > limit);
  const over = past ? [{ id: past.id, facts: { bytes, limit: past.limit } }] : [];
  return [...cutRemarks(names, bytes), ...over];
}

/** Whole names are dropped from the end (windows/schannel/issuer-list.ts): one more of the usual size would not fit. */
function cutRemarks(names: readonly Name[], bytes: number): Message[] {
  if (names.at(-1)?.broken) return [{ id: 'list-ends-broken', facts: { position: names.length } }];
  if (names.length < 3) return [];
  const sizes = names.map(({ der }) => der.length + 2).sort((a, b) => a - b);
  const usual = sizes[Math.floor(sizes.length / 2)]!;
  const limit = [OLD_LIMIT, ISSUER_LIST_LIMIT].find((one) => bytes <= one && bytes + usual > one);
  if (limit === undefined) return [];
  const equal = sizes.at(-1)! - sizes[0]! <= 4;
  return [
    { id: equal ? 'list-cut-likely' : 'list-cut-perhaps', facts: { left: limit - bytes, limit, usual } },
  ];
}
