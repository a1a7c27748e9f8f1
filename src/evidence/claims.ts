import type { Known } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import type { BuildId } from '../windows/builds.ts';
import type { BindingField, BindingKey } from '../windows/http-sys/binding.ts';
import type { CertificateRequest } from '../wire/tls/handshake/certificate-request.ts';
import type { Certificate } from '../wire/x509/certificate.ts';

/** The closed vocabulary in which every reader speaks. The picture never learns which kind of file spoke. */
export type Claim =
  | HostName
  | BuildSeen
  | BindingSeen
  | BindingFieldSeen
  | BindingsWhole
  | SchannelValue
  | SchannelKeyWhole
  | StoreCertificate
  | StoreWhole
  | LooseCertificate
  | SiteSeen
  | SitesWhole
  | Logons
  | HandshakeSeen;

interface At {
  readonly at: Locus;
}
export interface HostName extends At {
  readonly says: 'host-name';
  readonly name: string;
  /** Only the name of a file says so (`WEB01_Root.p7b`): it groups files, it contradicts nothing. */
  readonly byFileName?: true;
}
export interface BuildSeen extends At {
  readonly says: 'build';
  readonly build: BuildId;
}
/** An http.sys record exists; `at` is its key line. */
export interface BindingSeen extends At {
  readonly says: 'binding';
  readonly key: BindingKey;
}
/** One field of one http.sys record. `value` unknown: the text was there but unreadable or redacted. */
export interface BindingFieldSeen extends At {
  readonly says: 'binding-field';
  readonly key: BindingKey;
  readonly field: BindingField;
  readonly value: Known<string | number | boolean | undefined>;
}
/** The listing was whole (not cut, no filter): a key that it lacks does not exist. */
export interface BindingsWhole extends At {
  readonly says: 'bindings-whole';
}
export interface SchannelValue extends At {
  readonly says: 'schannel-value';
  readonly name: 'SendTrustedIssuerList' | 'ClientAuthTrustMode' | 'EventLogging';
  readonly value: number;
}
/** The SCHANNEL key was exported whole: a value that it lacks is absent. */
export interface SchannelKeyWhole extends At {
  readonly says: 'schannel-key-whole';
}
export interface StoreCertificate extends At {
  readonly says: 'store-certificate';
  /** LocalMachine store, as spelled. */
  readonly store: string;
  readonly thumbprint: string;
  readonly certificate: Certificate;
}
export interface StoreWhole extends At {
  readonly says: 'store-whole';
  readonly store: string;
}
/** A certificate whose store is not known (a bare PEM): perhaps the client's. */
export interface LooseCertificate extends At {
  readonly says: 'certificate';
  readonly thumbprint: string;
  readonly certificate: Certificate;
}
export interface SiteSeen extends At {
  readonly says: 'site';
  readonly id: number;
  readonly name: string;
  readonly bindings: readonly { protocol: string; information: string; sslFlags: number }[];
  readonly access: readonly { path: string; sslFlags: readonly string[]; at: Locus }[];
}
export interface SitesWhole extends At {
  readonly says: 'sites-whole';
}
/** A bounded summary of log lines that share endpoint and status: counts, first and last with their loci. */
export interface Logons extends At {
  readonly says: 'logons';
  readonly serverIp?: string;
  readonly serverPort?: number;
  readonly hostHeader?: string;
  readonly path?: string;
  readonly status: number;
  /** NOT_LOGGED where the log has no such field. */
  readonly substatus: number;
  readonly win32: number;
  readonly count: number;
  /** Milliseconds since 1970 UTC. */
  readonly first: number;
  readonly last: number;
  readonly lastAt: Locus;
  /** The last line below status 400 of the same endpoint, host header and path before `first`. */
  readonly successBefore?: { readonly time: number; readonly at: Locus };
}
/** A substatus or win32 status of lines whose log has no such field. */
export const NOT_LOGGED = -1;
/** A CertificateRequest seen on the wire, by our probe or in a capture. */
export interface HandshakeSeen extends At {
  readonly says: 'certificate-request';
  readonly address?: string;
  readonly port: number;
  readonly serverName?: string;
  readonly time?: number;
  /** null: the handshake ended without one. */
  readonly request: CertificateRequest | null;
  /** Asked for only after the HTTP request for this path; absent: in the first handshake, or it is not known. */
  readonly late?: { readonly when: 'renegotiation' | 'post-handshake'; readonly path: string };
}
