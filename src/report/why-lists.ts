import { type AtHand, type ListRemarks, readList } from '../facts/issuer-list/read-list.ts';
import type { CertificateRequest } from '../wire/tls/handshake/certificate-request.ts';
import { sayHeard } from './lang/heard.ts';
import type { Language } from './lang/language.ts';
import { tell } from './lang/tell.ts';
import type { ListRecord, ProbeRecord, RequestRecord, WhyReport } from './why.ts';
import { labelOf } from './why-label.ts';

/** Each list that was seen once, read with what is at hand. `requests` are those of the probes, in their order. */
export function recordLists(
  probes: readonly ProbeRecord[],
  requests: readonly (CertificateRequest | null)[],
  atHand: AtHand,
): ListRecord[] {
  const groups: number[][] = [];
  for (const [i, { request }] of probes.entries()) {
    if (!request) continue;
    const group = groups.find(([first]) => isSameList(probes[first!]!.request!, request));
    if (group) group.push(i);
    else groups.push([i]);
  }
  return groups.map((group) => {
    const read = readList(requests[group[0]!]!, atHand);
    return recordList(group, probes[group[0]!]!.request!, read);
  });
}

/** Lists are equal when the same names come in the same order. */
const isSameList = ({ authorities: a }: RequestRecord, { authorities: b }: RequestRecord): boolean =>
  a === b || (a.length === b.length && a.every(({ sha256 }, i) => sha256 === b[i]!.sha256));

function recordList(probes: readonly number[], request: RequestRecord, read: ListRemarks): ListRecord {
  return {
    probes,
    count: read.count,
    bytes: read.bytes,
    names: read.names.map(({ kind, hint }, i) => ({
      name: request.authorities[i]!.name,
      sha256: request.authorities[i]!.sha256,
      kind,
      hint,
    })),
    remarks: read.remarks.map((message) => tell(message)),
  };
}

/** '3 acceptable issuers, 212 bytes'. */
export function listTitle({ count, bytes }: ListRecord, language: Language): string {
  return count === 0 ? language.say('list-title-none') : language.say('list-title', { count, bytes });
}

/** Which connections brought the list, where not all did. */
export function listLabel(
  list: ListRecord,
  { probes }: Pick<WhyReport, 'probes'>,
  language: Language,
): string {
  const asking = probes.filter(({ request }) => request !== null);
  return labelOf(
    list.probes.map((i) => probes[i]!),
    asking,
    language,
  );
}

/** A listed name; what stands in place of one that cannot be read is ours. */
export const sayName = ({ name }: ListRecord['names'][number], language: Language): string =>
  name.startsWith('(') ? sayHeard(name, language) : name;

/** 'root', 'calls itself root, unchecked'; '' when nothing is known. */
export function sayKind({ kind, hint }: ListRecord['names'][number], language: Language): string {
  if (kind !== 'unknown') return language.say(`kind-${kind}`);
  return hint === null ? '' : language.say(`hint-${hint}`);
}

/** Types and algorithms of the requests that brought the list, each wording once, `most` names of each. */
export function requestLines(
  list: ListRecord,
  { probes }: Pick<WhyReport, 'probes'>,
  most: number,
  language: Language,
): string[] {
  const requests = list.probes.flatMap((i) => probes[i]!.request ?? []);
  const line = (id: string, names: readonly string[] | null): string[] =>
    names === null ? [] : [language.say(id, { names: language.listing(names, most) })];
  const lines = requests.flatMap(({ certificateTypes, signatureAlgorithms }) => [
    ...line('certificate-types', certificateTypes),
    ...line('signature-algorithms', signatureAlgorithms),
  ]);
  return [...new Set(lines)];
}
