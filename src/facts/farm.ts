import { known, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import type { HandshakeSeen } from '../evidence/claims.ts';
import type { Host } from '../windows/host.ts';
import {
  BINDING_FIELDS,
  type BindingField,
  type BindingKey,
  type SslBinding,
} from '../windows/http-sys/binding.ts';
import { WANTED } from '../windows/wanted.ts';
import { CLIENT_FIELDS, fieldOf, whereSeen } from './endpoint.ts';
import { sameNames } from './issuers.ts';
import type { Question } from './question.ts';
import { idOf, recordsShown } from './records.ts';

/** Two nodes that treat a client's certificate differently at the same name and port. */
export interface Drift {
  readonly at: string;
  readonly nodes: string;
  readonly fields: string;
  readonly because: readonly Locus[];
}

/** 'one node': there is nothing to compare. null: the records that several nodes have in common are alike. */
export const drift: Question<Drift | null | 'one node'> = (subject) => {
  const { hosts, handshakes } = subject.picture;
  const onTheWire = wireDrift(handshakes);
  if (onTheWire) return known<Drift | null>(onTheWire, onTheWire.because);
  const shared = sharedRecords(hosts);
  if (shared.length === 0) return known('one node');
  const because: Locus[] = [];
  let open: string | null = null;
  for (const [first, ...others] of shared)
    for (const other of others) {
      const fields = CLIENT_FIELDS.filter((name) => differ(first!.record, other.record, name));
      if (fields.length > 0)
        return known<Drift | null>(told(first!, other, fields), told(first!, other, fields).because);
      if (CLIENT_FIELDS.some((name) => isOpen(first!.record, name) || isOpen(other.record, name)))
        open = `${WANTED.bindings} of ${first!.host.name} and ${other.host.name}, whole`;
      because.push(...first!.record.because, ...other.record.because);
    }
  return open ? unknown(open) : known(null, because);
};

interface Node {
  readonly host: Host;
  readonly record: SslBinding;
}

/** Records with one key on several hosts. An address of one machine is not shared; a wildcard is. */
function sharedRecords(hosts: readonly Host[]): Node[][] {
  const byKey = new Map<string, Node[]>();
  for (const host of hosts)
    for (const record of recordsShown(host))
      if (isShared(record.key))
        byKey.set(idOf(record.key), [...(byKey.get(idOf(record.key)) ?? []), { host, record }]);
  return [...byKey.values()].filter((nodes) => new Set(nodes.map(({ host }) => host.name)).size > 1);
}

const isShared = ({ kind, value }: BindingKey): boolean =>
  kind !== 'ipport' || /^(?:0\.0\.0\.0|\[::\]):/.test(value);

function differ(a: SslBinding, b: SslBinding, name: BindingField): boolean {
  const [mine, its] = [fieldOf(a, name), fieldOf(b, name)];
  return mine.is === 'known' && its.is === 'known' && plain(mine.value) !== plain(its.value);
}

const plain = (value: unknown): string => String(value ?? '').toLowerCase();
const isOpen = (record: SslBinding, name: BindingField): boolean => fieldOf(record, name).is !== 'known';

function told(a: Node, b: Node, fields: readonly BindingField[]): Drift {
  return {
    at: a.record.key.value,
    nodes: `${a.host.name} and ${b.host.name}`,
    fields: fields.map((name) => BINDING_FIELDS.find((row) => row.name === name)?.label ?? name).join(', '),
    because: fields.flatMap((name) => [...whereSeen(a.record, name), ...whereSeen(b.record, name)]),
  };
}

/** One name that different addresses answer with different requests. */
function wireDrift(handshakes: readonly HandshakeSeen[]): Drift | null {
  for (const [i, one] of handshakes.entries()) {
    const other = handshakes.slice(i + 1).find((that) => isOtherNode(one, that) && asksOtherwise(one, that));
    if (other)
      return {
        at: `${one.serverName}:${one.port}`,
        nodes: `${one.address} and ${other.address}`,
        fields: one.request && other.request ? 'the issuers that they name' : 'whether they ask',
        because: [one.at, other.at],
      };
  }
  return null;
}

const isOtherNode = (a: HandshakeSeen, b: HandshakeSeen): boolean =>
  a.serverName !== undefined &&
  a.serverName === b.serverName &&
  a.port === b.port &&
  a.address !== undefined &&
  b.address !== undefined &&
  a.address !== b.address &&
  // IPv4 and IPv6 of one machine have records of their own.
  a.address.includes(':') === b.address.includes(':');

const asksOtherwise = (a: HandshakeSeen, b: HandshakeSeen): boolean =>
  a.request && b.request
    ? !sameNames(a.request.authorities, b.request.authorities)
    : !a.request !== !b.request;
