import type { Certificate } from '../../wire/x509/certificate.ts';
import { walkIssuers } from '../../wire/x509/chain.ts';
import { sameName } from '../../wire/x509/name.ts';
import { isSelfIssued, issuerOf, some, subjectOf } from '../facts.ts';
import { type CredentialCheck, type Question, type Remark, remark } from '../remark.ts';

/** The chain that the file holds against the chain that is needed. */
export const chainHeld: CredentialCheck = (question) => [
  ...missing(question),
  ...rootIncluded(question),
  ...foreign(question),
  ...order(question),
  ...links(question),
];

const SENT = 'RFC 8446 4.4.2';

const missing: CredentialCheck = ({ leaf, held, credential, requests }) => {
  const top = held.at(-1) ?? leaf;
  if (isSelfIssued(top)) return [];
  // What a server lists, it has, and who matches names by the list finds it.
  const isListed = requests.some(({ authorities }) => authorities.some((name) => sameName(name, top.issuer)));
  if (isListed) return [];
  const more = walkIssuers(top, credential.elsewhere ?? []);
  const [url] = top.aiaIssuerUrls;
  const facts = { issuer: issuerOf(top), below: subjectOf(top), ...(url ? { url } : {}) };
  const lacking = more.filter((one) => !isSelfIssued(one));
  if (lacking.length > 0)
    return [
      remark('risks', 'intermediate-missing', { ...facts, missing: some(lacking.map(subjectOf)) }, SENT),
    ];
  // What is known to be a root need not lie in the file.
  if (more.length > 0) return [];
  if (credential.isStored) return [remark('note', 'issuer-not-in-store', facts, 'RFC 5280 6.1')];
  return [remark(held.length === 0 ? 'risks' : 'note', 'issuer-not-held', facts, SENT)];
};

const rootIncluded: CredentialCheck = ({ leaf, held }) => {
  const root = held.find(isSelfIssued);
  return root && root !== leaf
    ? [remark('note', 'root-included', { root: subjectOf(root), bytes: root.der.length }, SENT)]
    : [];
};

const foreign: CredentialCheck = ({ credential: { beside }, held }) => {
  const others = beside.filter((one) => !held.includes(one));
  if (others.length === 0) return [];
  const facts = { count: others.length, subjects: some(others.map(subjectOf)) };
  return [remark('note', 'foreign-certificates', facts, SENT)];
};

/** Programs that read PEM take the first for the leaf and send the others as they stand. */
const order: CredentialCheck = ({ credential: { inFileOrder = [] }, leaf, held }) => {
  const [first] = inFileOrder;
  if (!first || !inFileOrder.includes(leaf)) return [];
  const facts = { first: subjectOf(first), leaf: subjectOf(leaf) };
  if (first !== leaf)
    return [remark('risks', 'leaf-not-first', facts, 'SSL_CTX_use_certificate_chain_file(3)')];
  const places = held.map((one) => inFileOrder.indexOf(one)).filter((place) => place >= 0);
  const sorted = places.every((place, i) => i === 0 || place > places[i - 1]!);
  if (sorted) return [];
  return [
    remark(
      'risks',
      'chain-out-of-order',
      { order: [leaf, ...held].map(subjectOf).join(' → ') },
      'RFC 5246 7.4.2',
    ),
  ];
};

/** A CA of the same name need not be the one that signed. */
function links({ leaf, held, credential }: Question): Remark[] {
  const chain = [leaf, ...held];
  return chain.slice(1).flatMap((issuer, i) => {
    const below = chain[i]!;
    const facts = { subject: subjectOf(below), issuer: subjectOf(issuer) };
    const verdict = credential.signatures?.find((one) => one.on === below && one.by === issuer)?.is;
    if (verdict === 'bad') return [remark('stops', 'signature-does-not-fit', facts, 'RFC 5280 6.1.3')];
    const otherKey = verdict !== 'good' && hasOtherKey(below, issuer);
    return otherKey ? [remark('risks', 'issuer-key-differs', facts, 'RFC 5280 4.2.1.1')] : [];
  });
}

function hasOtherKey(below: Certificate, issuer: Certificate): boolean {
  const { authorityKeyId } = below;
  const { subjectKeyId } = issuer;
  if (authorityKeyId === undefined || subjectKeyId === undefined) return false;
  return authorityKeyId !== subjectKeyId && sameName(below.issuer, issuer.subject);
}
