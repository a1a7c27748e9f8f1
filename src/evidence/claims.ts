import type { Known } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import type { BuildId } from '../windows/builds.ts';
import type { BindingField, BindingKey, BindingValues } from '../windows/http-sys/binding.ts';
import type { CertificateRequest } from '../wire/tls/handshake/certificate-request.ts';
import type { Certificate } from '../wire/x509/certificate.ts';
import type { BundleSeen, NotCollected } from './bundle-claims.ts';
import type { ProgramMessage } from './program-claims.ts';
import type { ServiceSeen } from './service-claims.ts';
import type { ClientAnswer, HandshakesUnread, RequestInWords } from './tls-claims.ts';

export type { BundleFile, BundleSeen, NotCollected } from './bundle-claims.ts';
export type { MessageCode, ProgramMessage } from './program-claims.ts';
export type { Asks, ServicePath, ServiceSeen } from './service-claims.ts';
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
/** Events of one source and number, counted. Matched by number and data, never by their localised text. */
export interface EventsSeen extends At {
  readonly says: 'events';
  /** As the log spells it: 'Schannel', 'Microsoft-Windows-HttpEvent'. */
  readonly provider: string;
  readonly id: number;
  /** 1 critical, 2 error, 3 warning, 4 information; absent in texts of other languages. */
  readonly level?: number;
  readonly computer?: string;
  readonly count: number;
  /** Milliseconds since 1970 UTC; absent where the text has local times only. */
  readonly first?: number;
  readonly last?: number;
  readonly lastAt: Locus;
  /** The first few kinds of data among them, in order of appearance. */
  readonly cases: readonly EventCase[];
  /** How many events had other data than these. */
  readonly others: number;
}
export interface EventCase {
  /** Named values ('AlertDesc': '40'); what has no name is called by its place from 0. */
  readonly data: Readonly<Record<string, string>>;
  readonly count: number;
  readonly first?: number;
  readonly last?: number;
  readonly at: Locus;
}
/** Lines of a log of http.sys that share reason, status and endpoint (domain 5.5). */
export interface HttpErrors extends At {
  readonly says: 'http-errors';
  /** 'Timer_EntityBody', 'Hostname'. */
  readonly reason: string;
  readonly status?: number;
  readonly serverIp?: string;
  readonly serverPort?: number;
  /** Number of the site. */
  readonly site?: number;
  readonly queue?: string;
  readonly count: number;
  /** Milliseconds since 1970 UTC. */
  readonly first: number;
  readonly last: number;
  readonly lastAt: Locus;
}
/** A request as Failed Request Tracing recorded it. */
export interface FailedRequest extends At {
  readonly says: 'failed-request';
  readonly url: string;
  readonly verb?: string;
  /** Number of the site. */
  readonly site?: number;
  readonly status: number;
  /** NOT_LOGGED where the trace does not tell. */
  readonly substatus: number;
  readonly win32: number;
  /** The module that set the status: 'IIS Web Core', 'IISCertificateMappingAuthenticationModule'. */
  readonly module?: string;
  readonly time?: number;
}
/** What else of IIS bears on certificate logon (domain 5.3, 1.6). */
export interface IisSetting extends At {
  readonly says: 'iis-setting';
  /** '' the whole server; 'Default Web Site/app'; for 5506 the metabase key 'LM/W3SVC/1'. */
  readonly location: string;
  /** In a web.config: the file, whose folder `location` is below. */
  readonly file?: string;
  readonly name: IisSettingName;
  readonly value: string;
}
export type IisSettingName = (typeof IIS_SETTINGS)[number];

export const IIS_SETTINGS = [
  'uploadReadAheadSize',
  'iisClientCertificateMapping.enabled',
  'iisClientCertificateMapping.oneToOne',
  'iisClientCertificateMapping.manyToOne',
  'clientCertificateMapping.enabled',
  'metabase.5506',
  'redirection.enabled',
  'redirection.path',
] as const;

/** An access rule of a web.config, whose place in the site its own path tells only with the site's folders. */
export interface FolderAccess extends At {
  readonly says: 'folder-access';
  /** The file's name as given: 'wwwroot/app/web.config'. */
  readonly file: string;
  /** Path below its folder; '' the folder itself. */
  readonly path: string;
  readonly sslFlags: readonly string[];
}
/** A value of the machine outside IIS and the SCHANNEL values above that bears on certificate logon. */
export interface MachineSetting extends At {
  readonly says: 'machine-setting';
  readonly name: MachineSettingName;
  /** As read: '1', 'direct', 'proxy.corp.example:8080'. */
  readonly value: string;
}
export type MachineSettingName = (typeof MACHINE_SETTINGS)[number];

export const MACHINE_SETTINGS = [
  /** 'direct', or the proxy (`netsh winhttp show proxy`): the way of revocation checks (domain 7, cause 12). */
  'winhttp.proxy',
  /** SCHANNEL\Protocols\TLS 1.3\Server: '0' off. */
  'schannel.tls13.server.enabled',
  'schannel.tls12.server.enabled',
  /** '1': renegotiation that the server begins is refused. */
  'schannel.disable-renego-on-server',
  /** HTTP\Parameters: '0' off. */
  'http.enable-http2-tls',
  /** Services\Kdc: '0' off, '1' compatibility, '2' enforced (KB5014754). */
  'kdc.strong-certificate-binding-enforcement',
  'kdc.certificate-backdating-compensation',
  /** SCHANNEL: bits of the ways in which certificates are mapped to accounts. */
  'schannel.certificate-mapping-methods',
  /** Chain engine of the machine: '1' no retrieval of issuers by AIA (domain 7, cause 8). */
  'chain.disable-aia',
  /** Offset of the clock against a time source in seconds, as w32tm prints it. */
  'clock.offset-seconds',
] as const;

/** One try to learn whether a certificate is revoked: `certutil -verify -urlfetch`, `-url`. */
export interface RevocationCheck extends At {
  readonly says: 'revocation-check';
  /** Whose certificate, as printed. */
  readonly subject?: string;
  readonly issuer?: string;
  /** Where it was looked for; absent: the certificate names no place, or the text does not show it. */
  readonly url?: string;
  readonly outcome: 'good' | 'revoked' | 'offline' | 'stale' | 'no-place';
  /** The error as printed: '0x80092013'. */
  readonly error?: string;
}
