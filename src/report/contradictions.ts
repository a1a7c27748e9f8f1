import { becauseOf, type Known } from '../base/known.ts';
import { printLocus } from '../base/locus.ts';
import { recordsShown } from '../facts/records.ts';
import type { Picture } from '../picture/picture.ts';
import type { Host } from '../windows/host.ts';
import { BINDING_FIELDS, type SslBinding } from '../windows/http-sys/binding.ts';
import { printKey } from '../windows/http-sys/key.ts';
import { spelledStore } from '../windows/stores/names.ts';
import type { Contradiction } from './report.ts';
import { listing } from './words.ts';

/** Points on which sources of one snapshot disagree: shown with every side, never averaged. */
export const contradictionsOf = ({ hosts }: Picture): Contradiction[] =>
  hosts.flatMap((host) =>
    leavesOf(host).flatMap(({ what, leaf }) =>
      leaf.is === 'conflict' ? [contradiction(what, host, leaf)] : [],
    ),
  );

/** Ten thousand records have a quarter of a million fields. */
const disputedFields = ({ fields }: SslBinding) =>
  BINDING_FIELDS.filter(({ name }) => fields[name]?.is === 'conflict');

interface NamedLeaf {
  readonly what: string;
  readonly leaf: Known<unknown>;
}

function leavesOf(host: Host): NamedLeaf[] {
  const { schannel, stores, build, bindings, sites } = host;
  return [
    { what: 'the Windows version', leaf: build },
    { what: 'SendTrustedIssuerList', leaf: schannel.sendTrustedIssuerList },
    { what: 'ClientAuthTrustMode', leaf: schannel.clientAuthTrustMode },
    { what: 'EventLogging', leaf: schannel.eventLogging },
    { what: 'the http.sys records', leaf: bindings },
    ...recordsShown(host).flatMap((record) =>
      disputedFields(record).map(({ name, label }) => ({
        what: `${label} of ${printKey(record.key)}`,
        leaf: record.fields[name]!,
      })),
    ),
    ...[...stores].map(([name, leaf]) => ({ what: `the contents of the store ${spelledStore(name)}`, leaf })),
    { what: 'the sites of IIS', leaf: sites },
  ];
}

function contradiction(
  what: string,
  { name }: Host,
  leaf: Extract<Known<unknown>, { is: 'conflict' }>,
): Contradiction {
  const sides = leaf.sides.map(({ value, because }) => {
    const [at] = because;
    return `${at ? printLocus(at) : 'one source'} says ${said(value)}`;
  });
  return { what: `${what} on ${name}`, sides, because: becauseOf(leaf) };
}

function said(value: unknown): string {
  if (Array.isArray(value)) return `${value.length} of them`;
  if (value === undefined) return 'none';
  return typeof value === 'object' ? 'otherwise' : `${value}`;
}

/** 'SendTrustedIssuerList on WEB01: a.reg:4 says 1 and b.reg:4 says 0'. */
export const printContradiction = ({ what, sides }: Contradiction): string => `${what}: ${listing(sides)}`;
