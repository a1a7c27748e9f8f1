import { difference, lookAlike } from '../../clients/rules/names.ts';
import { isSelfIssued, some, subjectOf } from '../facts.ts';
import { type CredentialCheck, remark } from '../remark.ts';

/** Oddities of names, and what of the certificate could not be read. */
export const names: CredentialCheck = (question) => [
  ...emptySubject(question),
  ...spelledOtherwise(question),
  ...oddities(question),
];

const emptySubject: CredentialCheck = ({ leaf }) =>
  leaf.subject.rdns.length === 0 && !leaf.subject.broken
    ? [remark('risks', 'subject-empty', {}, 'RFC 5280 4.1.2.6')]
    : [];

/** The CA lies there, but its name is not byte for byte what the certificate calls its issuer. */
const spelledOtherwise: CredentialCheck = ({ leaf, held, credential }) => {
  const top = held.at(-1) ?? leaf;
  if (isSelfIssued(top)) return [];
  const authorities = [...credential.beside, ...(credential.elsewhere ?? [])].map((one) => one.subject);
  const twin = lookAlike(top.issuer, authorities);
  if (!twin) return [];
  const { how, ...types } = difference(twin, top.issuer);
  return [remark('risks', `issuer-spelling-${how}`, { subject: subjectOf(top), ...types }, 'RFC 5280 7.1')];
};

const oddities: CredentialCheck = ({ leaf, held }) =>
  [leaf, ...held].flatMap((one) =>
    one.oddities.length > 0
      ? [
          remark(
            'risks',
            'odd-certificate',
            { subject: subjectOf(one), oddities: some(one.oddities) },
            'RFC 5280 4.1',
          ),
        ]
      : [],
  );
