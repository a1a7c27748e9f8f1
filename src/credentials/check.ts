import { walkIssuers } from '../wire/x509/chain.ts';
import { accountMapping } from './checks/account-mapping.ts';
import { chainHeld } from './checks/chain.ts';
import { validity } from './checks/dates.ts';
import { key } from './checks/key.ts';
import { names } from './checks/names.ts';
import { policies } from './checks/policies.ts';
import { revocation } from './checks/revocation.ts';
import { signatures } from './checks/signatures.ts';
import { usage } from './checks/usage.ts';
import type { Credential, Use } from './credential.ts';
import type { CredentialCheck, Question, Remark, Severity } from './remark.ts';

const CHECKS: readonly CredentialCheck[] = [
  validity,
  usage,
  chainHeld,
  names,
  key,
  signatures,
  revocation,
  accountMapping,
  policies,
];

const ORDER: Readonly<Record<Severity, number>> = { stops: 0, risks: 1, note: 2 };

/** All that a certificate shows of itself, what stops a logon first. Fetches nothing; verifies nothing. */
export function checkCredential(credential: Credential, { requests = [], at }: Use): Remark[] {
  const { leaf, beside } = credential;
  const question: Question = { credential, leaf, held: walkIssuers(leaf, beside), requests, at };
  const remarks = CHECKS.flatMap((check) => check(question));
  const byText = new Map(remarks.map((one) => [JSON.stringify(one.message), one]));
  return [...byText.values()].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
}
