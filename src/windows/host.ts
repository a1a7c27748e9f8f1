import { answerOf, type Known, known, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import type { Thumbprinted } from '../wire/x509/certificate.ts';
import type { BuildId } from './builds.ts';
import type { BindingKey, SslBinding } from './http-sys/binding.ts';
import { sameKey } from './http-sys/key.ts';
import { type Assumptions, assuming } from './hypotheses.ts';
import { storeKey } from './stores/names.ts';
import { WANTED, wantedStore } from './wanted.ts';

/**
 * The only state type of a Windows host, whole (the lab) or half known (evidence). Immutable.
 * Every leaf is Known: a value with loci, unknown with what would tell, or a conflict.
 */
export interface Host {
  readonly name: string;
  readonly build: Known<BuildId>;
  /** All http.sys SSL records; unknown when no listing was whole. */
  readonly bindings: Known<readonly SslBinding[]>;
  readonly schannel: Schannel;
  /** LocalMachine stores by lower-case name ('root', 'ca', 'my', 'clientauthissuer'). A store that is not here is unknown. */
  readonly stores: ReadonlyMap<string, Known<readonly StoredCertificate[]>>;
  readonly sites: Known<readonly Site[]>;
  /** Chosen variants of the hypotheses; read through the host, never passed along. */
  readonly assume: Assumptions;
}

/** HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL; undefined: the value is absent (domain 4.1). */
export interface Schannel {
  readonly sendTrustedIssuerList: Known<number | undefined>;
  readonly clientAuthTrustMode: Known<number | undefined>;
  readonly eventLogging: Known<number | undefined>;
}

export interface StoredCertificate extends Thumbprinted {
  readonly because: readonly Locus[];
}

/** An IIS site: its https bindings and the access rules of its paths. */
export interface Site {
  readonly id: number;
  readonly name: string;
  readonly bindings: readonly SiteBinding[];
  /** Access rules by location path below the site ('' is the site itself), most general first. */
  readonly access: readonly AccessRule[];
  readonly because: readonly Locus[];
}

export interface SiteBinding {
  readonly protocol: string;
  /** 'IP:port:host', '*' for any address. */
  readonly information: string;
  readonly sslFlags: number;
}

export interface AccessRule {
  readonly path: string;
  /** Ssl, SslNegotiateCert, SslRequireCert, SslMapCert, Ssl128. */
  readonly sslFlags: readonly string[];
  readonly because: readonly Locus[];
}

/** A host of which nothing is known yet; each leaf says what to collect. */
export function emptyHost(name: string): Host {
  return {
    name,
    build: unknown(WANTED.build),
    bindings: unknown(WANTED.bindings),
    schannel: {
      sendTrustedIssuerList: unknown(WANTED.schannel),
      clientAuthTrustMode: unknown(WANTED.schannel),
      eventLogging: unknown(WANTED.schannel),
    },
    stores: new Map(),
    sites: unknown(WANTED.sites),
    assume: assuming(),
  };
}

/** A LocalMachine store by name, any case; unknown, with what to collect, when nothing was read of it. */
export function store(host: Host, name: string): Known<readonly StoredCertificate[]> {
  return host.stores.get(storeKey(name)) ?? unknown(wantedStore(name));
}

export function withStore(
  host: Host,
  name: string,
  certificates: readonly StoredCertificate[],
  because: readonly Locus[] = [],
): Host {
  return { ...host, stores: new Map(host.stores).set(storeKey(name), known(certificates, because)) };
}

/** The record of a key; undefined when the host has none. */
export function bindingByKey(host: Host, key: BindingKey): Known<SslBinding | undefined> {
  const records = answerOf(host.bindings);
  const record = records.find((one) => sameKey(one.key, key));
  const listing = host.bindings.is === 'known' ? host.bindings.because : [];
  return known(record, record ? record.because : listing);
}

/** Puts a record in the place of the one with its key, or behind the others. Unanswered when no listing is known. */
export function withBinding(host: Host, binding: SslBinding): Host {
  const records = answerOf(host.bindings);
  const exists = records.some((one) => sameKey(one.key, binding.key));
  const next = exists
    ? records.map((one) => (sameKey(one.key, binding.key) ? binding : one))
    : [...records, binding];
  return withBindings(host, next);
}

export function withoutBinding(host: Host, key: BindingKey): Host {
  return withBindings(
    host,
    answerOf(host.bindings).filter((one) => !sameKey(one.key, key)),
  );
}

function withBindings(host: Host, records: readonly SslBinding[]): Host {
  const because = host.bindings.is === 'known' ? host.bindings.because : [];
  return { ...host, bindings: known(records, because) };
}

export function withSchannel(host: Host, values: Partial<Schannel>): Host {
  return { ...host, schannel: { ...host.schannel, ...values } };
}

/** The same host under other variants of the hypotheses. */
export function underAssumptions(host: Host, assume: Assumptions): Host {
  return { ...host, assume };
}
