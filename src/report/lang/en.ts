import type { Catalog } from '../../base/message.ts';

/** The words of `why` in English. Keys and facts are those of de.ts; test/report/lang.test.ts holds them equal. */
export const en: Catalog = {
  // Enumerations.
  'two-of': '{before} and {last}',
  'and-more': '{count} more',

  // Headlines.
  'headline-cannot-tell': 'Cannot tell: {where} {end}.',
  'headline-not-asked':
    '{where} does not ask for a client certificate, neither in the handshake nor after the request for {path}[; it answers {status}].',
  'headline-not-asked-early':
    '{where} does not ask for a client certificate in the handshake[; it answers {status}]; whether it asks after the request, these connections cannot tell.',
  'headline-asks-any':
    '{where} asks for a client certificate{when} and names no issuers, so clients may offer any.',
  'headline-asks-list':
    '{where} asks for a client certificate{when} and names {count} acceptable issuers: most clients offer only certificates that lead to one of them.',
  'headline-asks-list.one':
    '{where} asks for a client certificate{when} and names {count} acceptable issuer: most clients offer only certificates that lead to it.',
  'headline-mine-empty': '{where} asks for a client certificate{when}, and your stores hold none.',
  'headline-mine-none':
    '{where} asks for a client certificate{when}, but would be shown none of the {count} in your stores.',
  'headline-mine-none.one':
    '{where} asks for a client certificate{when}, but would not be shown the one in your stores.',
  'headline-mine-some':
    '{where} asks for a client certificate{when}, and would be shown {shown} of the {count} in your stores: {names}.',
  'headline-mine-some.one':
    '{where} asks for a client certificate{when}, and would be shown the one in your stores: {names}.',
  'headline-not-listed':
    '{many} will not offer this certificate ({few} of {all} kinds), because {where} does not name its issuer «{issuer}» among the {count} that it accepts{when}[; sent all the same, it is accepted ({accepted})][; sent all the same, it is refused ({refused})].',
  'headline-not-listed.one':
    '{many} will not offer this certificate ({few} of {all} kinds), because {where} names {count} acceptable issuer{when}, and that is not its issuer «{issuer}»[; sent all the same, it is accepted ({accepted})][; sent all the same, it is refused ({refused})].',
  'headline-withheld':
    '{many} will not offer this certificate to {where} ({few} of {all} kinds): {reason}[; sent all the same, it is accepted ({accepted})][; sent all the same, it is refused ({refused})].',
  'headline-depends':
    '{few} of {all} kinds of client offer this certificate to {where}; for the others it cannot be told from here: {reason}[; sent, it is accepted ({accepted})][; sent, it is refused ({refused})].',
  'headline-nearly':
    'Nearly all clients offer this certificate to {where} ({few} of {all} kinds)[, and the server accepts it ({accepted})][, but the server refuses it ({refused})]; exceptions: {others}.',
  'headline-several':
    'Of these {count} certificates clients offer {where} number {number}, «{subject}», most often ({few} of {all} kinds)[; the server accepts it ({accepted})][; the server refuses it ({refused})].',
  'headline-several-none':
    'No kind of client surely offers {where} any of these {count} certificates[; number {number} sent all the same is accepted ({accepted})][; number {number} sent all the same is refused ({refused})].',
  'headline-offered':
    'All kinds of client offer this certificate to {where}[, and the server accepts it ({accepted})][, but the server refuses it ({refused})].',
  'many-all': 'All clients',
  'many-most': 'Most clients',
  'many-some': 'Some clients',
  'when-handshake': '',
  'when-renegotiation': ' only after the request (renegotiation)',
  'when-post-handshake': ' only after the request (post-handshake authentication)',
  'when-only': ' ({label} only)',

  // What clients do.
  'clients-title': 'What clients do with «{subject}», issued by «{issuer}»',
  'offer-offered': 'offered',
  'offer-prompted': 'user is asked',
  'offer-withheld': 'withheld',
  'offer-aborted': 'aborted',
  'offer-sent-then-aborted': 'sent, aborted',
  'offer-unknown': 'depends',
  'with-issuing-ca': 'with the issuing CA at hand: {offers}',
  'column-answer': 'answer',
  'column-clients': 'clients',
  'column-why': 'why',
  'column-with-issuer': 'with the issuing CA',
  'short-unverified': '{text} (not verified)',
  'in-versions': '{versions}: {text}',
  rule: 'rule {rule}, {confidence}',
  'confidence-observed': 'observed',
  'confidence-source': 'read in source',
  'confidence-documented': 'documented',
  'confidence-unverified': 'not verified',
  'remedies-title': 'What would change that',
  'remedies-left': '… and {count} more for single clients',
  'remedies-left.one': '… and {count} more for a single client',
  'helps-all': 'helps all of them',
  'details-title': 'Each client in detail',
  'issuer-nouns': 'issuer|the issuing CA',
  'the-issuing-ca': 'the issuing CA',

  // Certificates beside the main one, and what a certificate shows of itself.
  'itself-title': 'The certificate itself',
  'severity-stops': 'stops it',
  'severity-risks': 'risk',
  'severity-note': 'note',
  'others-title': 'The other certificates',
  'mine-title': 'Your stores hold {count} certificates; this server would be shown {shown} of them',
  'mine-title.one': 'Your stores hold {count} certificate; this server would be shown {shown}',
  'mine-title-unasked': 'Your stores hold {count} certificates; this server asked for none',
  'mine-title-unasked.one': 'Your stores hold {count} certificate; this server asked for none',
  'mine-title-none': 'Your stores hold no certificate of yours',
  'held-name': '«{subject}», issued by «{issuer}», valid until {until}',
  'held-place': '{where}[: {alias}]',
  'held-good': 'shown',
  'held-bad': 'not shown',
  'held-open': 'depends',
  'held-no-key': 'no private key',
  'held-unasked': 'not asked',
  'column-certificate': 'certificate',
  'column-place': 'where',

  // What becomes of several certificates in one client.
  'choices-title': 'Which of these {count} certificates clients take',
  'choice-takes': 'takes {which}',
  'choice-shows': 'shows {which}',
  'choice-may': 'perhaps {which}',
  'choice-fails': 'fails with {which}',
  'choice-none': 'takes none',
  'one-of': '{before} or {last}',
  'also-spare': '{which} if {lead} is taken away',
  'also-spare-of-several': '{which} if {lead} are taken away',
  'also-fails': 'with {which} the handshake fails',
  'also-never': 'never {which}',
  'also-may': 'perhaps also {which}',
  'also-program': '{program} takes {which}',
  'none-fits': 'none of them fits',
  'short-takes-first-match': 'the first that fits, in the order given',
  'short-takes-first-of-all': 'the first of all, whether it fits or not',
  'short-lets-user-choose': 'its user chooses',
  'short-takes-by-alias': 'the names of the entries decide',
  'short-lets-application-choose': 'the code of the application chooses',
  'short-takes-last-loaded': 'only the one that was loaded last counts',
  'short-takes-last-of-key-kind':
    'the last loaded of each kind of key, by the order of the algorithms of the server',
  'short-takes-by-listed-name': 'the first that leads to a listed issuer, in the order of the list',
  'short-takes-by-key-type':
    'by kind of key in the order of the server, then by the names of the key store entries',
  'short-takes-best-of-key-type':
    'valid ones with fitting usages first, then by kind of key, then by the names of the key store entries',

  // Why, in short: by rule.
  'short-any-extended-key-usage': 'its key usage allows any purpose without naming clientAuth',
  'short-application-decides': 'the application decides',
  'short-ca-certificate': 'it is a CA certificate',
  'short-certificate-type': 'the server asks for another type of key',
  'short-chain-signature': 'the chain is signed with an algorithm that the server does not list',
  'short-depends-on-store':
    "its issuer is not listed; a listed CA above it may lie in the client's own store",
  'short-empty-list': 'the server names no issuers, any certificate will do',
  'short-expired': 'the certificate has expired',
  'short-extended-key-usage': 'its extended key usage lacks clientAuth',
  'short-ignores-list': 'heeds no list',
  'short-issuer-encoding': 'its issuer is listed in another spelling',
  'short-issuer-listed': 'its issuer, or a CA above it, is listed',
  'short-issuer-not-listed': 'its issuer is not listed, and no listed CA above it is at hand',
  'short-key-algorithm': 'the kind of key does not suit the server',
  'short-key-curve': 'the curve of the key does not suit the server',
  'short-key-kind-unverified': 'what it does with this kind of key is not verified',
  'short-key-usage': 'its key usage lacks digitalSignature',
  'short-late-no': 'it answers no request that comes so late',
  'short-late-opt-in': 'it answers so late a request only when it was turned on',
  'short-late-unknown': 'whether it answers so late a request is not known',
  'short-no-identity': 'there is no certificate',
  'short-several-without-list': 'it takes none of several where no issuers are named',
  'short-missing-signature-algorithms': 'the request lacks signature algorithms and is not valid',
  'short-no-common-scheme': 'no signature algorithm suits both the key and the server',
  'short-no-known-scheme': 'the server lists no signature algorithm that the client knows',
  'short-netscape-cert-type': 'its Netscape certificate type lacks SSL client',
  'short-no-objection': 'nothing speaks against it',
  'short-not-yet-valid': 'the certificate is not valid yet',
  'short-security-level': 'the certificate is too weak for the security level',
  'short-strict-tls13': 'with the strict flag it sends no RSA or EC certificate under this version',
  'short-unreadable-list': 'the list holds a name that it cannot read',

  // The list.
  'list-title': '{count} acceptable issuers, {bytes} bytes',
  'list-title.one': '{count} acceptable issuer, {bytes} bytes',
  'list-title-none': 'No issuers are named: any will do',
  'list-left': '… and {count} more',
  'list-names': 'the names',
  'certificate-types': 'certificate types: {names}',
  'signature-algorithms': 'signature algorithms: {names}',
  'kind-root': 'root',
  'kind-issuing': 'issuing CA',
  'kind-both': 'root, also issued by another CA',
  'hint-root': 'calls itself root, unchecked',
  'hint-issuing': 'calls itself issuing CA, unchecked',
  'list-has-issuer': 'The list names the issuer of the certificate, «{issuer}».',
  'list-has-ca-above':
    'The list does not name the issuer «{issuer}», but «{above}» above it: only clients that have the CA certificates between find the way.',
  'list-lacks-issuer': 'The list names neither the issuer «{issuer}» nor a CA above it that is at hand.',
  'list-twin-type':
    'The list holds a name that reads like «{name}» but is encoded otherwise: in the list {there}, in the certificate {here}. Clients that compare bytes take it for another CA.',
  'list-twin-case':
    'The list holds «{name}» in other letter case: in the list {there}, in the certificate {here}. Clients that compare bytes take it for another CA.',
  'list-twin-blanks':
    'The list holds «{name}» with other blanks: in the list {there}, in the certificate {here}. Clients that compare bytes take it for another CA.',
  'list-twin-order':
    'The list holds the parts of «{name}» in another order: in the list {there}, in the certificate {here}. Clients that compare bytes take it for another CA.',
  'list-over-java':
    'The list takes {bytes} bytes, more than {limit}: Java ends such a handshake unless jdk.tls.maxHandshakeMessageSize is raised; Chromium, curl and GnuTLS bear it.',
  'list-over-schannel':
    'The list takes {bytes} bytes, more than the {limit} at which Schannel cuts: this server is not Schannel, or has no such limit.',
  'list-over-old-schannel':
    'The list takes {bytes} bytes, more than the {limit} at which older versions of Windows are said to cut.',
  'list-cut-likely':
    'The list ends {left} bytes short of {limit}, where Schannel cuts, and its names take {usual} bytes each: it is probably cut, and the last issuers are missing.',
  'list-cut-perhaps':
    'The list ends {left} bytes short of {limit}, where Schannel cuts; a name of the usual {usual} bytes would no longer fit: the last issuers may be missing.',
  'list-ends-broken': 'The last name, number {position}, is broken: the list may have been cut in it.',
  'list-broken-names':
    '{count} names cannot be read; the first is number {position}, {bytes} bytes. Some clients then drop the whole list.',
  'list-broken-names.one':
    '{count} name cannot be read: number {position}, {bytes} bytes. Some clients then drop the whole list.',
  'list-empty-name': 'Name number {position} is empty.',
  'list-duplicates': '{count} names stand in the list more than once: {names}[ and {left} more].',
  'list-duplicates.one': '{count} name stands in the list more than once: {names}[ and {left} more].',
  'list-nt-authority':
    'The list holds «{name}»: a .NET SslStream server on Windows may add that (dotnet/runtime#60949); http.sys does not.',
  'list-kinds':
    'By certificates at hand: roots {roots}, issuing CAs {issuing}[, both {both}], not known {unknown}.',
  'list-roots-only':
    'All {count} listed names are roots, by the certificates at hand: a client that holds its certificate alone finds no way to them.',
  'list-roots-only.one':
    'The one listed name is a root, by the certificates at hand: a client that holds its certificate alone finds no way to it.',

  // Differences between connections.
  'differences-title': 'Differences',
  'asked-sides': 'A certificate is {sides}.',
  'asked-where': 'asked for with {where}',
  'asked-late-where': 'asked for after the request with {where}',
  'asked-not-where': 'not asked for with {where}',
  'only-with': 'Only with {where}: {names}.',
  'same-names-other-order': 'With {where} the list has the same names as with {other}, in another order.',
  'answer-where': '{answer} with {where}',
  'answers-where': 'The server answers {answers}.',
  'with-version': '{value}',
  'with-serverName': 'SNI {value}',
  'with-serverName-null': 'no SNI',
  'with-address': 'address {value}',
  'with-path': 'path {value}',
  'with-certificate-none': 'no certificate',
  'with-certificate-shown': 'the certificate',
  'with-method': '{value} request',
  'with-http2-true': 'HTTP/2',
  'with-http2-false': 'HTTP/1.1',
  'with-postHandshakeAuth-true': 'post-handshake authentication announced',
  'with-postHandshakeAuth-false': 'post-handshake authentication not announced',
  'with-resumed-true': 'a resumed session',
  'with-resumed-false': 'a fresh session',
  'with-certificate': 'certificate number {value}',
  'with-other': '{name} {value}',

  // What a run tells beside its answer.
  progress: '{done} of {known} connections',
  'tape-cut': 'more was exchanged than is kept: the rest was left out',
  'tape-capture': '{file}: {count} connections, for Wireshark',
  'tape-capture.one': '{file}: {count} connection, for Wireshark',
  'tape-capture-keys': '{file}: {count} connections, and the keys that open them, for Wireshark',
  'tape-capture-keys.one': '{file}: {count} connection, and the keys that open it, for Wireshark',
  'tape-keys':
    '{file}: the keys of {count} connections; whoever has them can read what was exchanged there, nothing else',
  'tape-keys.one':
    '{file}: the keys of {count} connection; whoever has them can read what was exchanged there, nothing else',

  // Connections.
  'brought-by': '({label})',
  'connection-with': '{label}',

  'connections-title': 'Connections',
  'column-connection': 'connection',
  'column-end': 'what happened',
  'connections-title-base': 'Connections (with {label}, unless said otherwise)',
  'connections-left': '… and {count} more',
  'asks-handshake': 'asks for a certificate',
  'asks-renegotiation': 'asks for a certificate after the request (renegotiation)',
  'asks-post-handshake': 'asks for a certificate after the request (post-handshake)',
  'asks-not': 'does not ask for a certificate in the handshake',
  'sent-none': 'none sent',
  'sent-some': '{count} sent',
  'end-refused': 'refused with alert {alert} {after}',
  'end-closed': 'closed the connection {after}',
  'end-reset': 'reset the connection {after}',
  'end-timeout': 'gave no answer in time {after}',
  'end-unreachable': 'cannot be reached: {detail}',
  'end-not-tls': 'speaks no TLS there: {detail}',
  'end-malformed': 'sent what is not valid TLS: {detail}',
  'end-before-tls': 'did not come to TLS: {what}',
  'before-tls-proxy': 'the proxy',
  'before-tls-server': 'the server, asked for TLS in {protocol},',
  'before-tls-refused': '{who} answered {detail}',
  'before-tls-malformed': '{who} sent what is no valid answer: {detail}',
  'before-tls-closed': '{who} closed the connection where its {detail} was due',
  'before-tls-reset': '{who} reset the connection where its {detail} was due',
  'before-tls-timeout': '{who} sent no {detail} in time',
  'after-connect': 'on connecting',
  'after-client-hello': 'after the client hello',
  'after-server-hello': 'after its server hello',
  'after-certificate-request': 'after asking for a certificate',
  'after-client-certificate': "on the client's Certificate",
  'after-finished': 'after the handshake',
  'after-request': 'after the request',
  'after-answer': 'after its answer',
  'answer-refused': 'with a refusal',
  'answer-closed': 'by closing the connection',
  'answer-reset': 'by resetting the connection',
  'answer-timeout': 'nothing',
  'answer-malformed': 'with what is no valid TLS',

  // Remarks and notes.
  'remark-no-key':
    'The certificate came without its private key: what clients do is predicted as if they had it, and it was not shown to the server.',
  'remark-open-without': 'The server answers {status} without a certificate as well.',
  'remark-forbidden-both': 'The server answers {status} with the certificate and without.',
  note: 'note: {text}',
  meta: 'asked {url} on {time}',
  details: 'more: --verbose shows each client and the whole list, --json everything',

  // Changes since an earlier answer.
  'since-title': 'Since {time}',
  'since-same': 'nothing has changed',
  'change-name-added': 'The list now names «{name}».',
  'change-name-removed': 'The list no longer names «{name}».',
  'change-names-added': 'The list now names {count} more issuers, «{name}» among them.',
  'change-names-removed': 'The list no longer names {count} issuers, «{name}» among them.',
  'change-asks': 'The server now asks for a certificate.',
  'change-asks-not': 'The server no longer asks for a certificate.',
  'change-back': 'The server can be reached again.',
  'change-gone': 'The server cannot be reached any more[: {why}].',
  'change-clients-good': '{client} now offers the certificate[ (and {others} more)].',
  'change-clients-open': 'Whether {client} offers the certificate is now open[ (and {others} more)].',
  'change-clients-bad': '{client} no longer offers the certificate[ (and {others} more)].',
  'change-status-shown': 'With the certificate the answer was {before}, now it is {after}.',
  'change-status-none': 'Without a certificate the answer was {before}, now it is {after}.',
  'watch-begins': 'Asking {url} every {count} seconds; what changes is told. Ctrl-C ends.',
  'watch-begins.one': 'Asking {url} every second; what changes is told. Ctrl-C ends.',

  // Paths, and certificates asked for again.
  'paths-title': 'What each path was answered',
  'column-path': 'path',
  'column-with': 'connection',
  'column-asked': 'certificate',
  'column-without': 'without one',
  'column-given': 'with it',
  'path-row': '{asked}[; without one {without}][; with it {given}]',
  'path-asks-no': 'not asked for',
  'path-asks-handshake': 'asked for in the handshake',
  'path-asks-renegotiation': 'asked for after the request (renegotiation)',
  'path-asks-post-handshake': 'asked for after the request (post-handshake)',
  'path-ends-alert': 'alert {alert}',
  'path-ends-refused': 'refused',
  'path-ends-closed': 'connection closed',
  'path-ends-reset': 'connection reset',
  'path-ends-timeout': 'no answer in time',
  'path-ends-malformed': 'no valid TLS or HTTP',
  'moment-handshake': 'in the handshake',
  'moment-renegotiation': 'after the request (renegotiation)',
  'moment-post-handshake': 'after the request (post-handshake)',
  'of-list': '(list {number})',
  'numbered-list': 'List {number}: {title}',
  'list-again': 'asked again with {where}',
  'again-same':
    'With {where} a certificate is asked for twice, {first} and {later}, both times for the same.',
  'again-differs':
    'With {where} a certificate is asked for twice, {first} and {later}, and not for the same: {differences}.',
  'again-only-first': 'only at first {names}',
  'again-only-later': 'only later {names}',
  'again-order': 'the same issuers in another order',
  'again-types': 'certificate types {first}, later {later}',
  'again-algorithms': 'signature algorithms {first}, later {later}',

  // The kind of server, and what was left out.
  'remark-server-kind':
    'The handshake has the habits of {title}: {count} of them were seen and none against ({confidence}).',
  'remark-server-product':
    'The server calls itself «{product}» in HTTP; anyone can write that, and a proxy may pass it on.',
  'confidence.likely': 'likely',
  'confidence.possible': 'possible',
  'remark-cut-time': 'The time was over after {count} connections: not everything was compared.',
  'remark-cut-bytes':
    'The server sent more than the limit after {count} connections: not everything was compared.',
  'remark-cut-stopped': 'Stopped after {count} connections: not everything was compared.',
};
