import { answerOf, becauseOf, type Known, known, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import type { Thumbprinted } from '../wire/x509/certificate.ts';
import type { BuildId } from './builds.ts';
import type { BindingKey, SslBinding } from './http-sys/binding.ts';
import { sameKey } from './http-sys/key.ts';
import { type Assumptions, assuming } from './hypotheses.ts';
import type { Registry } from './registry/registry.ts';
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
  /** Records seen in listings that were cut or filtered: others may exist. Only where `bindings` is unknown. */
  readonly partialBindings?: readonly SslBinding[];
  readonly schannel: Schannel;
  /** LocalMachine stores by lower-case name ('root', 'ca', 'my', 'clientauthissuer'). A store that is not here is unknown. */
  readonly stores: ReadonlyMap<string, Known<readonly StoredCertificate[]>>;
  readonly sites: Known<readonly Site[]>;
  /** Registry keys that the model does not read. Absent: nothing is kept of the registry, and it cannot be told. */
  readonly registry?: Registry;
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

/**
 * The record of a key; undefined when the host has none. Unanswered when no listing was whole and none of those
 * that were cut shows it.
 */
export function bindingByKey(host: Host, key: BindingKey): Known<SslBinding | undefined> {
  const ofKey = (records: readonly SslBinding[]) => records.find((one) => sameKey(one.key, key));
  const seen = host.bindings.is === 'known' ? undefined : ofKey(host.partialBindings ?? []);
  if (seen) return known(seen, seen.because);
  const record = ofKey(answerOf(host.bindings));
  return known(record, record ? record.because : becauseOf(host.bindings));
}

/** Puts a record in the place of the one with its key, or behind the others. */
export function withBinding(host: Host, binding: SslBinding): Host {
  return mapBindings(host, (records) =>
    records.some((one) => sameKey(one.key, binding.key))
      ? records.map((one) => (sameKey(one.key, binding.key) ? binding : one))
      : [...records, binding],
  );
}

export function withoutBinding(host: Host, key: BindingKey): Host {
  return mapBindings(host, (records) => records.filter((one) => !sameKey(one.key, key)));
}

function mapBindings(host: Host, change: (records: readonly SslBinding[]) => readonly SslBinding[]): Host {
  if (host.bindings.is === 'known')
    return { ...host, bindings: known(change(host.bindings.value), host.bindings.because) };
  return { ...host, partialBindings: change(host.partialBindings ?? []) };
}

export function withSchannel(host: Host, values: Partial<Schannel>): Host {
  return { ...host, schannel: { ...host.schannel, ...values } };
}

/** The same host under other variants of the hypotheses. */
export function underAssumptions(host: Host, assume: Assumptions): Host {
  return { ...host, assume };
}
