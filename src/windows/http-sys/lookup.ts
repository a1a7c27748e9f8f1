import type { Known } from '../../base/known.ts';
import type { Host } from '../host.ts';
import { HYPOTHESES } from '../hypotheses.ts';
import { Trail } from '../trail.ts';
import { type Address, isWildcard, parseConnectionAddress } from './address.ts';
import type { SslBinding } from './binding.ts';
import { endpointOf } from './key.ts';

/** Which record answers a connection (domain 1.2 [KP 2012-09-04, 2012-10-11]). */

export interface Connection {
  /** Local address that the client reached. */
  readonly address: string;
  readonly port: number;
  /** Host name of the ClientHello; null without SNI. */
  readonly serverName: string | null;
}

export type LookupStep = 'exact-ip' | 'sni' | 'ccs' | 'wildcard';

/** The order of the steps under each variant of wildcard-before-sni. The first step with a record decides. */
const LOOKUP_ORDERS: Readonly<Record<string, readonly LookupStep[]>> = {
  'sni-first': ['exact-ip', 'sni', 'ccs', 'wildcard'],
  'wildcard-first': ['exact-ip', 'wildcard', 'sni', 'ccs'],
};

/** The record that answers; undefined: none does, and the handshake fails. */
export function bindingFor(host: Host, connection: Connection): Known<SslBinding | undefined> {
  const trail = new Trail();
  const matches = matchesOf(recordsFor(host, connection, trail), connection);
  const step = firstStep(host, matches);
  if (!step) return trail.answer(undefined);
  const [first, second] = matches[step];
  const record = second && step === 'wildcard' ? wildcardOf(host, matches[step]) : first;
  trail.note(record?.because ?? []);
  return trail.answer(record);
}

/** A listing that was cut answers only what no record that is missing could change: the exact address. */
function recordsFor(host: Host, connection: Connection, trail: Trail): readonly SslBinding[] {
  const partial = host.bindings.is === 'known' ? [] : (host.partialBindings ?? []);
  return matchesOf(partial, connection)['exact-ip'].length > 0 ? partial : trail.read(host.bindings);
}

type Matches = Readonly<Record<LookupStep, readonly SslBinding[]>>;

/** The hypothesis is read only where its variants lead to different steps. */
function firstStep(host: Host, matches: Matches): LookupStep | undefined {
  const under = (variant: string) => LOOKUP_ORDERS[variant]!.find((step) => matches[step].length > 0);
  const steps = new Set(HYPOTHESES['wildcard-before-sni'].variants.map(({ id }) => under(id)));
  if (steps.size === 1) return [...steps][0];
  return under(host.assume.variant('wildcard-before-sni'));
}

/** Both wildcards exist and the client came by IPv4: which of them answers is not told anywhere. */
function wildcardOf(host: Host, [own, other]: readonly SslBinding[]): SslBinding | undefined {
  return host.assume.variant('wildcard-of-other-family') === 'ipv6-first' ? other : own;
}

function matchesOf(records: readonly SslBinding[], connection: Connection): Matches {
  const address = parseConnectionAddress(connection.address);
  const byIp = ipRecords(records, connection.port);
  const exact = byIp.filter((one) => !isWildcard(one.address) && one.address.text === address?.text);
  return {
    'exact-ip': exact.map((one) => one.record),
    sni: hostRecords(records, 'hostnameport', connection),
    ccs: ccsRecords(records, connection),
    wildcard: wildcards(
      byIp.filter((one) => isWildcard(one.address)),
      address,
    ),
  };
}

interface ByIp {
  readonly record: SslBinding;
  readonly address: Address;
}

function ipRecords(records: readonly SslBinding[], port: number): ByIp[] {
  return records.flatMap((record) => {
    const endpoint = record.key.kind === 'ipport' ? endpointOf(record.key) : null;
    return endpoint?.is === 'address' && endpoint.port === port
      ? [{ record, address: endpoint.address }]
      : [];
  });
}

/**
 * The client's own address family first. An IPv6 client falls to 0.0.0.0 where there is no [::] (IIS makes
 * only 0.0.0.0 for "All Unassigned"). For IPv4 with both see wildcard-of-other-family.
 */
function wildcards(found: readonly ByIp[], address: Address | null): SslBinding[] {
  const family = address?.family ?? 4;
  const own = found.filter((one) => one.address.family === family);
  const other = found.filter((one) => one.address.family !== family);
  const ordered = [...own, ...other].map((one) => one.record);
  return family === 6 ? ordered.slice(0, 1) : ordered;
}

/** The exact name, else the wildcard of its left-most label (IIS 10: *.example.com; domain 1.1). */
function hostRecords(
  records: readonly SslBinding[],
  kind: 'hostnameport' | 'scopedccs',
  { port, serverName }: Connection,
): SslBinding[] {
  if (serverName === null) return [];
  const name = serverName.toLowerCase().replace(/\.$/, '');
  const names = [name, name.replace(/^[^.]+/, '*')];
  const found = names.map((wanted) =>
    records.find((record) => {
      const endpoint = record.key.kind === kind ? endpointOf(record.key) : null;
      return endpoint?.is === 'host' && endpoint.port === port && endpoint.host === wanted;
    }),
  );
  return found.filter((record) => record !== undefined).slice(0, 1);
}

/** A scoped central store before the one of the whole port: its place is unverified. */
function ccsRecords(records: readonly SslBinding[], connection: Connection): SslBinding[] {
  const whole = records.filter((record) => {
    const endpoint = record.key.kind === 'ccs' ? endpointOf(record.key) : null;
    return endpoint?.port === connection.port;
  });
  return [...hostRecords(records, 'scopedccs', connection), ...whole].slice(0, 1);
}
