import { SCHANNEL_KEY } from '../../windows/schannel/registry.ts';
import type { From, Item } from './item.ts';

/**
 * What is collected from a Windows server: the one list from which direct collecting (windows/collector.ts), the
 * PowerShell script and the .cmd are made. Everything reads and nothing holds key material: of SystemCertificates only
 * the certificates are exported, of CurrentVersion (which has the product's key) two values, in the manifest.
 */

const command = (file: string, ...argv: string[]): From => ({ is: 'command', file, argv });
const registry = (file: string, key: string): From => ({ is: 'registry', file, key });
const configuration = (file: string, path: string): From => ({ is: 'configuration', file, path });
const events = (file: string, channel: string, ...providers: string[]): From => ({
  is: 'events',
  file,
  channel,
  ...(providers.length > 0 ? { providers } : {}),
});

/** Stores that decide over client certificates (domain 8.1): the issuers named, those trusted, those refused. */
const STORES = [
  ['Root', 'trusted roots; also the list of issuers where no other store feeds it'],
  ['CA', 'intermediate issuers'],
  ['My', "the server's own certificates, without their keys"],
  ['ClientAuthIssuer', 'the list of issuers that clients are told'],
  ['AuthRoot', 'roots that Windows Update brings'],
  ['Disallowed', 'certificates that are refused whatever else is so'],
  ['SmartCardRoot', 'roots of smart cards'],
  ['TrustedPeople', 'certificates that are trusted one by one'],
] as const;

