import type { Crypto } from '../../base/ports.ts';
import { checkCredential } from '../../credentials/check.ts';
import type { SignatureVerdict } from '../../credentials/credential.ts';
import { tell } from '../../report/lang/tell.ts';
import type { CertificateRow, IdentityRecord } from '../../report/why.ts';
import type { Certificate } from '../../wire/x509/certificate.ts';
import { walkIssuers } from '../../wire/x509/chain.ts';
import { sameName } from '../../wire/x509/name.ts';
import { isSignedBy } from '../../wire/x509/signature.ts';
import { type AnsweredProbe, requestsOf } from './asking.ts';
import { clientRows } from './client-rows.ts';
import type { HeldCertificate, WhyQuestion, WhyTools } from './question.ts';
import { recordIdentity } from './record.ts';

/** Certificates beside the main one: what each shows of itself, and what the clients do that look where it lies. */
export function certificateRows(
  held: readonly HeldCertificate[],
  answers: readonly AnsweredProbe[],
  question: WhyQuestion,
  tools: WhyTools,
): Promise<CertificateRow[]> {
  return Promise.all(
    held.map(async (one) => {
      const clients = tools.clients.filter(({ id }) => one.clients?.includes(id) ?? true);
      return {
        identity: await recordHeld(one, answers, question, tools),
        where: one.where,
        clients: clientRows(answers, { ...question, identity: one.identity }, { ...tools, clients }),
      };
    }),
  );
}

/** A certificate with all that can be said of it before any client sees it. */
export async function recordHeld(
  held: HeldCertificate,
  answers: readonly AnsweredProbe[],
  { issuers = [] }: WhyQuestion,
  { digest, verify, now }: WhyTools,
): Promise<IdentityRecord> {
  const { identity, alias, inFileOrder, provider } = held;
  const { leaf } = identity;
  const reachable = identity.reachable.is === 'known' ? identity.reachable.value : [];
  // In a store the chain lies beside every certificate; its root is nothing that the user put there.
  const beside = held.isStored ? walkIssuers(leaf, reachable).filter(isNoRoot) : identity.held;
  const remarks = checkCredential(
    {
      leaf,
      beside,
      isStored: held.isStored ?? false,
      elsewhere: [...reachable, ...issuers],
      signatures: verify ? await verdictsOn(leaf, beside, verify) : [],
      ...(inFileOrder ? { inFileOrder } : {}),
      ...(provider === undefined ? {} : { provider }),
    },
    { requests: answers.flatMap(requestsOf).map(({ request }) => request), at: now },
  );
  return {
    ...recordIdentity(identity, digest),
    ...(alias ? { alias } : {}),
    remarks: remarks.map(({ message, severity, cites }) => ({ ...tell(message), severity, cites })),
  };
}

const isNoRoot = ({ issuer, subject }: Certificate): boolean => !sameName(issuer, subject);

function verdictsOn(
  leaf: Certificate,
  beside: readonly Certificate[],
  verify: Crypto['verify'],
): Promise<SignatureVerdict[]> {
  const chain = [leaf, ...walkIssuers(leaf, beside)];
  const links = chain.slice(1).map((by, i) => ({ on: chain[i]!, by }));
  return Promise.all(links.map(async ({ on, by }) => ({ on, by, is: await isSignedBy(on, by, { verify }) })));
}
