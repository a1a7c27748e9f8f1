import { oidName, some } from '../facts.ts';
import { type CredentialCheck, remark } from '../remark.ts';

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const ANY = '2.5.29.37.0';
const DIGITAL_SIGNATURE = 1;

/** Whether the certificate may be used for client authentication at all. */
export const usage: CredentialCheck = (question) => [
  ...extendedKeyUsage(question),
  ...keyUsage(question),
  ...authority(question),
];

const extendedKeyUsage: CredentialCheck = ({ leaf: { extendedKeyUsage: usages } }) => {
  const cites = ['RFC 5280 4.2.1.12', 'RFC 5246 7.4.6'];
  if (!usages) return [remark('note', 'eku-absent', {}, ...cites)];
  if (usages.includes(CLIENT_AUTH)) return [];
  if (usages.includes(ANY)) return [remark('risks', 'eku-any-only', {}, ...cites)];
  return [remark('stops', 'eku-lacks-client-auth', { usages: some(usages.map(oidName)) }, ...cites)];
};

const keyUsage: CredentialCheck = ({ leaf }) =>
  leaf.keyUsage === undefined || leaf.keyUsage & DIGITAL_SIGNATURE
    ? []
    : [remark('stops', 'ku-lacks-digital-signature', {}, 'RFC 5280 4.2.1.3', 'RFC 5246 7.4.8')];

const authority: CredentialCheck = ({ leaf }) =>
  leaf.isCa ? [remark('risks', 'leaf-is-ca', {}, 'RFC 5280 4.2.1.9', 'NSS certdb.c')] : [];
