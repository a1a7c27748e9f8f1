import { asciiBytes } from '../../src/base/bytes.ts';
import { type CertificateOptions, type Issued, issue } from '../support/pki.ts';

/**
 * The certificates that cases name. Issued afresh for each run: no case may depend on a key, a serial number or
 * a thumbprint. A root and its issuing CA, clients of it, another root, and roots in any number.
 *
 *   root, issuing, client      CN=Contoso Root CA > CN=Contoso Issuing CA 1 > CN=alice
 *   ldap-client, expired-client, sid-client   alice with a CDP in LDAP alone, until 2026-11-24 08:00, with a SID
 *   web-client, web-client-before  CN=voice.example.org of the issuing CA, for servers only; before, for clients as well
 *   rsa-client, self-signed    CN=bob of the issuing CA with an RSA key; CN=device 7 by itself
 *   other-root, other-issuing, other-client  CN=Fabrikam Root CA > CN=Fabrikam Issuing CA > CN=carol
 *   public-1, public-2, …      self-signed roots
 *   long-roots-N, other-roots-N  N self-signed roots whose names take 120 bytes in a list of issuers
 */
const made = new Map<string, Issued>();

export function certificatesCalled(name: string): Issued[] {
  const [, kind, many] = /^(long|other)-roots-(\d+)$/.exec(name) ?? [];
  if (many === undefined) return [certificateCalled(name)];
  return Array.from({ length: Number(many) }, (_, i) => certificateCalled(`${kind}-root-${i + 1}`));
}

function certificateCalled(name: string): Issued {
  const before = made.get(name);
  if (before) return before;
  const issued = issueCalled(name);
  made.set(name, issued);
  return issued;
}

function issueCalled(name: string): Issued {
  const ca = (cn: string, issuer?: Issued) => issue({ subject: cn, ca: true, ...(issuer ? { issuer } : {}) });
  const known: Readonly<Record<string, () => Issued>> = {
    root: () => ca('Contoso Root CA'),
    issuing: () => ca('Contoso Issuing CA 1', certificateCalled('root')),
    client: () =>
      issue({ subject: 'alice', issuer: certificateCalled('issuing'), extendedKeyUsage: ['clientAuth'] }),
    'web-client': () => webClient(Date.UTC(2026, 5), ['serverAuth']),
    'web-client-before': () => webClient(Date.UTC(2025, 5), ['serverAuth', 'clientAuth']),
    'self-signed': () => issue({ subject: 'device 7', extendedKeyUsage: ['clientAuth'] }),
    'rsa-client': () =>
      issue({
        subject: 'bob',
        issuer: certificateCalled('issuing'),
        extendedKeyUsage: ['clientAuth'],
        key: 'rsa',
      }),
    'ldap-client': () => clientOf({ crlUrls: ['ldap:///CN=Contoso%20Issuing%20CA%201,CN=CDP'] }),
    'expired-client': () =>
      clientOf({ notBefore: Date.UTC(2025, 10, 20), notAfter: Date.UTC(2026, 10, 24, 8) }),
    'sid-client': () => clientOf({ extensions: [{ oid: SID, value: asciiBytes('S-1-5-21-1-2-3-1104') }] }),
    'other-client': () =>
      issue({
        subject: 'carol',
        issuer: certificateCalled('other-issuing'),
        extendedKeyUsage: ['clientAuth'],
      }),
    'other-root': () => ca('Fabrikam Root CA'),
    'other-issuing': () => ca('Fabrikam Issuing CA', certificateCalled('other-root')),
  };
  const make = known[name];
  if (make) return make();
  const [, kind, number] = /^(public|long-root|other-root)-(\d+)$/.exec(name) ?? [];
  if (kind === 'public') return ca(`Public Root ${number}`);
  if (kind === 'long-root') return longRoot('Example Root', Number(number));
  if (kind === 'other-root') return longRoot('Foreign Root', Number(number));
  throw new Error(`no certificate is called ${name} (test/diagnoses/pki.ts)`);
}

/** Another certificate of alice. */
const clientOf = (options: Partial<CertificateOptions>): Issued =>
  issue({
    subject: 'alice',
    issuer: certificateCalled('issuing'),
    extendedKeyUsage: ['clientAuth'],
    ...options,
  });

/** szOID_NTDS_CA_SECURITY_EXT (KB5014754). */
const SID = '1.3.6.1.4.1.311.25.2';

/** A web server that logs on elsewhere with its own certificate, before and after a renewal. */
function webClient(notBefore: number, extendedKeyUsage: readonly string[]): Issued {
  const subjectAltNames = ['voice.example.org'];
  const issuer = certificateCalled('issuing');
  return issue({ subject: 'voice.example.org', issuer, extendedKeyUsage, notBefore, subjectAltNames });
}

/** SEQUENCE, SET, SEQUENCE, OID and string put 13 bytes around a common name, its length in the list two. */
function longRoot(title: string, number: number): Issued {
  const cn = `${title} ${String(number).padStart(4, '0')} `.padEnd(LONG - 15, 'x');
  return issue({ subject: cn, ca: true });
}

/** What a name of long-roots-N takes in a list of issuers, in bytes. */
const LONG = 120;
