import type { Known } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import type { BuildId } from '../windows/builds.ts';
import type { BindingField, BindingKey, BindingValues } from '../windows/http-sys/binding.ts';
import type { CertificateRequest } from '../wire/tls/handshake/certificate-request.ts';
import type { Certificate } from '../wire/x509/certificate.ts';
import type { BundleSeen, NotCollected } from './bundle-claims.ts';
import type { EventsSeen, FailedRequest, HttpErrors, Logons } from './log-claims.ts';
import type { ProgramMessage } from './program-claims.ts';
import type { ServiceSeen } from './service-claims.ts';
import type { FolderAccess, IisSetting, MachineSetting, RevocationCheck } from './setting-claims.ts';
import type { ClientAnswer, HandshakesUnread, RequestInWords } from './tls-claims.ts';

export type { BundleFile, BundleSeen, NotCollected } from './bundle-claims.ts';
export type { EventCase, EventsSeen, FailedRequest, HttpErrors, Logons } from './log-claims.ts';
export { NOT_LOGGED } from './log-claims.ts';
export type { MessageCode, ProgramMessage } from './program-claims.ts';
export type { Asks, ServicePath, ServiceSeen } from './service-claims.ts';
export type {
  FolderAccess,
  IisSetting,
  IisSettingName,
  MachineSetting,
  MachineSettingName,
  RevocationCheck,
} from './setting-claims.ts';
export { IIS_SETTINGS, MACHINE_SETTINGS } from './setting-claims.ts';
export type { AlertSeen, ClientAnswer, HandshakesUnread, RequestInWords } from './tls-claims.ts';

/** The closed vocabulary in which every reader speaks. The picture never learns which kind of file spoke. */
export type Claim =
  | HostName
  | BuildSeen
  | BindingSeen
  | BindingFieldSeen
  | BindingsWhole
  | BindingPast
  | SchannelValue
  | SchannelKeyWhole
  | StoreCertificate
  | StoreWhole
  | LooseCertificate
  | SiteSeen
  | SitesWhole
  | Logons
  | HandshakeSeen
  | HandshakesUnread
  | RequestInWords
  | StoreListing
  | EventsSeen
  | HttpErrors
  | FailedRequest
  | IisSetting
  | FolderAccess
  | MachineSetting
  | RevocationCheck
  | ProgramMessage
  | ServiceSeen
  | BundleSeen
  | NotCollected;

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
  /** Only the shape of an output tells: what names the release goes before. */
  readonly byShape?: true;
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
/**
 * What a record was, or was meant to be, at some other time: an earlier listing in the same text, or a command line
 * that a script or a note quotes (`netsh http add sslcert … verifyclientcertrevocation=disable`).
 */
export interface BindingPast extends At {
  readonly says: 'binding-past';
  readonly how: 'listing' | 'command';
  readonly key: BindingKey;
  /** Fields that were shown or written, no others. */
  readonly values: Readonly<Partial<BindingValues>>;
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
  /** Its folders on disk by path below the site: where a web.config may lie. */
  readonly folders?: readonly { readonly path: string; readonly physicalPath: string }[];
}
export interface SitesWhole extends At {
  readonly says: 'sites-whole';
}
/** A CertificateRequest seen on the wire, by our probe or in a capture. */
export interface HandshakeSeen extends At {
  readonly says: 'certificate-request';
  readonly address?: string;
  readonly port: number;
  readonly serverName?: string;
  readonly time?: number;
  /** SHA-1 of the server's own certificate in lower-case hex, where that was seen: in the clear up to TLS 1.2. */
  readonly serverCertificate?: string;
  /** null: the handshake ended without one. */
  readonly request: CertificateRequest | null;
  /**
   * Asked for only after the first handshake, for the HTTP request for this path (which a capture does not show);
   * absent: in the first handshake, or it is not known.
   */
  readonly late?: { readonly when: 'renegotiation' | 'post-handshake'; readonly path?: string };
  /** Negotiated version, where `request` cannot tell it. */
  readonly version?: number;
  /** Many handshakes of a capture that asked for the same, or for nothing: how many, the last one's time, and what clients did. */
  readonly count?: number;
  readonly last?: number;
  readonly answers?: readonly ClientAnswer[];
}
/** A store as a text shows it: its certificates without their DER (certutil, PowerShell). */
export interface StoreListing extends At {
  readonly says: 'store-listing';
  /** As spelled; absent where the text does not name it. */
  readonly store?: string;
  /** Whose store, where the text tells. The machine's Root and an enterprise's are parts of one logical store. */
  readonly of?: 'machine' | 'user' | 'enterprise' | 'group-policy';
  /** Nothing was cut off or filtered: a certificate that it lacks is not in this store. */
  readonly whole: boolean;
  /** The command asked for these alone, and its output is all here: others may be in the store. */
  readonly only?: 'not-self-signed';
  readonly certificates: readonly ListedCertificate[];
}
export interface ListedCertificate {
  /** SHA-1, lower-case hex. */
  readonly thumbprint?: string;
  /** As printed, and only where nothing of it is cut off: 'CN=Root CA, DC=corp'. */
  readonly subject?: string;
  readonly issuer?: string;
  readonly serial?: string;
  /** As printed, in the host's date format and time zone. */
  readonly notBefore?: string;
  readonly notAfter?: string;
  /** A private key belongs to it; false where the text says that there is none or that it is missing. */
  readonly hasKey?: boolean;
  /** Subject and issuer are the same text. Absent where one is missing. */
  readonly root?: boolean;
  /** Dotted OIDs of its extended key usage; null where the whole certificate was printed and has none. */
  readonly usages?: readonly string[] | null;
  /** By its basic constraints, where the text shows extensions. */
  readonly isCa?: boolean;
  readonly at: Locus;
}
