import type { Locus } from '../base/locus.ts';

/** Settings of IIS and of the machine that are no part of the model's host, and tries to learn of revocation. */

/** What else of IIS bears on certificate logon (domain 5.3, 1.6). */
export interface IisSetting {
  readonly at: Locus;
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
export interface FolderAccess {
  readonly at: Locus;
  readonly says: 'folder-access';
  /** The file's name as given: 'wwwroot/app/web.config'. */
  readonly file: string;
  /** Path below its folder; '' the folder itself. */
  readonly path: string;
  readonly sslFlags: readonly string[];
}
/** A value of the machine outside IIS and the SCHANNEL values above that bears on certificate logon. */
export interface MachineSetting {
  readonly at: Locus;
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
export interface RevocationCheck {
  readonly at: Locus;
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
