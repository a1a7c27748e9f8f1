import type { Catalog } from '../../base/message.ts';

/** Remarks on a certificate in English. Keys and facts are those of de.ts; test/credentials holds them equal. */
export const en: Catalog = {
  'certificate-expired':
    'The certificate expired on {until}: servers refuse it (IIS: 403.17) and browsers hide it.',
  'certificate-not-yet-valid':
    'The certificate is valid only from {from}: servers refuse it (IIS: 403.17) and browsers hide it until then; or a clock is wrong.',
  'certificate-expires-soon': 'The certificate expires in {count} days, on {until}.',
  'certificate-expires-soon.one': 'The certificate expires in {count} day, on {until}.',
  'certificate-issuer-expired':
    'The CA certificate «{subject}» in the chain expired on {until}: renew it in the file.',
  'certificate-issuer-not-yet-valid':
    'The CA certificate «{subject}» in the chain is valid only from {from}.',
  'certificate-issuer-expires-soon':
    'The CA certificate «{subject}» in the chain expires in {count} days, on {until}.',
  'certificate-issuer-expires-soon.one':
    'The CA certificate «{subject}» in the chain expires in {count} day, on {until}.',

  'certificate-eku-absent':
    'It has no extended key usage: it may be used for anything, client authentication too.',
  'certificate-eku-any-only':
    'Its extended key usage allows any purpose without naming clientAuth: Firefox, Chrome on Linux and .NET do not count that.',
  'certificate-eku-lacks-client-auth':
    'Its extended key usage lacks clientAuth (1.3.6.1.5.5.7.3.2): it is for {usages}. Browsers hide it and IIS refuses it (403.16).',
  'certificate-ku-lacks-digital-signature':
    'Its key usage lacks digitalSignature, but a client proves its key by a signature: browsers hide it, GnuTLS ends the handshake.',
  'certificate-leaf-is-ca':
    'It is a CA certificate (basicConstraints CA:TRUE): Firefox and Chrome on Linux do not count it as a user’s when it has an extended key usage.',

  'certificate-intermediate-missing':
    'The file ends at «{below}» and lacks {missing}: add it to the file, so that clients find the way to a listed CA and servers get the whole chain.[ It can also be fetched: {url}]',
  'certificate-issuer-not-held':
    'The file ends at «{below}»; «{issuer}», which issued that, is not in it. If that is an intermediate CA, clients that go by their own file (Java, Go, GnuTLS) look no further, and servers may lack it.[ It can be fetched: {url}]',
  'certificate-issuer-not-in-store':
    'The stores hold no CA certificate of «{issuer}», which issued «{below}»: whoever looks further up than that finds nothing.[ It can be fetched: {url}]',
  'certificate-root-included':
    'The file holds the root «{root}», too: servers have it or do not trust it, and it costs {bytes} bytes in each handshake.',
  'certificate-foreign-certificates':
    '{count} certificates in the file do not belong to the chain: {subjects}. OpenSSL, Go and GnuTLS send them all the same.',
  'certificate-foreign-certificates.one':
    '{count} certificate in the file does not belong to the chain: {subjects}. OpenSSL, Go and GnuTLS send it all the same.',
  'certificate-leaf-not-first':
    'In the file «{first}» stands before «{leaf}»: OpenSSL, curl, Go and others take the first for the user’s certificate, and its key does not fit.',
  'certificate-chain-out-of-order':
    'The chain stands out of order in the file: it should be {order}. Most clients send it as it stands, and strict servers refuse that.',
  'certificate-signature-does-not-fit':
    '«{subject}» names «{issuer}» as its issuer, but the CA certificate of that name in the file did not sign it: it is another one, or an older key.',
  'certificate-issuer-key-differs':
    '«{subject}» was issued by another key of «{issuer}» than that of the CA certificate in the file (key identifiers differ).',

  'certificate-subject-empty': 'Its subject is empty: logs show no user, and mappings by subject find none.',
  'certificate-issuer-spelling-type':
    '«{subject}» has its issuer’s name as {here}, the CA certificate at hand as {there}: clients that compare byte for byte do not connect the two.',
  'certificate-issuer-spelling-case':
    '«{subject}» has its issuer’s name in other letter case than the CA certificate at hand: clients that compare byte for byte do not connect the two.',
  'certificate-issuer-spelling-blanks':
    '«{subject}» has its issuer’s name with other blanks than the CA certificate at hand: clients that compare byte for byte do not connect the two.',
  'certificate-issuer-spelling-order':
    '«{subject}» has the parts of its issuer’s name in another order than the CA certificate at hand: clients that compare byte for byte do not connect the two.',
  'certificate-odd-certificate': '«{subject}» is not quite in form: {oddities}.',

  'certificate-rsa-too-small':
    'Its RSA key has {bits} bits: less than 2048 is refused by many, less than 1024 by every current Windows.',
  'certificate-key-pss-only':
    'Its RSA key is bound to PSS (RSASSA-PSS): many clients and servers know RSA keys without that only.',
  'certificate-curve-unusual':
    'Its EC key is on the curve {curve} ({bits} bits), for which most TLS programs have no signature algorithm; P-256 works everywhere.',
  'certificate-key-dsa': 'Its key is DSA, which TLS 1.3 does not know and most programs have dropped.',
  'certificate-key-unknown': 'Its key is of a kind for which TLS has no signature algorithm that we know.',
  'certificate-key-edwards':
    'Its key is {kind}: Windows and most browsers have no client certificates of that kind; EC P-256 works everywhere.',
  'certificate-no-common-scheme':
    'Under {version} the server lists no signature algorithm that this key can use: {listed}.',
  'certificate-key-type-not-listed':
    'Under {version} the server does not list {wanted} among its certificate types: Chrome, Java and Go show no certificate with this key then.',
  'certificate-provider-may-lack-pss':
    'Its RSA key lies in «{provider}», which may know no PSS: TLS 1.3 demands that. If the logon fails at the client, try TLS 1.2.',
  'certificate-smart-card-may-lack-pss':
    'It is for smart-card logon and its key is RSA: cards and TPMs without PSS fail under TLS 1.3, not always under TLS 1.2.',
  'certificate-smart-card-logon':
    'It is for smart-card logon, too: its key may live on a card that must be inserted.',

  'certificate-weak-signature':
    'The signature on «{subject}» is made with {hash}: current servers and clients refuse that, or soon will.',
  'certificate-chain-signature-not-listed':
    'Under {version} the server does not list the algorithm by which these are signed: {subjects}. Java (PKIX) withholds the certificate then.',

  'certificate-revocation-nowhere':
    '«{subject}» names neither a revocation list nor OCSP: a server that checks revocation (IIS does) may answer 403.13.',
  'certificate-revocation-ldap-only':
    '«{subject}» names its revocation list by LDAP only ({urls}): servers outside the domain cannot fetch it, and IIS answers 403.13.',

  'certificate-sid':
    'It carries the account’s security identifier {sid}: Active Directory can map it strongly.',
  'certificate-sid-absent':
    'It carries no security identifier (1.3.6.1.4.1.311.25.2): where Active Directory maps certificates to accounts, it needs a strong mapping in altSecurityIdentities.',
  'certificate-upn': 'Its user principal name is {upn}.',
  'certificate-upn-absent': 'It carries no user principal name, by which Windows finds an account.',
  'certificate-policies': 'It was issued under the policies {policies}.',
  'certificate-template': 'It was issued by the template {template}.',
};