export const ITEMS: readonly Item[] = [
  {
    id: 'netsh-sslcert',
    why: 'the http.sys records: certificate, store of issuers, negotiation',
    kind: 'netsh-sslcert',
    answers: 'bindings',
    from: command('netsh-sslcert.txt', 'netsh', 'http', 'show', 'sslcert'),
  },
  {
    id: 'http-parameters',
    why: 'the same records in the registry, where no language hides a word',
    kind: 'registry',
    from: registry('http-parameters.reg', 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters'),
  },
  {
    id: 'schannel',
    why: 'what Schannel sends and trusts: SendTrustedIssuerList, ClientAuthTrustMode, protocols',
    kind: 'registry',
    answers: 'schannel',
    from: registry('schannel.reg', SCHANNEL_KEY),
  },
  ...STORES.map(
    ([store, why]): Item => ({
      id: `store-${store.toLowerCase()}`,
      why: `the store ${store}: ${why}`,
      kind: 'certificates',
      answers: `store:${store}`,
      from: { is: 'store', store },
    }),
  ),
  {
    id: 'stores-of-records',
    why: 'every other store that a record names',
    kind: 'certificates',
    mayBeAbsent: true,
    from: { is: 'stores-of-records' },
  },
  {
    id: 'enterprise-certificates',
    why: 'stores that Active Directory fills: NTAuth decides over logons by certificate',
    kind: 'registry',
    mayBeAbsent: true,
    from: registry('enterprise-certificates.reg', 'HKLM\\SOFTWARE\\Microsoft\\EnterpriseCertificates'),
  },
  {
    id: 'ntauth',
    why: 'the same as certutil shows it',
    kind: 'certutil',
    mayBeAbsent: true,
    from: command('NTAuth.txt', 'certutil', '-silent', '-enterprise', '-store', 'NTAuth'),
  },
  {
    id: 'policy-certificates',
    why: 'certificates and rules of trust that Group Policy sets',
    kind: 'registry',
    mayBeAbsent: true,
    from: registry('policy-certificates.reg', 'HKLM\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates'),
  },
  {
    id: 'application-host',
    why: 'sites, their bindings and which paths want a certificate; passwords are taken out',
    kind: 'iis-config',
    answers: 'sites',
    from: configuration(
      'applicationHost.config',
      '%SystemRoot%\\System32\\inetsrv\\config\\applicationHost.config',
    ),
  },
  {
    id: 'redirection',
    why: 'whether the configuration of IIS is kept elsewhere; passwords are taken out',
    kind: 'iis-config',
    mayBeAbsent: true,
    from: configuration('redirection.config', '%SystemRoot%\\System32\\inetsrv\\config\\redirection.config'),
  },
  {
    id: 'web-configs',
    why: "the sites' own rules; passwords, keys and connection strings are taken out",
    kind: 'iis-config',
    mayBeAbsent: true,
    from: { is: 'web-configurations' },
  },
  {
    id: 'iis-logs',
    why: 'refused logons with their codes, and since when',
    kind: 'w3c-log',
    answers: 'log',
    from: {
      is: 'logs',
      logs: {
        folder: '%SystemDrive%\\inetpub\\logs\\LogFiles',
        told: ['logFile', 'centralW3CLogFile'],
        below: 'W3SVC*',
        pattern: '*.log',
        into: '',
      },
    },
  },
  {
    id: 'http-errors',
    why: 'requests that http.sys ended before IIS saw them',
    kind: 'http-errors',
    mayBeAbsent: true,
    from: {
      is: 'logs',
      logs: {
        folder: '%SystemRoot%\\System32\\LogFiles\\HTTPERR',
        pattern: 'httperr*.log',
        into: 'HTTPERR/',
      },
    },
  },
  {
    id: 'failed-requests',
    why: 'traces of failed requests; they hold headers and cookies, so only when asked for',
    kind: 'failed-request',
    mayBeAbsent: true,
    only: 'traces',
    from: {
      is: 'logs',
      logs: {
        folder: '%SystemDrive%\\inetpub\\logs\\FailedReqLogFiles',
        told: ['traceFailedRequestsLogging'],
        below: 'W3SVC*',
        pattern: 'fr*.xml',
        into: 'FailedReqLogFiles/',
      },
    },
  },
  {
    id: 'events-system',
    why: 'handshakes that failed, lists that were cut, records that were rewritten, logons by certificate refused',
    kind: 'events',
    from: events(
      'events-system.xml',
      'System',
      'Schannel',
      'Microsoft-Windows-Schannel-Events',
      'Microsoft-Windows-HttpEvent',
      'HTTP',
      'Microsoft-Windows-Kerberos-Key-Distribution-Center',
      'KDC',
      'Microsoft-Windows-WAS',
      'Microsoft-Windows-IIS-W3SVC',
    ),
  },
  {
    id: 'events-capi2',
    why: 'why chains and revocation checks failed (only where this log is switched on)',
    kind: 'events',
    mayBeAbsent: true,
    from: events('events-capi2.xml', 'Microsoft-Windows-CAPI2/Operational'),
  },
  {
    id: 'events-http-service',
    why: 'what http.sys tells of itself',
    kind: 'events',
    mayBeAbsent: true,
    from: events('events-http-service.xml', 'Microsoft-Windows-HttpService/Log'),
  },
  {
    id: 'events-certificates',
    why: 'certificates that were renewed, replaced or expired',
    kind: 'events',
    mayBeAbsent: true,
    from: events(
      'events-certificates.xml',
      'Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational',
    ),
  },
  {
    id: 'iis-version',
    why: 'version and parts of IIS',
    kind: null,
    mayBeAbsent: true,
    from: command('iis-version.txt', 'reg', 'query', 'HKLM\\SOFTWARE\\Microsoft\\InetStp'),
  },
  {
    id: 'kdc',
    why: 'how strictly domain controllers map certificates (KB5014754)',
    kind: 'registry',
    mayBeAbsent: true,
    from: registry('kdc.reg', 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Kdc'),
  },
  {
    id: 'chain-engine',
    why: 'how chains are built: retrieval of issuers and its limits',
    kind: 'registry',
    mayBeAbsent: true,
    from: registry(
      'chain-engine.reg',
      'HKLM\\SOFTWARE\\Microsoft\\Cryptography\\OID\\EncodingType 0\\CertDllCreateCertificateChainEngine\\Config',
    ),
  },
  {
    id: 'winhttp-proxy',
    why: 'the way of revocation checks to the Internet',
    kind: null,
    from: command('winhttp-proxy.txt', 'netsh', 'winhttp', 'show', 'proxy'),
  },
  {
    id: 'winhttp',
    why: 'the protocols of WinHTTP',
    kind: null,
    mayBeAbsent: true,
    from: registry(
      'winhttp.reg',
      'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp',
    ),
  },
  {
    id: 'clock',
    why: 'how far the clock is off: certificates and tickets depend on it',
    kind: null,
    mayBeAbsent: true,
    from: command('w32tm-status.txt', 'w32tm', '/query', '/status', '/verbose'),
  },
  {
    id: 'netsh-service-state',
    why: 'which programs listen on which addresses',
    kind: null,
    from: command('netsh-servicestate.txt', 'netsh', 'http', 'show', 'servicestate', 'view=requestq'),
  },
  {
    id: 'netsh-listen',
    why: 'the addresses that http.sys is confined to',
    kind: null,
    from: command('netsh-iplisten.txt', 'netsh', 'http', 'show', 'iplisten'),
  },
  {
    id: 'netsh-cache-parameters',
    why: 'limits of the cache of http.sys',
    kind: null,
    from: command('netsh-cacheparam.txt', 'netsh', 'http', 'show', 'cacheparam'),
  },
  {
    id: 'netsh-sslcert-json',
    why: 'the records as JSON, which only newer versions can',
    kind: 'netsh-json',
    mayBeAbsent: true,
    from: command('netsh-sslcert.json', 'netsh', 'http', 'show', 'sslcert', 'json=enable'),
  },
  {
    id: 'wire',
    why: 'what the records really ask for, by a connection of the host to itself',
    kind: 'probe',
    answers: 'wire',
    from: { is: 'wire' },
  },
];

/** A store that the list names already. */
export const isListedStore = (name: string): boolean =>
  ITEMS.some(({ from }) => from.is === 'store' && from.store.toLowerCase() === name.toLowerCase());
