import { usableSchemes } from '../../clients/rules/schemes.ts';
import type { CertificateRequest } from '../../wire/tls/handshake/certificate-request.ts';
import { clientCertificateType, signatureScheme, version } from '../../wire/tls/registry/index.ts';
import type { Certificate } from '../../wire/x509/certificate.ts';
import { some } from '../facts.ts';
import { type CredentialCheck, type Remark, remark } from '../remark.ts';

/** The key by itself, against what servers asked for, and by where it lives. */
export const key: CredentialCheck = (question) => [
  ...kindAndSize(question),
  ...question.requests.flatMap((request) => againstRequest(question.leaf, request)),
  ...chipOrOldProvider(question),
];

const TLS13 = 0x0304;
const CURVES = ['secp256r1', 'secp384r1', 'secp521r1'];

const kindAndSize: CredentialCheck = ({ leaf: { keyKind, keyBits, curve } }) => {
  if (keyKind === 'rsa' || keyKind === 'rsa-pss') {
    const pssOnly = keyKind === 'rsa-pss' ? [remark('risks', 'key-pss-only', {}, 'RFC 4055 1.2')] : [];
    return [...rsaSize(keyBits), ...pssOnly];
  }
  if (keyKind === 'ec')
    return CURVES.includes(curve ?? '')
      ? []
      : [remark('risks', 'curve-unusual', { curve: curve ?? '?', bits: keyBits }, 'RFC 8446 4.2.3')];
  if (keyKind === 'dsa') return [remark('risks', 'key-dsa', {}, 'RFC 8446 4.2.3')];
  if (keyKind === 'other') return [remark('risks', 'key-unknown', {}, 'RFC 8446 4.2.3')];
  return [remark('risks', 'key-edwards', { kind: keyKind }, 'RFC 8422 5.1.1')];
};

/** Windows refuses less than 1,024 bits; public CAs and NIST less than 2,048. */
function rsaSize(bits: number): Remark[] {
  if (bits === 0 || bits >= 2048) return [];
  return [
    remark(bits < 1024 ? 'stops' : 'risks', 'rsa-too-small', { bits }, 'KB2661254', 'NIST SP 800-131A'),
  ];
}

/** All that any library does; what single clients lack is for the client models to say. */
const ALL = { sha1: true, sha224: true, pssKeys: true, ed25519: true, ed448: true };

function againstRequest(leaf: Certificate, request: CertificateRequest): Remark[] {
  const { signatureAlgorithms: offered, certificateTypes: types } = request;
  const facts = { version: version.name(request.version) };
  const remarks: Remark[] = [];
  if (offered && usableSchemes({ leaf, version: request.version, offered }, ALL).length === 0) {
    const listed = some(
      offered.map((id) => signatureScheme.name(id)),
      6,
    );
    remarks.push(
      remark('stops', 'no-common-scheme', { ...facts, listed }, 'RFC 8446 4.3.2', 'RFC 5246 7.4.4'),
    );
  }
  const type = leaf.keyKind.startsWith('rsa') ? 1 : leaf.keyKind === 'dsa' ? 2 : 64;
  if (types && types.length > 0 && !types.includes(type)) {
    const wanted = clientCertificateType.name(type);
    remarks.push(remark('risks', 'key-type-not-listed', { ...facts, wanted }, 'RFC 5246 7.4.4'));
  }
  return remarks;
}

const SMART_CARD_LOGON = '1.3.6.1.4.1.311.20.2.2';

/**
 * Key containers of the time before CNG sign PKCS#1 only, and many a card and TPM has no PSS; under TLS 1.3 an RSA
 * key must (domain/06 6.6; chromium ssl_platform_key_win.cc).
 */
const OLD_PROVIDER = /^Microsoft (?:Base|Enhanced|Strong|RSA SChannel).*(?:Cryptographic|Crypto) Provider/i;
const CHIP_PROVIDER = /Smart Card|Platform Crypto Provider/i;

const chipOrOldProvider: CredentialCheck = ({ leaf, credential: { provider }, requests }) => {
  const cites = ['RFC 8446 4.2.3', 'Chromium ssl_platform_key_win.cc'];
  const card = leaf.extendedKeyUsage?.includes(SMART_CARD_LOGON) === true;
  const under13 = requests.length === 0 || requests.some((one) => one.version >= TLS13);
  if (leaf.keyKind !== 'rsa' || !under13)
    return card ? [remark('note', 'smart-card-logon', {}, ...cites)] : [];
  if (provider && (OLD_PROVIDER.test(provider) || CHIP_PROVIDER.test(provider)))
    return [remark('risks', 'provider-may-lack-pss', { provider }, ...cites)];
  return card ? [remark('note', 'smart-card-may-lack-pss', {}, ...cites)] : [];
};
