import type { Host } from '../../host.ts';
import type { BindingField, BindingKind } from '../../http-sys/binding.ts';
import { acceptedFields, keyForms } from './parameters.ts';
import { type Verb, verbUsage } from './usage.ts';

/**
 * Help of the four commands in the frame of the real one (usage, parameters, remarks, examples: sample 39 of
 * Windows 10 1903), the explanations in our words.
 */
export function verbHelp(verb: Verb, host: Host): string[] {
  const keys = keyForms(host).map(({ kind }) => [kind, KEYS[kind]] as const);
  const isWriting = verb === 'add' || verb === 'update';
  const fields = isWriting ? acceptedFields(host).map((name) => [name, FIELDS[name]] as const) : [];
  return [
    ...verbUsage(verb, host),
    '',
    'Parameters: Tag: Value',
    ...[...keys, ...fields].map(([name, about]) => `            ${name}: ${about}`),
    '',
    `Remarks: ${REMARKS[verb]}`,
    ...EXAMPLES[verb].map((line, i) => `${i === 0 ? 'Examples: ' : '          '}${verb} sslcert ${line}`),
  ];
}

const KEYS: Readonly<Record<BindingKind, string>> = {
  hostnameport: 'Unicode host name and port of the record (found by SNI).',
  ipport: 'IP address and port of the record; IPv6 in brackets.',
  ccs: 'Port of the record of the central certificate store.',
  scopedccs: 'Host name and port of a record of the central certificate store.',
};

const FIELDS: Readonly<Record<BindingField, string>> = {
  certhash: 'SHA-1 of the certificate, 40 hex digits.',
  appid: 'GUID, in braces, of the program that owns the record.',
  certstorename: 'Store of the local machine that holds the certificate. Needed for host names; else MY.',
  verifyclientcertrevocation: 'Whether the revocation of client certificates is checked. Default: enabled.',
  verifyrevocationwithcachedclientcertonly: 'Whether only revocation lists that are cached are used.',
  usagecheck: 'Whether a client certificate must allow client authentication. Default: enabled.',
  revocationfreshnesstime:
    'Seconds after which a new revocation list is looked for. 0: when the old one ends.',
  urlretrievaltimeout: 'Milliseconds that the download of a revocation list may take.',
  sslctlidentifier: 'Name of the list of issuers that are trusted for clients.',
  sslctlstorename: 'Store of the local machine that holds the issuers that are trusted for clients.',
  dsmapperusage: 'Whether client certificates are mapped to accounts of the directory. Default: disabled.',
  clientcertnegotiation: 'Whether a client certificate is asked for in the handshake. Default: disabled.',
  reject: 'Whether new connections are dropped at once.',
  disablehttp2: 'Whether HTTP/2 is off.',
  disablequic: 'Whether QUIC is off.',
  disablelegacytls: 'Whether the old versions of TLS are off.',
  disabletls12: 'Whether TLS 1.2 is off.',
  disabletls13: 'Whether TLS 1.3 is off.',
  disableocspstapling: 'Whether no OCSP response is stapled.',
  enabletokenbinding: 'Whether token binding is on.',
  logextendedevents: 'Whether more events are logged.',
  enablesessionticket: 'Whether sessions are resumed by tickets.',
  disablesessionid: 'Whether sessions are not resumed by their ids.',
  enablecachingclienthello: 'Whether the ClientHello is kept.',
  disableaia: 'Whether missing intermediate certificates are not downloaded.',
};

const REMARKS: Readonly<Record<Verb, string>> = {
  show: 'Lists all SSL records, or the one of a key.',
  add: 'Makes an SSL record: the server certificate of an address or host name and its rules for clients.',
  update: 'Changes an SSL record.',
  delete: 'Takes an SSL record away.',
};

const HASH = '0102030405060708090A0B0C0D0E0F1011121314';
const APPID = '{00112233-4455-6677-8899-AABBCCDDEEFF}';

const EXAMPLES: Readonly<Record<Verb, readonly string[]>> = {
  show: ['', 'ipport=10.0.0.1:443', 'hostnameport=www.example.com:443'],
  add: [
    `ipport=10.0.0.1:443 certhash=${HASH} appid=${APPID}`,
    `hostnameport=www.example.com:443 certhash=${HASH} appid=${APPID} certstorename=MY`,
    `ccs=443 appid=${APPID}`,
  ],
  update: [`ipport=10.0.0.1:443 certhash=${HASH} appid=${APPID} sslctlstorename=ClientAuthIssuer`],
  delete: ['ipport=10.0.0.1:443', 'hostnameport=www.example.com:443', 'ccs=443'],
};
