import type { Entry } from '../entry.ts';

const schannel = (
  code: number,
  name: string,
  means: string,
  next: string[],
  diagnoses?: string[],
): Entry => ({
  code,
  name,
  means,
  seen: 'System log, source Schannel; which ones are written depends on the value EventLogging',
  next,
  source: 'provider manifests of Windows 10; KB260729',
  ...(diagnoses ? { diagnoses } : {}),
});
const http = (code: number, name: string, means: string, next: string[], diagnoses?: string[]): Entry => ({
  ...schannel(code, name, means, next, diagnoses),
  seen: 'System log, source HttpEvent',
  source: 'Microsoft IIS team blog on event 15300; provider manifests of Windows 10',
});

/** Windows events that tell of certificates, handshakes and http.sys records. */
export const events: readonly Entry[] = [
  {
    code: 39,
    name: 'Kerberos: certificate not strongly mapped',
    means:
      'A certificate was valid, but nothing ties it strongly to the account, so the logon is refused or warned of.',
    seen: 'System log of the domain controller, Kerberos-Key-Distribution-Center (41 on Server 2008 R2)',
    next: ['reissue with the SID extension, or write a strong altSecurityIdentities'],
    source: 'KB5014754',
  },
  http(
    15021,
    'error using the SSL configuration of an endpoint',
    'The certificate of the record is gone or its key cannot be used: every client fails, not only certificate logon.',
    ['netsh http show sslcert, then certutil -store of the named store'],
  ),
  http(
    15300,
    'SSL certificate settings deleted',
    'A record of http.sys was deleted. A re-binding deletes and creates: its fields are then those that the tool knows.',
    ['compare Ctl Store Name and Negotiate Client Certificate now with an older listing'],
    ['binding-lost-ctl-store'],
  ),
  http(
    15301,
    'SSL certificate settings created',
    'A record of http.sys was created by an administrative program; its exact text is unverified.',
    ['netsh http show sslcert: are all fields as they should be?'],
    ['binding-lost-ctl-store'],
  ),
  schannel(
    36870,
    'private key of the server not usable',
    'Schannel cannot use the key of the server certificate: every handshake fails.',
    [
      'certutil -store My: does the key test pass?',
      'certutil -repairstore My SERIAL; rights by Manage Private Keys',
    ],
  ),
  schannel(
    36871,
    'error creating a TLS credential',
    'Schannel could not set up a credential, for want of protocols or of rights on the key.',
    ['look at the error state in the event and at the protocol switches in the registry'],
  ),
  schannel(36874, 'no common cipher suite', 'A client offered nothing that the server may use.', [
    'compare cipher suites and TLS versions',
  ]),
  schannel(
    36875,
    'no suitable client certificate',
    'Seen on clients: a server asked for a certificate and none fits.',
    ['handclasp why https://HOST/ --cert user.cer says why'],
    ['binding-lost-ctl-store'],
  ),
  schannel(
    36877,
    'client certificate not valid',
    'A client certificate came and did not pass the chain check. A warning, not written by default.',
    ['explain the error code in the event; CAPI2 log'],
    ['root-store-not-self-signed', 'trust-mode-without-store'],
  ),
  schannel(36879, 'client certificate not mapped', 'The certificate maps to no account.', [
    'look at the mapping (KB5014754)',
  ]),
  schannel(
    36880,
    'handshake completed',
    'A handshake came to its end; with details of version and cipher suite.',
    [],
  ),
  schannel(
    36885,
    'issuer list cut',
    'The server trusts so many CAs that the list of issuers exceeds 16 KB and was cut: clients of the CAs that fell off offer nothing. A warning: with the default EventLogging=1 it is never written, so its absence proves nothing.',
    [
      'name a store with only the needed CAs: sslctlstorename=ClientAuthIssuer',
      'or send no list: SendTrustedIssuerList=0',
    ],
    ['issuer-list-truncated-16k'],
  ),
  schannel(
    36887,
    'alert received',
    'The other side ended the handshake with a TLS alert, whose number the event gives.',
    ['handclasp explain alert NUMBER'],
  ),
  schannel(
    36888,
    'alert sent',
    'This side ended the handshake with a TLS alert, whose number the event gives.',
    ['handclasp explain alert NUMBER'],
  ),
];
