import type { Catalog } from '../../base/message.ts';

/** What client models say, in German: the same keys and facts as en.ts. */
export const de: Catalog = {
  // Why it is offered.
  'no-objection': 'Nichts hindert {client} daran, es anzubieten[, {proviso}].',
  'ignores-list': '{client} sendet es unabhängig davon, was die Liste enthält[, {proviso}].',
  'ignores-list-of-others':
    '{client} sendet es unabhängig von der Liste, obwohl {issuer} nicht darin steht; der Server entscheidet[, {proviso}].',
  'empty-list':
    'Der Server nennt keine Aussteller, daher nimmt {client} jedes Zertifikat, auch dieses von {issuer}[, {proviso}].',
  'issuer-listed':
    'Die Liste nennt {name}; diese Zertifizierungsstelle hat das Zertifikat ausgestellt[, {proviso}].',
  'issuer-listed-above': 'Die Liste nennt {name}, und {client} findet über {over} dorthin[, {proviso}].',
  'issuer-listed-as-subject':
    'Die Liste nennt {name}, den Antragsteller des Zertifikats selbst, und {client} lässt das als Treffer gelten[, {proviso}].',
  'issuer-listed-in-chain':
    'Die Liste nennt {name}, und {client} findet diesen Namen in der Kette[, {proviso}].',
  'proviso.key': 'sofern der private Schlüssel vorhanden ist',

  // The list of issuers.
  'issuer-encoding': 'Die Liste nennt {name}, aber {how}, und {client} vergleicht Namen Byte für Byte.',
  'issuer-encoding-documented':
    'Die Liste nennt {name}, aber {how}, und {client} vergleicht Namen laut Dokumentation Byte für Byte.',
  'how.type': 'dort als {there} und im Zertifikat als {here}',
  'how.case': 'mit anderer Groß- und Kleinschreibung',
  'how.blanks': 'mit anderen Leerzeichen',
  'how.order': 'mit anderer Reihenfolge der Bestandteile',
  'depends-on-store':
    'Der Aussteller {issuer} ist nicht {among}; es kommt darauf an, ob {client} {missing} {in} findet und darüber eine genannte Zertifizierungsstelle.',
  'issuer-not-listed': 'Weder der Aussteller {issuer} noch eine Zertifizierungsstelle darüber ist {among}.',
  'issuer-not-listed-so-far':
    'Weder der Aussteller {issuer} noch eine Zertifizierungsstelle darüber ist {among}, soweit {client} sehen kann, nämlich bis {missing}.',
  'issuer-not-listed-parentless':
    'Der Aussteller {issuer} ist nicht {among}, und ohne das Zertifikat dieser Zertifizierungsstelle {in} kann {client} nicht weiter nach oben suchen.',
  'issuer-not-listed-self-signed': 'Das Zertifikat ist selbstsigniert, und {issuer} ist nicht {among}.',
  'issuer-not-listed-elsewhere':
    'Die Liste nennt {missing}, aber {client} zählt nur Zertifizierungsstellen, die {in} liegen, und diese liegt nicht dort.',
  'among.one': 'der eine Aussteller in der Liste',
  'among.many': 'unter den {listed} genannten Ausstellern',
  'unreadable-list':
    'Ein Name in der Liste ist nicht lesbar, und {client} verwirft deswegen die ganze Anforderung.',
  'application-decides':
    '{client} überlässt die Auswahl der Anwendung oder dem Benutzer; die Liste ist nur ein Hinweis, ob sie {issuer} nennt oder nicht.',

  // The key and the signature algorithms.
  'certificate-type':
    'Der Server verlangt die Zertifikattypen {types}, und der Schlüssel ist {key}; {client} hält sich daran[; angezeigt wird {shows}].',
  'no-common-scheme':
    'Der Server nennt kein Signaturverfahren, das {client} mit diesem Schlüssel, {key}, verwenden kann: {offered}.',
  'no-common-scheme-on-windows':
    'Der Server nennt kein Signaturverfahren, das {client} mit diesem Schlüssel, {key}, verwenden kann: {offered}; was Schannel dann tut, ist nicht dokumentiert (OpenSSL sendet kein Zertifikat).',
  'no-known-scheme': 'Der Server nennt kein einziges Signaturverfahren, das {client} kennt: {offered}.',
  'offered.none': 'er nennt gar keines',
  'offered.some': '{names}',
  'offered.more': '{names} und {more} weitere',
  'missing-signature-algorithms':
    'In der Anforderung fehlt signature_algorithms, das TLS 1.3 verlangt, und {client} bricht den Handshake mit missing_extension ab.',
  'chain-signature':
    '{certificate} ist von {issuer} mit einem Verfahren signiert, das der Server nicht nennt, und {client} prüft die Signaturen in der Kette.',
  'key-curve':
    '{client} sendet das Zertifikat und bricht dann den Handshake mit internal_error ab, weil kein genanntes Verfahren zum Schlüssel {key} passt: {offered}.',
  'sent-then-unable':
    '{client} sendet das Zertifikat und bricht dann den Handshake ab, weil kein genanntes Verfahren zum Schlüssel {key} passt: {offered}.',
  'key-kind-unverified':
    'Der Schlüssel ist {key}, und was {client} mit einem solchen Schlüssel tut, ist nicht überprüft.',
  'key-algorithm':
    '{client} vergleicht Aussteller nur für Schlüssel mit genannten Verfahren, zählt rsa_pss_rsae_* nicht zu RSA und findet für diesen Schlüssel, {key}, keines.',
  'strict-tls13':
    '{client} sendet unter TLS 1.3 nie ein RSA- oder EC-Zertifikat, weil seine Prüfung certificate_types braucht, das es in TLS 1.3 nicht gibt.',
  'security-level':
    '{client} lädt das Zertifikat bei Sicherheitsstufe 2 nicht (Vorgabe von Debian, Ubuntu und OpenSSL 3.2): {why}.',
  'why.small': 'der {key}-Schlüssel hat {bits} Bit',
  'why.sha1': 'es ist mit SHA-1 signiert',

  // The certificate by itself.
  'any-extended-key-usage':
    'Die erweiterte Schlüsselverwendung erlaubt alle Zwecke, ohne clientAuth zu nennen, und ob {client} das gelten lässt, ist nicht überprüft.',
  'extended-key-usage': 'Die erweiterte Schlüsselverwendung {has}, daher zeigt {client} es nicht an.',
  'has.any': 'nennt alle Zwecke, aber nicht clientAuth selbst',
  'has.others': 'enthält clientAuth nicht',
  'ca-certificate':
    'Es ist ein CA-Zertifikat (basicConstraints CA:TRUE), und das gilt {client} nicht als Clientzertifikat.',
  'netscape-cert-type':
    'Der Netscape-Zertifikatstyp (nsCertType) enthält nicht SSL-Client, daher zeigt {client} es nicht an.',
  'key-usage': 'In der Schlüsselverwendung fehlt digitalSignature, und {client} bietet es nicht an.',
  'key-usage-aborted':
    'In der Schlüsselverwendung fehlt digitalSignature, und {client} bricht deswegen den Handshake ab.',
  expired: 'Es ist am {date} abgelaufen, und {client} blendet abgelaufene Zertifikate aus.',
  'not-yet-valid': 'Es ist erst ab {date} gültig, und {client} blendet es bis dahin aus.',

  // Several identities.
  'no-identity': '{client} hat kein Zertifikat, das angeboten werden könnte.',
  'prompts-with-several': '{client} zeigt {count} von {given} Zertifikaten an, und der Benutzer wählt aus.',
  'order-of-aliases':
    '{count} Zertifikate passen, und {client} nimmt das erste in seiner Hashtabelle, über deren Reihenfolge die Namen der Einträge entscheiden.',
  'application-picks':
    '{client} nimmt ein Zertifikat; welches der {count} übergeben wird, entscheidet der Code der Anwendung.',
  'several-without-list':
    'Der Server nennt keine Aussteller, und {client} sendet dann bei mehr als einem Zertifikat keines.',

  // How one of several is taken.
  'takes-first-match': '{client} nimmt das erste passende, in der Reihenfolge, in der sie übergeben werden.',
  'takes-first-of-all': '{client} nimmt das erste, ob es passt oder nicht.',
  'lets-user-choose': '{client} zeigt dem Benutzer die passenden an.',
  'takes-by-alias': 'Von den passenden nimmt {client} das erste in seiner Hashtabelle.',
  'lets-application-choose': 'Bei {client} wählt der Code der Anwendung aus.',
  'takes-last-loaded': 'Bis TLS 1.2 sieht {client} nur das zuletzt geladene an.',
  'takes-last-of-key-kind':
    '{client} behält von jeder Schlüsselart das zuletzt geladene und nimmt das, dessen Verfahren der Server zuerst nennt.',
  'takes-by-listed-name':
    '{client} geht die genannten Aussteller durch und nimmt das erste, das zu einem führt.',
  'takes-by-key-type':
    '{client} geht nach Schlüsselarten in der Reihenfolge der Signaturverfahren des Servers; unter mehreren einer Art entscheiden die Namen der Einträge.',
  'takes-best-of-key-type':
    '{client} zieht gültige mit passender Verwendung vor und geht dann nach Schlüsselarten in der Reihenfolge der Signaturverfahren des Servers; unter gleichen entscheiden die Namen der Einträge.',

  // What would make it work.
  'list-entry': '{entry} auf dem Server in die Liste aufnehmen',
  'list-too': 'auf dem Server auch {entry} zulassen',
  'list-twin':
    'das CA-Zertifikat in die Liste aufnehmen, dessen Antragsteller genauso codiert ist wie der Aussteller dieses Zertifikats',
  'list-key-algorithm': 'ein Verfahren dieses Schlüssels zulassen',
  'list-current-scheme': 'auf dem Server ein aktuelles Verfahren zulassen, etwa {entry}',
  'list-chain-scheme': 'auf dem Server auch dieses Verfahren zulassen',
  'list-some-issuer': 'den Aussteller des richtigen Zertifikats auf dem Server in die Liste aufnehmen',
  'put-ca-leading':
    '{which} {missing} in {into} aufnehmen: darüber geht es zu {name}, und das steht in der Liste',
  'put-ca-if':
    '{which} {missing} in {into} aufnehmen, sofern eine genannte Zertifizierungsstelle sie ausgestellt hat',
  'put-whole-chain':
    'die ganze Kette bis einschließlich einer genannten Zertifizierungsstelle in {into} aufnehmen',
  'which.issuing': 'die ausstellende Zertifizierungsstelle',
  'which.other': 'die Zertifizierungsstelle',
  'use-listed-ca': 'ein Zertifikat einer genannten Zertifizierungsstelle verwenden',
  'use-listed-type': 'ein Zertifikat mit einem Schlüssel eines genannten Typs verwenden',
  'use-listed-signature': 'ein Zertifikat verwenden, das mit einem genannten Verfahren signiert ist',
  'use-fitting-key': 'ein Zertifikat verwenden, dessen Schlüssel zu den genannten Verfahren passt',
  'use-usual-key': 'ein Zertifikat mit EC- (P-256) oder RSA-Schlüssel verwenden',
  'use-client-auth': 'ein Zertifikat mit der erweiterten Schlüsselverwendung {usage} verwenden',
  'use-netscape-client': 'ein Zertifikat ohne nsCertType oder mit SSL-Client darin verwenden',
  'use-digital-signature': 'ein Zertifikat mit der Schlüsselverwendung digitalSignature verwenden',
  'use-non-ca': 'ein Zertifikat ohne CA:TRUE verwenden',
  'use-tls12': 'TLS 1.2 verwenden',
  renew: 'das Zertifikat erneuern',
  'renew-strong': 'das Zertifikat mit einem Schlüssel von 2048 Bit und SHA-256 erneuern',
  wait: 'abwarten oder die Uhr richtig stellen',
  'lower-level': 'die Sicherheitsstufe mit @SECLEVEL=0 senken',
  'drop-strict': 'die Option -strict weglassen',
  'drop-unreadable': 'den nicht lesbaren Namen aus der Liste nehmen',
  'send-valid-request': 'den Server eine gültige Zertifikatanforderung (CertificateRequest) senden lassen',
  'answer-in-application': 'die Anforderung in der Anwendung mit dieser Identität beantworten',
  'give-identity': 'ein Zertifikat mit privatem Schlüssel bereitstellen',
  'give-one-identity': 'nur das eine richtige Zertifikat bereitstellen',

  // Places of CA certificates, as in «in …» and as in «put into …».
  'in.certificate-file': 'in der Zertifikatsdatei',
  'in.chain-file': 'in der Kettendatei',
  'in.key-store-entry': 'im Eintrag des Schlüsselspeichers (Key Store)',
  'in.nss-database': 'in seiner NSS-Datenbank',
  'in.certificate-store': 'in seinem Zertifikatspeicher',
  'in.keychain': 'im Schlüsselbund',
  'in.windows-intermediates': 'im Speicher „Zwischenzertifizierungsstellen“ des Benutzers',
  'in.windows-stores': 'in den CA-Speichern von Windows',
  'in.installed-pkcs12': 'in der installierten PKCS#12-Datei',
  'into.certificate-file': 'die Zertifikatsdatei',
  'into.chain-file': 'die Kettendatei',
  'into.key-store-entry': 'den Eintrag des Schlüsselspeichers (Key Store)',
  'into.nss-database': 'seine NSS-Datenbank',
  'into.certificate-store': 'seinen Zertifikatspeicher',
  'into.keychain': 'den Schlüsselbund',
  'into.windows-intermediates': 'den Speicher „Zwischenzertifizierungsstellen“ des Benutzers',
  'into.windows-stores': 'die CA-Speicher von Windows',
  'into.installed-pkcs12': 'die installierte PKCS#12-Datei',

  // Late requests: how it answers.
  'late-renegotiates': '{client} führt die Neuaushandlung von selbst durch.',
  'late-renegotiates-anew':
    '{client} öffnet eine neue Verbindung über HTTP/1.1 und führt dort die Neuaushandlung durch.',
  'late-falls-back':
    'Auf HTTP_1_1_REQUIRED wechselt {client} zu HTTP/1.1 und führt dort die Neuaushandlung durch.',
  'late-falls-back-by-program':
    'Auf HTTP_1_1_REQUIRED wechselt curl zu HTTP/1.1 und antwortet dort; node:http2 gibt auf.',
  'late-no-fall-back':
    'Auf HTTP_1_1_REQUIRED gibt {client} auf; es lässt sich aber auf HTTP/1.1 beschränken.',
  'late-never-renegotiates': '{client} führt nie eine Neuaushandlung durch.',
  'late-announces': '{client} kündigt post_handshake_auth an und antwortet.',
  'late-announces-nothing':
    '{client} kündigt post_handshake_auth nicht an, daher kann kein Server danach fragen.',
  'late-announces-by-program':
    'curl, requests und http.client kündigen post_handshake_auth an; ein selbst angelegter SSLContext nur mit post_handshake_auth = True, openssl s_client nur mit -enable_pha; Node gar nicht.',
  'late-option': 'Nur mit {option}; das ist standardmäßig ausgeschaltet.',
  'late-preference': 'Nur mit der Einstellung {preference}; sie ist standardmäßig ausgeschaltet.',
  'late-preference-unreliable':
    'Nur mit der Einstellung {preference}; sie ist standardmäßig ausgeschaltet und half bei einem von vier Versuchen.',
  'late-application-rehandshakes':
    'Die Anwendung muss den neuen Handshake selbst beginnen; wget tut das und scheitert dann beim Lesen der Antwort.',
  'late-announces-with-certificate':
    '{client} kündigt post_handshake_auth an, sobald es Zertifikate oder einen Callback zur Auswahl erhält, und antwortet.',
  'late-schannel-by-program':
    'Schannel kann antworten, wie die Tests von .NET zeigen; ob das Programm es tut, das SEC_I_RENEGOTIATE gemeldet bekommt und den Handshake fortsetzen muss, ist nicht überprüft.',
  'late-no-http': '{client} spricht selbst kein HTTP; die Anwendung darüber entscheidet.',
  'late-unknown': 'Was {client} tut, ist nicht überprüft.',

  // Late requests: what the user sees.
  'late-sees-page': 'Die Seite, als wäre nichts gewesen.',
  'late-sees-error': 'Einen Fehler: {error}.',
  'late-sees-refusal':
    'Was der Server daraus macht: HTTP 403 von Apache; von http.sys bis Server 2022 und Windows 11 23H2 eine zurückgesetzte Verbindung, ab Server 2025 und 24H2 HTTP 500 mit 0x80070032.[ Fragt der Server trotzdem: {unasked}.]',
  'late-sees-page-or-refusal':
    'Die Seite, wo es angekündigt wird, sonst was der Server daraus macht: HTTP 403 von Apache, eine zurückgesetzte Verbindung oder HTTP 500 mit 0x80070032 von http.sys.',
  'late-sees-page-or-http2-error': 'Die Seite oder {error}.',
  'late-sees-unknown': 'Das ist nicht überprüft.',
};
