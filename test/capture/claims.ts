import type { Claim } from '../../src/evidence/claims.ts';
import { readers } from '../../src/evidence/index.ts';
import { openReading, type Reading } from '../../src/evidence/read.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { nodeDecipher } from '../../src/platform/decipher.ts';
import { KeyLog } from '../../src/wire/tls/passive/key-log.ts';
import { printName } from '../../src/wire/x509/name.ts';

/** Reads a capture with the keys of a key log. */
export function readCapture(capture: Uint8Array | readonly Uint8Array[], keyLog = ''): Reading {
  const secrets = new KeyLog();
  secrets.add(keyLog);
  const reading = openReading({ name: 'it.pcap' }, readers, nodeCrypto, { secrets, decipher: nodeDecipher });
  for (const chunk of capture instanceof Uint8Array ? [capture] : capture) reading.push(chunk.slice());
  return reading.end();
}

/** What claims say in short, without places and times: those change with the order of packets. */
export function inShort({ claims }: Reading): string[] {
  return claims.map(short).sort();
}

function short(claim: Claim): string {
  if (claim.says === 'certificate') return `certificate ${printName(claim.certificate.subject)}`;
  if (claim.says === 'handshakes-unread')
    return `${claim.why} ${claim.address}:${claim.port} ${claim.serverName} x${claim.count}`;
  if (claim.says !== 'certificate-request') return claim.says;
  const { address, port, serverName, request, count, answers = [], late } = claim;
  const names = request ? `[${request.authorities.map(printName).join('; ')}]` : 'not asked';
  const did = answers.map(
    (one) => `${one.sent}${one.leaf ? ` ${one.leaf.subject}` : ''}${one.proved ? ' proved' : ''}`,
  );
  return `${address}:${port} ${serverName} ${names}${late ? ` ${late.when}` : ''} x${count}: ${did.join(', ')}`;
}
