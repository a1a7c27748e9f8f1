import type { Message } from '../base/message.ts';
import type { AtHand } from '../facts/issuer-list/read-list.ts';
import type { CertificateRequest } from '../wire/tls/handshake/certificate-request.ts';
import { english } from './lang/language.ts';
import { tell } from './lang/tell.ts';
import type {
  CertificateRow,
  ChoiceRow,
  ClientRow,
  IdentityRecord,
  ProbeRecord,
  ServerRecord,
  WhyReport,
} from './why.ts';
import { recordAgain } from './why-again.ts';
import { changesBetween } from './why-changes.ts';
import { compareProbes } from './why-compare.ts';
import { remarksOf, sayHeadline } from './why-headline.ts';
import { recordLists } from './why-lists.ts';
import { recordPaths } from './why-paths.ts';

/** What an answer of `why` is made of. */
export interface WhyParts {
  readonly toolVersion: string;
  /** Milliseconds since 1970 UTC. */
  readonly madeAt: number;
  readonly url: string;
  readonly probes: readonly ProbeRecord[];
  /** All that each probe was asked, in the order of the probes. */
  readonly requests: readonly (readonly CertificateRequest[])[];
  readonly atHand: AtHand;
  readonly identity: IdentityRecord | null;
  readonly clients: readonly ClientRow[];
  readonly others?: readonly CertificateRow[];
  readonly choices?: readonly ChoiceRow[];
  readonly mine?: readonly CertificateRow[];
  /** What kind of server answered. */
  readonly server?: ServerRecord;
  /** What else limits or qualifies the answer. */
  readonly remarks?: readonly Message[];
  readonly notes: readonly string[];
  /** An earlier answer to the same question. */
  readonly before?: WhyReport;
}

/** The document: what follows from the parts is read, compared and put into English words. */
export function makeWhy(parts: WhyParts): WhyReport {
  const { probes, identity, clients, notes, before } = parts;
  const lists = recordLists(probes, parts.requests, parts.atHand);
  const paths = recordPaths(probes);
  const again = recordAgain(probes, lists);
  const answered = {
    ...{ probes, identity, clients, lists },
    ...(parts.others ? { others: parts.others } : {}),
    ...(parts.choices?.length ? { choices: parts.choices } : {}),
    ...(parts.mine ? { mine: parts.mine } : {}),
  };
  return {
    schema: 'handclasp/why/1',
    tool: { name: 'handclasp', version: parts.toolVersion },
    madeAt: new Date(parts.madeAt).toISOString(),
    url: parts.url,
    headline: sayHeadline(answered, english),
    probes,
    identity,
    clients,
    ...(parts.others ? { others: parts.others } : {}),
    ...(parts.choices?.length ? { choices: parts.choices } : {}),
    ...(parts.mine ? { mine: parts.mine } : {}),
    lists,
    differences: compareProbes(probes, lists),
    since: before
      ? { madeAt: before.madeAt, changes: changesBetween(before, answered).map((one) => tell(one)) }
      : null,
    ...(again.length > 0 ? { again } : {}),
    paths,
    ...(parts.server ? { server: parts.server } : {}),
    remarks: [...remarksOf(answered), ...(parts.remarks ?? [])].map((one) => tell(one)),
    notes,
  };
}
