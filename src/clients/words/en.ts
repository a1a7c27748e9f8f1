import type { Catalog } from '../../base/message.ts';

/** What client models say, in English. Keys with a dot are words that stand in sentences (base/message.ts). */
export const en: Catalog = {
  // Why it is offered.
  'no-objection': 'Nothing keeps {client} from offering it[, {proviso}].',
  'ignores-list': '{client} sends it whatever the list says[, {proviso}].',
  'ignores-list-of-others':
    '{client} sends it whatever the list says, although {issuer} is not on it; the server decides[, {proviso}].',
  'empty-list':
    'The server names no issuers, so {client} takes any certificate, this one from {issuer} too[, {proviso}].',
  'issuer-listed': 'The list names {name}, which issued the certificate[, {proviso}].',
  'issuer-listed-above': 'The list names {name}, and {client} finds the way there over {over}[, {proviso}].',
  'issuer-listed-as-subject':
    "The list names {name}, the certificate's own subject, and {client} takes that for a match[, {proviso}].",
  'issuer-listed-in-chain': 'The list names {name}, which {client} finds in the chain[, {proviso}].',
  'proviso.key': 'provided that it has the private key',

  // The list of issuers.
  'issuer-encoding': 'The list names {name}, but {how}, and {client} compares names byte for byte.',
  'issuer-encoding-documented':
    'The list names {name}, but {how}, and {client} is documented to compare names byte for byte.',
  'how.type': 'as {there} there and as {here} in the certificate',
  'how.case': 'in other letter case',
  'how.blanks': 'with other blanks',
  'how.order': 'with its parts in another order',
  'depends-on-store':
    'Its issuer {issuer} is not {among}; it depends on whether {client} finds {missing} in {in} and a listed CA above it.',
  'issuer-not-listed': 'Neither its issuer {issuer} nor a CA above it is {among}.',
  'issuer-not-listed-so-far':
    'Neither its issuer {issuer} nor a CA above it is {among}, as far as {client} can see, which is up to {missing}.',
  'issuer-not-listed-parentless':
    "Its issuer {issuer} is not {among}, and without that CA's certificate in {in} {client} cannot look further up.",
  'issuer-not-listed-self-signed': 'It is self-signed, and {issuer} is not {among}.',
  'issuer-not-listed-elsewhere':
    'The list names {missing}, but {client} counts only CAs that lie in {in}, and that one does not.',
  'among.one': 'the one listed issuer',
  'among.many': 'among the {listed} listed issuers',
  'unreadable-list': 'A listed name cannot be read, and {client} gives up the whole request over it.',
  'application-decides':
    '{client} leaves the choice to the application or the user; the list is only advice, whether or not it names {issuer}.',

  // The key and the signature algorithms.
  'certificate-type':
    'The server asks for certificate types {types}, and the key is {key}; {client} heeds that[; it shows {shows}].',
  'no-common-scheme':
    'The server lists no signature algorithm that {client} can use with this key, {key}: {offered}.',
  'no-common-scheme-on-windows':
    'The server lists no signature algorithm that {client} can use with this key, {key}: {offered}; what Schannel does then is not documented (OpenSSL sends no certificate).',
  'no-known-scheme': 'The server lists no signature algorithm that {client} knows at all: {offered}.',
  'offered.none': 'it lists none',
  'offered.some': '{names}',
  'offered.more': '{names} and {more} more',
  'missing-signature-algorithms':
    'The request lacks signature_algorithms, which TLS 1.3 demands, and {client} ends the handshake with missing_extension.',
  'chain-signature':
    '{certificate} is signed by {issuer} with an algorithm that the server does not list, and {client} looks at the signatures on the chain.',
  'key-curve':
    '{client} sends the certificate and then ends the handshake with internal_error, because no listed algorithm suits its key, {key}: {offered}.',
  'sent-then-unable':
    '{client} sends the certificate and then ends the handshake, because no listed algorithm suits its key, {key}: {offered}.',
  'key-kind-unverified': 'The key is {key}, and what {client} does with such a key is not verified.',
  'key-algorithm':
    '{client} matches issuers only for keys of listed algorithms, counts rsa_pss_rsae_* as another algorithm than RSA, and finds none for this key, {key}.',
  'strict-tls13':
    '{client} never sends an RSA or EC certificate under TLS 1.3, because its check needs certificate_types, which TLS 1.3 lacks.',
  'security-level':
    '{client} refuses to load the certificate at security level 2 (default of Debian, Ubuntu and OpenSSL 3.2): {why}.',
  'why.small': 'its {key} key has {bits} bits',
  'why.sha1': 'it is signed with SHA-1',

  // The certificate by itself.
  'any-extended-key-usage':
    'Its extended key usage allows any purpose without naming clientAuth, and whether {client} takes that is not verified.',
  'extended-key-usage': 'Its extended key usage {has}, so {client} does not show it.',
  'has.any': 'names any purpose but not clientAuth itself',
  'has.others': 'does not include clientAuth',
  'ca-certificate':
    "It is a CA certificate (basicConstraints CA:TRUE), which {client} does not count as a client's.",
  'netscape-cert-type':
    'Its Netscape certificate type (nsCertType) does not include SSL client, so {client} does not show it.',
  'key-usage': 'Its key usage lacks digitalSignature, and {client} does not offer it.',
  'key-usage-aborted': 'Its key usage lacks digitalSignature, and {client} ends the handshake over it.',
  expired: 'It expired on {date}, and {client} hides expired certificates.',
  'not-yet-valid': 'It is valid only from {date}, and {client} hides it until then.',

  // Several identities.
  'no-identity': '{client} has no certificate to offer.',
  'prompts-with-several': '{client} shows {count} of {given} certificates, and the user chooses.',
  'order-of-aliases':
    '{count} certificates fit, and {client} takes the one that comes first in its hash table, which the names of the entries decide.',
  'application-picks':
    '{client} takes one certificate; which of the {count} it is given, the code of the application decides.',
  'several-without-list':
    'The server names no issuers, and {client} with more than one certificate sends none then.',

  // How one of several is taken.
  'takes-first-match': '{client} takes the first that fits, in the order in which it is given them.',
  'takes-first-of-all': '{client} takes the first, whether it fits or not.',
  'lets-user-choose': '{client} shows its user those that fit.',
  'takes-by-alias': 'Of those that fit {client} takes the one that comes first in its hash table.',
  'lets-application-choose': 'With {client} the code of the application chooses.',
  'takes-last-loaded': 'Up to TLS 1.2 {client} looks only at the one that was loaded last.',
  'takes-last-of-key-kind':
    '{client} keeps the last loaded one of each kind of key, and takes that whose algorithm the server lists first.',
  'takes-by-listed-name': '{client} goes through the listed issuers and takes the first that leads to one.',
  'takes-by-key-type':
    '{client} goes by kind of key in the order of the signature algorithms of the server; of several of one kind the names of the entries decide.',
  'takes-best-of-key-type':
    '{client} prefers those that are valid and have fitting usages, then goes by kind of key in the order of the signature algorithms of the server; of equals the names of the entries decide.',

  // What would make it work.
  'list-entry': 'list {entry} on the server',
  'list-too': 'list {entry} on the server, too',
  'list-twin': 'list the CA certificate whose subject is encoded like the issuer of this certificate',
  'list-key-algorithm': 'list an algorithm of this key',
  'list-current-scheme': 'list a current algorithm on the server, such as {entry}',
  'list-chain-scheme': 'list that algorithm on the server, too',
  'list-some-issuer': 'list the issuer of the right certificate on the server',
  'put-ca-leading': 'put the {which} {missing} into {into}: it leads to {name}, which is listed',
  'put-ca-if': 'put the {which} {missing} into {into}, if a listed CA issued it',
  'put-whole-chain': 'put the whole chain into {into}, up to and with a listed CA',
  'which.issuing': 'issuing CA',
  'which.other': 'CA certificate',
  'use-listed-ca': 'use a certificate from one of the listed CAs',
  'use-listed-type': 'use a certificate with a key of a listed type',
  'use-listed-signature': 'use a certificate that is signed with a listed one',
  'use-fitting-key': 'use a certificate whose key suits the listed algorithms',
  'use-usual-key': 'use a certificate with an EC (P-256) or RSA key',
  'use-client-auth': 'use a certificate with the extended key usage {usage}',
  'use-netscape-client': 'use a certificate without nsCertType, or with SSL client in it',
  'use-digital-signature': 'use a certificate with the key usage digitalSignature',
  'use-non-ca': 'use a certificate without CA:TRUE',
  'use-tls12': 'use TLS 1.2',
  renew: 'renew the certificate',
  'renew-strong': 'renew the certificate with a key of 2048 bits and SHA-256',
  wait: 'wait, or set the clock right',
  'lower-level': 'lower the level with @SECLEVEL=0',
  'drop-strict': 'drop the strict flag',
  'drop-unreadable': 'take the unreadable name out of the list',
  'send-valid-request': 'have the server send a valid CertificateRequest',
  'answer-in-application': 'answer the challenge in the application with this identity',
  'give-identity': 'give it a certificate with its private key',
  'give-one-identity': 'give it the one right certificate only',

  // Places of CA certificates, as in «in …» and as in «put into …».
  'in.certificate-file': 'the certificate file',
  'in.chain-file': 'the chain file',
  'in.key-store-entry': 'the key store entry',
  'in.nss-database': 'its NSS database',
  'in.certificate-store': 'its certificate store',
  'in.keychain': 'the keychain',
  'in.windows-intermediates': "the user's store of intermediate CAs",
  'in.windows-stores': 'the Windows CA stores',
  'in.installed-pkcs12': 'the installed PKCS#12',
  'into.certificate-file': 'the certificate file',
  'into.chain-file': 'the chain file',
  'into.key-store-entry': 'the key store entry',
  'into.nss-database': 'its NSS database',
  'into.certificate-store': 'its certificate store',
  'into.keychain': 'the keychain',
  'into.windows-intermediates': "the user's store of intermediate CAs",
  'into.windows-stores': 'the Windows CA stores',
  'into.installed-pkcs12': 'the installed PKCS#12',

  // Late requests: how it answers.
  'late-renegotiates': '{client} renegotiates by itself.',
  'late-renegotiates-anew': '{client} opens a new connection over HTTP/1.1 and renegotiates there.',
  'late-falls-back': 'Told HTTP_1_1_REQUIRED, {client} falls back to HTTP/1.1 and renegotiates there.',
  'late-falls-back-by-program':
    'Told HTTP_1_1_REQUIRED, curl falls back to HTTP/1.1 and answers there; node:http2 gives up.',
  'late-no-fall-back': 'Told HTTP_1_1_REQUIRED, {client} gives up; it can be told to speak HTTP/1.1 only.',
  'late-never-renegotiates': '{client} never renegotiates.',
  'late-announces': '{client} announces post_handshake_auth and answers.',
  'late-announces-nothing': '{client} does not announce post_handshake_auth, so no server can ask it.',
  'late-announces-by-program':
    'curl, requests and http.client announce post_handshake_auth; an SSLContext made by hand does with post_handshake_auth = True, openssl s_client with -enable_pha; Node does not.',
  'late-option': 'Only with {option}, which is off by default.',
  'late-preference': 'Only with the preference {preference}, which is off by default.',
  'late-preference-unreliable':
    'Only with the preference {preference}, which is off by default and worked in one of four tries.',
  'late-application-rehandshakes':
    'The application has to begin the new handshake itself; wget does, and then fails to read the answer.',
  'late-announces-with-certificate':
    '{client} announces post_handshake_auth when it is given certificates or a callback that chooses them, and answers.',
  'late-schannel-by-program':
    'Schannel can answer, as the tests of .NET show; whether the program does, which is told SEC_I_RENEGOTIATE and has to go on with the handshake, is not verified.',
  'late-no-http': '{client} speaks no HTTP by itself; the application above it decides.',
  'late-unknown': 'What {client} does is not verified.',

  // Late requests: what the user sees.
  'late-sees-page': 'The page, as if nothing had happened.',
  'late-sees-error': 'An error: {error}.',
  'late-sees-refusal':
    'What the server makes of it: HTTP 403 from Apache; from http.sys a reset connection up to Server 2022 and Windows 11 23H2, HTTP 500 with 0x80070032 from Server 2025 and 24H2 on.[ If the server asks all the same: {unasked}.]',
  'late-sees-page-or-refusal':
    'The page where it is announced, otherwise what the server makes of it: HTTP 403 from Apache, a reset connection or HTTP 500 with 0x80070032 from http.sys.',
  'late-sees-page-or-http2-error': 'The page, or {error}.',
  'late-sees-unknown': 'That is not verified.',
};
