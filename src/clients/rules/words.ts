import type { Certificate } from '../../wire/x509/certificate.ts';
import { children, expect, oidText, TAG } from '../../wire/x509/der.ts';
import { type Name, printName } from '../../wire/x509/name.ts';

/** What messages name, the same in every language. */

/** A name in a sentence, told from the words around it: «CN=Example Issuing CA, O=Example». */
export function quote(name: Name): string {
  return `«${printName(name)}»`;
}

/** ISO date without time. */
export function day(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  rsa: 'RSA',
  'rsa-pss': 'RSASSA-PSS',
  ec: 'EC',
  ed25519: 'Ed25519',
  ed448: 'Ed448',
  dsa: 'DSA',
};

/** 'RSA', 'EC (secp384r1)', 'Ed25519'; of other keys the OID of their algorithm. */
export function keyName({ keyKind, curve, spki }: Certificate): string {
  const name = KEY_NAMES[keyKind] ?? algorithmOid(spki);
  return curve === undefined ? name : `${name} (${curve})`;
}

function algorithmOid(spki: Uint8Array): string {
  const [algorithm] = children(
    expect(spki, TAG.sequence, 'SubjectPublicKeyInfo').contents,
    'SubjectPublicKeyInfo',
  );
  const [oid] = children(algorithm!.contents, 'AlgorithmIdentifier');
  return oidText(oid!.contents);
}
