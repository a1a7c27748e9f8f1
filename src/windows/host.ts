import type { Known } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import type { Thumbprinted } from '../wire/x509/certificate.ts';
import type { BuildId } from './builds.ts';
import type { SslBinding } from './http-sys/binding.ts';
import type { Assumptions } from './hypotheses.ts';

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
