import { type AtHand, type ListRemarks, readList } from '../facts/issuer-list/read-list.ts';
import type { CertificateRequest } from '../wire/tls/handshake/certificate-request.ts';
import { sayHeard } from './lang/heard.ts';
import type { Language } from './lang/language.ts';
import { tell } from './lang/tell.ts';
import type { ListRecord, ProbeRecord, RequestRecord, WhyReport } from './why.ts';
import { labelOf } from './why-label.ts';
import { isSameList, requestsIn } from './why-requests.ts';

/** Each list that was seen once, read with what is at hand. `requests`: all of each probe, in their order. */
export function recordLists(
  probes: readonly ProbeRecord[],
  requests: readonly (readonly CertificateRequest[])[],
  atHand: AtHand,
): ListRecord[] {
  const groups: Group[] = [];
  for (const [i, probe] of probes.entries())
    for (const [k, record] of requestsIn(probe).entries()) {
      const known = groups.find((one) => isSameList(one.record.authorities, record.authorities));
      const group = known ?? { record, request: requests[i]![k]!, probes: [], again: [] };
      if (!known) groups.push(group);
      const brought = k === 0 ? group.probes : group.again;
      if (!brought.includes(i)) brought.push(i);
    }
  return groups.map((group) => recordList(group, readList(group.request, atHand)));
}

interface Group {
  readonly record: RequestRecord;
  readonly request: CertificateRequest;
  readonly probes: number[];
  readonly again: number[];
}

function recordList({ record, probes, again }: Group, read: ListRemarks): ListRecord {
  return {
    probes,
    ...(again.length > 0 ? { again } : {}),
    count: read.count,
    bytes: read.bytes,
    names: read.names.map(({ kind, hint }, i) => ({
      name: record.authorities[i]!.name,
      sha256: record.authorities[i]!.sha256,
      kind,
      hint,
    })),
    remarks: read.remarks.map((message) => tell(message)),
  };
}

/** '3 acceptable issuers, 212 bytes'; with its number where what clients do is told by list. */
export function listTitle(
  list: ListRecord,
  { lists, clients }: Pick<WhyReport, 'lists' | 'clients'>,
  language: Language,
): string {
  const { count, bytes } = list;
  const title = count === 0 ? language.say('list-title-none') : language.say('list-title', { count, bytes });
  const isNumbered = clients.some(({ decisions }) => decisions.some((one) => one.list !== undefined));
  return isNumbered ? language.say('numbered-list', { number: lists.indexOf(list) + 1, title }) : title;
}

/** Which connections brought the list, where not all did. */
export function listLabel(
  list: ListRecord,
  { probes }: Pick<WhyReport, 'probes'>,
  language: Language,
): string {
  const asking = probes.filter(({ request }) => request !== null);
  const of = (indices: readonly number[]): string =>
    labelOf(
      indices.map((i) => probes[i]!),
      asking,
      language,
    );
  const { again } = list;
  const parts = list.probes.length === 0 ? [] : [of(list.probes)];
  if (again) {
    const versions = [...new Set(again.map((i) => probes[i]!.version))];
    parts.push(language.say('list-again', { where: of(again) || language.listing(versions) }));
  }
  return parts.filter((part) => part !== '').join('; ');
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
  const connections = [...new Set([...list.probes, ...(list.again ?? [])])].map((i) => probes[i]!);
  const requests = connections
    .flatMap(requestsIn)
    .filter(({ authorities }) => isSameList(authorities, list.names));
  const line = (id: string, names: readonly string[] | null): string[] =>
    names === null ? [] : [language.say(id, { names: language.listing(names, most) })];
  const lines = requests.flatMap(({ certificateTypes, signatureAlgorithms }) => [
    ...line('certificate-types', certificateTypes),
    ...line('signature-algorithms', signatureAlgorithms),
  ]);
  return [...new Set(lines)];
}
