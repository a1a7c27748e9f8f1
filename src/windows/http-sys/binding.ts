import type { Known } from '../../base/known.ts';
import type { Locus } from '../../base/locus.ts';

/** The four kinds of http.sys SSL record keys (domain 1.1). */
export type BindingKind = 'ipport' | 'hostnameport' | 'ccs' | 'scopedccs';

export interface BindingKey {
  readonly kind: BindingKind;
  /** '0.0.0.0:443', '[::]:443', 'www.example.com:443', '443'. */
  readonly value: string;
}

/** Values of a record by netsh parameter name. Text fields are undefined when netsh shows (null). */
export interface BindingValues {
  certhash: string | undefined;
  appid: string;
  certstorename: string | undefined;
  verifyclientcertrevocation: boolean;
  verifyrevocationwithcachedclientcertonly: boolean;
  usagecheck: boolean;
  /** seconds */
  revocationfreshnesstime: number;
  /** milliseconds */
  urlretrievaltimeout: number;
  sslctlidentifier: string | undefined;
  sslctlstorename: string | undefined;
  dsmapperusage: boolean;
  clientcertnegotiation: boolean;
  reject: boolean;
  disablehttp2: boolean;
  disablequic: boolean;
  disabletls12: boolean;
  disabletls13: boolean;
  disableocspstapling: boolean;
  enabletokenbinding: boolean;
  logextendedevents: boolean;
  disablelegacytls: boolean;
  enablesessionticket: boolean;
  disablesessionid: boolean;
  enablecachingclienthello: boolean;
  disableaia: boolean;
}

export type BindingField = keyof BindingValues;

/** A record. A field that the host's build does not have is absent from `fields`. */
export interface SslBinding {
  readonly key: BindingKey;
  readonly fields: { readonly [F in BindingField]?: Known<BindingValues[F]> };
  /** Its key line. */
  readonly because: readonly Locus[];
}

/** Generations of Windows by what `show` prints: A 2008 R2-2012 R2, B 2016, C 2019, D 2022, E 2025 (domain 2.3). */
export type NetshColumn = 'A' | 'B' | 'C' | 'D' | 'E';

export interface FieldRow {
  readonly name: BindingField;
  /** English label in `netsh http show sslcert`. */
  readonly label: string;
  readonly shape: 'hash' | 'guid' | 'text' | 'number' | 'enabled' | 'set';
  /** Bit in DefaultFlags of the registry (domain 3). */
  readonly flag?: number;
  /** First Windows generation whose `show` prints the line: A 2008 R2-2012 R2 … E 2025 (domain 2.3). */
  readonly since: NetshColumn | 'unverified';
  /** A generation of which only some builds have the line. */
  readonly sometimes?: NetshColumn;
  /** Accepted by netsh add/update as NAME=; Enable Caching Client Hello has no parameter. */
  readonly writable: boolean;
}

const row = (
  name: BindingField,
  label: string,
  shape: FieldRow['shape'],
  since: FieldRow['since'],
  flag?: number,
  more: Partial<Pick<FieldRow, 'sometimes' | 'writable'>> = {},
): FieldRow => ({
  name,
  label,
  shape,
  since,
  writable: true,
  ...(flag === undefined ? {} : { flag }),
  ...more,
});

/** Every field in the order that `show` prints (domain 2.3). The one place to add a field. */
export const BINDING_FIELDS: readonly FieldRow[] = [
  row('certhash', 'Certificate Hash', 'hash', 'A'),
  row('appid', 'Application ID', 'guid', 'A'),
  row('certstorename', 'Certificate Store Name', 'text', 'A'),
  row('verifyclientcertrevocation', 'Verify Client Certificate Revocation', 'enabled', 'A'),
  row(
    'verifyrevocationwithcachedclientcertonly',
    'Verify Revocation Using Cached Client Certificate Only',
    'enabled',
    'A',
  ),
  row('usagecheck', 'Usage Check', 'enabled', 'A'),
  row('revocationfreshnesstime', 'Revocation Freshness Time', 'number', 'A'),
  row('urlretrievaltimeout', 'URL Retrieval Timeout', 'number', 'A'),
  row('sslctlidentifier', 'Ctl Identifier', 'text', 'A'),
  row('sslctlstorename', 'Ctl Store Name', 'text', 'A'),
  row('dsmapperusage', 'DS Mapper Usage', 'enabled', 'A', 0x1),
  row('clientcertnegotiation', 'Negotiate Client Certificate', 'enabled', 'A', 0x2),
  row('reject', 'Reject Connections', 'enabled', 'B', 0x8),
  row('disablehttp2', 'Disable HTTP2', 'set', 'C', 0x10, { sometimes: 'B' }),
  row('disablequic', 'Disable QUIC', 'set', 'C', 0x20),
  row('disabletls12', 'Disable TLS1.2', 'set', 'C', 0x1000),
  row('disabletls13', 'Disable TLS1.3', 'set', 'C', 0x40),
  row('disableocspstapling', 'Disable OCSP Stapling', 'set', 'C', 0x80),
  row('enabletokenbinding', 'Enable Token Binding', 'set', 'D', 0x100),
  row('logextendedevents', 'Log Extended Events', 'set', 'D', 0x200),
  row('disablelegacytls', 'Disable Legacy TLS Versions', 'set', 'C', 0x400),
  row('enablesessionticket', 'Enable Session Ticket', 'set', 'D', 0x800),
  row('disablesessionid', 'Disable Session ID', 'set', 'E', 0x4000, { sometimes: 'E' }),
  row('enablecachingclienthello', 'Enable Caching Client Hello', 'set', 'E', 0x8000, { writable: false }),
  row('disableaia', 'Disable Authority Info Access', 'set', 'unverified', undefined, { sometimes: 'E' }),
];
