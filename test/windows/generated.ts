import fc from 'fast-check';
import type { Known } from '../../src/base/known.ts';
import type { Locus } from '../../src/base/locus.ts';
import { BUILDS, type BuildId } from '../../src/windows/builds.ts';
import type { Host, Site, StoredCertificate } from '../../src/windows/host.ts';
import type { BindingKey, BindingValues, FieldRow, SslBinding } from '../../src/windows/http-sys/binding.ts';
import { fieldRow, fieldsOfColumn } from '../../src/windows/http-sys/fields.ts';
import { assuming, HYPOTHESES } from '../../src/windows/hypotheses.ts';
import { issue } from '../support/pki.ts';
import { stored } from './support.ts';

/** Generated hosts for property tests. */

const pool = stored(...['One', 'Two', 'Three', 'Vier ü'].map((subject) => issue({ subject, ca: true })));

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const count = fc.nat({ max: 0xffffffff });

const locus: fc.Arbitrary<Locus> = fc.record(
  { source: text, line: count, byte: count, byteEnd: count, text },
  { requiredKeys: ['source'] },
);
const because = fc.array(locus, { maxLength: 2 });

function leaf<T>(value: fc.Arbitrary<T>): fc.Arbitrary<Known<T>> {
  return fc.oneof(
    fc.record({ is: fc.constant('known' as const), value, because }),
    fc.record({ is: fc.constant('unknown' as const), wants: text }),
    fc.record({
      is: fc.constant('conflict' as const),
      sides: fc.array(fc.record({ value, because }), { minLength: 2, maxLength: 3 }),
    }),
  );
}

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
export const hash = hex(40);
export const guid = fc.tuple(hex(8), hex(4), hex(4), hex(4), hex(12)).map((parts) => `{${parts.join('-')}}`);
/** Names of stores as an administrator may have made them, hostile ones to a shell included. */
export const storeName = fc.constantFrom(
  'My',
  'ClientAuthIssuer',
  'Remote Desktop',
  "O'Hara & Söhne",
  '100% safe',
  '%PATH%',
  '$(calc)',
  'a;b,c|d>e<f^g`h',
  'x=y',
);

export const key: fc.Arbitrary<BindingKey> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('0.0.0.0', '10.0.0.1', '[::]', '[2001:db8::1]'),
      fc.integer({ min: 1, max: 65535 }),
    )
    .map(([ip, port]) => ({ kind: 'ipport' as const, value: `${ip}:${port}` })),
  fc
    .tuple(
      fc.constantFrom('www.example.com', '*.Example.com', 'bücher.example'),
      fc.integer({ min: 1, max: 65535 }),
    )
    .map(([host, port]) => ({ kind: 'hostnameport' as const, value: `${host}:${port}` })),
  fc.integer({ min: 1, max: 65535 }).map((port) => ({ kind: 'ccs' as const, value: String(port) })),
);

const VALUES: Readonly<Record<FieldRow['shape'], fc.Arbitrary<BindingValues[keyof BindingValues]>>> = {
  hash: fc.option(hash, { nil: undefined }),
  guid,
  text: fc.option(storeName, { nil: undefined }),
  number: fc.oneof(fc.constant(0), fc.nat({ max: 0xffffffff })),
  enabled: fc.boolean(),
  set: fc.boolean(),
};

/** Values for the fields that a build has, all of them writable, as a record of that key may hold them. */
export function fieldValues(build: BuildId, of: BindingKey): fc.Arbitrary<Partial<BindingValues>> {
  const names = fieldsOfColumn(BUILDS[build].netshColumn).map(({ name }) => name);
  const values = names.map((name) => {
    if (name === 'enablecachingclienthello') return fc.constant(false);
    if (name === 'certhash') return of.kind === 'ccs' ? fc.constant(undefined) : hash;
    if (name === 'certstorename') return storeFor(of);
    return VALUES[fieldRow(name).shape];
  });
  return fc
    .tuple(...values)
    .map((all) => Object.fromEntries(names.map((name, i) => [name, all[i]])) as Partial<BindingValues>);
}

/** netsh insists on a store for a host name; a central store has none. */
function storeFor(of: BindingKey): fc.Arbitrary<string | undefined> {
  if (of.kind === 'ccs') return fc.constant(undefined);
  return of.kind === 'hostnameport' ? storeName : fc.option(storeName, { nil: undefined });
}

const halfBinding: fc.Arbitrary<SslBinding> = fc.record({
  key,
  because,
  fields: fc
    .subarray(fieldsOfColumn('E'))
    .chain((rows) =>
      fc
        .tuple(...rows.map(({ shape }) => leaf(VALUES[shape])))
        .map((leaves) => Object.fromEntries(rows.map(({ name }, i) => [name, leaves[i]]))),
    ),
});

const certificates: fc.Arbitrary<readonly StoredCertificate[]> = fc.array(
  fc.tuple(fc.constantFrom(...pool), because).map(([one, loci]) => ({ ...one, because: loci })),
  { maxLength: 3 },
);

const site: fc.Arbitrary<Site> = fc.record({
  id: count,
  name: text,
  bindings: fc.array(fc.record({ protocol: text, information: text, sslFlags: count }), { maxLength: 2 }),
  access: fc.array(fc.record({ path: text, sslFlags: fc.array(text, { maxLength: 3 }), because }), {
    maxLength: 2,
  }),
  because,
});

const variants = fc
  .record(
    Object.fromEntries(
      Object.values(HYPOTHESES).map((one) => [one.id, fc.constantFrom(...one.variants.map(({ id }) => id))]),
    ),
  )
  .map(assuming);

/** Whole, half known and disputed hosts, cut listings among them. */
export const halfHost: fc.Arbitrary<Host> = fc.record(
  {
    name: text,
    build: leaf(fc.constantFrom(...(Object.keys(BUILDS) as BuildId[]))),
    bindings: leaf(fc.array(halfBinding, { maxLength: 3 })),
    partialBindings: fc.array(halfBinding, { maxLength: 2 }),
    schannel: fc.record({
      sendTrustedIssuerList: leaf(fc.option(count, { nil: undefined })),
      clientAuthTrustMode: leaf(fc.option(count, { nil: undefined })),
      eventLogging: leaf(fc.option(count, { nil: undefined })),
    }),
    stores: fc
      .dictionary(text, leaf(certificates), { maxKeys: 4 })
      .map((all) => new Map(Object.entries(all))),
    sites: leaf(fc.array(site, { maxLength: 2 })),
    assume: variants,
  },
  { requiredKeys: ['name', 'build', 'bindings', 'schannel', 'stores', 'sites', 'assume'] },
);
