import { clientCertificateType } from '../../wire/tls/registry/index.ts';
import type { KeyKind } from '../../wire/x509/certificate.ts';
import type { Offer } from '../model.ts';
import { type Check, message, PASS } from './verdict.ts';
import { keyName } from './words.ts';

/** certificate_types of TLS 1.2 and before (RFC 5246 7.4.4; EdDSA counts as ecdsa_sign, RFC 8422 5.10). */
const TYPE_OF_KEY: Readonly<Partial<Record<KeyKind, number>>> = {
  rsa: 1,
  'rsa-pss': 1,
  dsa: 2,
  ec: 64,
  ed25519: 64,
  ed448: 64,
};

export const certificateTypeOf = (kind: KeyKind): number | undefined => TYPE_OF_KEY[kind];

export interface KeyTypeOptions {
  /** What this family does with EdDSA keys: 'ecdsa_sign' as the RFC says, none at all, or no check. */
  readonly edwards?: 'ecdsa_sign' | 'never' | 'unchecked';
  /** How the program shows it when it ends in an abort. */
  readonly shows?: string;
}

/** The type of the key must be among certificate_types. TLS 1.3 has none and passes. */
export function keyTypeListed(offer: Offer, { edwards = 'ecdsa_sign', shows }: KeyTypeOptions = {}): Check {
  return ({ request, identity: { leaf } }) => {
    const types = request.certificateTypes;
    if (!types || request.version >= 0x0304) return PASS;
    const isEdwards = leaf.keyKind === 'ed25519' || leaf.keyKind === 'ed448';
    if (isEdwards && edwards === 'unchecked') return PASS;
    const wanted = isEdwards && edwards === 'never' ? undefined : TYPE_OF_KEY[leaf.keyKind];
    if (wanted !== undefined && types.includes(wanted)) return PASS;
    const names = types.map((type) => clientCertificateType.name(type)).join(', ') || '–';
    const shown = shows === undefined ? {} : { shows };
    return {
      is: 'stop',
      offer,
      rule: 'certificate-type',
      reason: message('certificate-type', { types: names, key: keyName(leaf), ...shown }),
      changes: [
        ...(wanted === undefined
          ? []
          : [message('list-entry', { entry: clientCertificateType.name(wanted) })]),
        message('use-listed-type'),
      ],
    };
  };
}
