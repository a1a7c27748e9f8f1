import type { BindingField } from '../http-sys/binding.ts';
import type { Variant } from '../hypotheses.ts';

/** A tool that puts a renewed certificate into a record, and what becomes of the record's other fields. */
export interface Rebinder {
  /** File name. */
  readonly id: string;
  readonly title: string;
  /** Written anew. */
  readonly writes: readonly BindingField[];
  /** What it writes as appid; needed when `writes` has it. */
  readonly appid?: string;
  /** Writes the flags of the IIS binding too, as far as the build's sslFlags has a bit for them. */
  readonly carriesSslFlags?: true;
  /** Set to their defaults, unless sslFlags carries them. What is in no list is kept. */
  readonly loses: readonly BindingField[];
  readonly source: string;
  readonly confidence: Variant['confidence'];
  /** What the source does not tell. */
  readonly note?: string;
}

/**
 * What a call without them leaves behind: every policy that CreateSSLBinding's five arguments (address, host
 * name, hash, store, sslFlags) cannot express. Inferred from stack traces, the incident and field reports;
 * Microsoft documents none of it (domain 1.6).
 */
export const POLICIES: readonly BindingField[] = [
  'verifyclientcertrevocation',
  'verifyrevocationwithcachedclientcertonly',
  'usagecheck',
  'revocationfreshnesstime',
  'urlretrievaltimeout',
  'sslctlidentifier',
  'sslctlstorename',
  'dsmapperusage',
  'clientcertnegotiation',
  'reject',
  'disabletls12',
  'enabletokenbinding',
  'logextendedevents',
  'enablesessionticket',
  'disablesessionid',
  'enablecachingclienthello',
  'disableaia',
];

/** The fields that sslFlags can carry on every build that has them. */
export const FLAGS: readonly BindingField[] = [
  'disablehttp2',
  'disableocspstapling',
  'disablequic',
  'disabletls13',
  'disablelegacytls',
];

/** The two that every renewal is about, and the owner that a fresh record needs. */
export const CERTIFICATE_AND_OWNER: readonly BindingField[] = ['certhash', 'certstorename', 'appid'];
