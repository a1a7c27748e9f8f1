import { clientModel } from './rules/family.ts';
import { issuerListed } from './rules/issuer-list.ts';
import { keyTypeListed } from './rules/key-types.ts';
import { GO_LATE } from './rules/late.ts';
import { firstMatch } from './rules/picks.ts';
import { type Abilities, knownSchemes } from './rules/schemes.ts';
import { commonScheme } from './rules/signing.ts';
import { type Check, message, PASS, type Question } from './rules/verdict.ts';

const GO_ABILITIES: Abilities = { sha1: true, ed25519: true };

/** rsa_pkcs1_sha1 and ecdsa_sha1, which RFC 5246 7.4.1.4.1 lets a TLS 1.2 peer suppose. */
const SUPPOSED = [0x0201, 0x0203];

/**
 * certificate_types only take schemes out of the list (certificateRequestInfoFromMsg); where nothing is left of it,
 * SHA-1 is supposed (selectSignatureScheme), and so a type that is not listed gets through (observed).
 */
function heededSchemes({ request }: Question): readonly number[] | undefined {
  const { version, certificateTypes: types, signatureAlgorithms } = request;
  if (version !== 0x0303 || !types) return signatureAlgorithms;
  const left = knownSchemes(signatureAlgorithms, version, GO_ABILITIES).filter(({ key }) =>
    types.includes(key === 'rsa' ? 1 : 64),
  );
  return left.length > 0 ? left.map((one) => one.id) : SUPPOSED;
}

const listedScheme = commonScheme(GO_ABILITIES, 'withheld');

const schemeOfListedType: Check = (question) => {
  const signatureAlgorithms = heededSchemes(question);
  const request = { ...question.request, ...(signatureAlgorithms ? { signatureAlgorithms } : {}) };
  if (listedScheme({ ...question, request }).is === 'pass') return PASS;
  const type = keyTypeListed('withheld')(question);
  return type.is === 'stop' ? type : listedScheme(question);
};

/** It signs by the whole list, in which what was supposed may be missing. */
const signsByList: Check = (question) => {
  const verdict = listedScheme(question);
  if (verdict.is === 'pass') return PASS;
  const reason = message('sent-then-unable', verdict.reason.facts);
  return { ...verdict, offer: 'sent-then-aborted', reason };
};

/** Go programs that fill tls.Config.Certificates; those with GetClientCertificate decide for themselves. */
export default clientModel({
  id: 'go',
  title: 'Go (crypto/tls)',
  name: 'Go',
  source: 'go 1.19 and 1.24 crypto/tls CertificateRequestInfo.SupportsCertificate; observed with go 1.19',
  confidence: 'observed',
  // Dates and usages are not looked at.
  checks: [
    schemeOfListedType,
    issuerListed({ comparison: 'der', parents: 'configured', place: 'certificate-file' }),
  ],
  afterwards: [signsByList],
  offers: 'offered',
  picks: firstMatch,
  late: GO_LATE,
});
