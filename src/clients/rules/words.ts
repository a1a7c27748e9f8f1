import type { Certificate } from '../../wire/x509/certificate.ts';
import { type Name, printName } from '../../wire/x509/name.ts';

/** Words that several checks use. */

/** A name in a sentence: «CN=Example Issuing CA, O=Example». */
export function quote(name: Name): string {
  return `«${printName(name)}»`;
}

/** ISO date without time. */
export function day(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

const KEY_WORDS: Readonly<Record<string, string>> = {
  rsa: 'RSA',
  'rsa-pss': 'RSA (PSS only)',
  ec: 'EC',
  ed25519: 'Ed25519',
  ed448: 'Ed448',
  dsa: 'DSA',
};

/** 'RSA', 'EC (secp384r1)', 'Ed25519'. */
export function keyWords({ keyKind, curve }: Certificate): string {
  const words = KEY_WORDS[keyKind] ?? 'unknown';
  return curve === undefined ? words : `${words} (${curve})`;
}
