import { concat, Writer } from '../../../../../base/bytes.ts';
import { encodeEcdheExchange, encodeLongExchange } from '../../../handshake/client-key-exchange.ts';
import { ALERT } from '../../../registry/alert.ts';
import { GROUP } from '../../../registry/named-group.ts';
import { Violation } from '../../violation.ts';
import type { Conversation } from '../conversation.ts';
import { agree } from '../key-agreement.ts';
import type { AgreedHandshake, ServerExchange } from './handshake.ts';

/** Our part of the key exchange. */
export interface ClientExchange {
  /** ClientKeyExchange, without the handshake header. */
  readonly body: Uint8Array;
  /** The premaster secret. */
  readonly shared: Uint8Array;
}

export function exchangeKeys(talk: Conversation, handshake: AgreedHandshake): Promise<ClientExchange> {
  const { exchange } = handshake;
  switch (exchange.is) {
    case 'ecdhe':
      return overCurve(talk, exchange);
    case 'dhe':
      return inServersGroup(talk, exchange);
    case 'rsa':
      return toCertificate(talk, handshake);
  }
}

async function overCurve(
  talk: Conversation,
  { group, key }: ServerExchange & { is: 'ecdhe' },
): Promise<ClientExchange> {
  const share = await talk.crypto.keyShare(GROUP.get(group)!);
  return { body: encodeEcdheExchange(share.publicKey), shared: await agree(share, key, share.group) };
}

async function inServersGroup(
  talk: Conversation,
  { prime, generator, key }: ServerExchange & { is: 'dhe' },
): Promise<ClientExchange> {
  const pair = await talk.crypto.dhPair(prime, generator).catch((error: Error) => {
    throw new Violation(
      ALERT.illegalParameter,
      `a Diffie-Hellman group that cannot be used: ${error.message}`,
    );
  });
  const shared = await agree(pair, key, 'Diffie-Hellman');
  // RFC 5246 8.1.2: leading zeros are left out.
  const start = shared.findIndex((byte) => byte !== 0);
  return { body: encodeLongExchange(pair.publicKey), shared: shared.subarray(Math.max(0, start)) };
}

/** RFC 5246 7.4.7.1. */
async function toCertificate(
  { crypto }: Conversation,
  { leaf, offeredVersion }: AgreedHandshake,
): Promise<ClientExchange> {
  const shared = concat([new Writer().u16(offeredVersion).done(), crypto.random(46)]);
  try {
    if (!leaf) throw new Error('there is no readable one');
    return { body: encodeLongExchange(await crypto.rsaEncrypt(leaf.spki, shared)), shared };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Violation(ALERT.handshakeFailure, `a certificate that no RSA key exchange fits: ${why}`);
  }
}
