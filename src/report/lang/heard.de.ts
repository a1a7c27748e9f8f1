/**
 * Was die Probe von einer Gegenstelle sagt, nach dem englischen Satz. Der erste Satz, der passt, gilt: Die allgemeinen
 * stehen unten. test/report/heard.test.ts hält die Sätze an den Quelltext.
 */
export const heardGerman: Readonly<Record<string, string>> = {
  // Verbinden (net/connection.ts, net/reach.ts, net/via).
  'no answer to the attempt to connect within {count} ms':
    'keine Antwort auf den Verbindungsversuch innerhalb von {count} ms',
  'the name {name} is not known to the resolver (socks5h:// leaves that to the proxy)':
    'der Name {name} lässt sich nicht auflösen (socks5h:// überlässt das dem Proxy)',
  'the resolver knows no IPv4 address of {name} (socks4a:// leaves that to the proxy)':
    'zu {name} ist keine IPv4-Adresse zu finden (socks4a:// überlässt das dem Proxy)',
  'the name {name} is not known to the resolver': 'der Name {name} lässt sich nicht auflösen',
  'the resolver did not answer for {name}':
    'auf die Frage nach {name} kam keine Antwort von der Namensauflösung',
  'nothing listens on {host} port {port} (connection refused)':
    'auf {host}, Port {port}, lauscht nichts (Verbindung abgelehnt)',
  'no answer from {host} port {port} to the attempt to connect':
    'keine Antwort von {host}, Port {port}, auf den Verbindungsversuch',
  'no route to {host}': 'kein Weg zu {host}',
  '{host} port {port} reset the attempt to connect': '{host}, Port {port}, brach den Verbindungsversuch ab',
  '{host} port {port} closed the connection at once': '{host}, Port {port}, schloss die Verbindung sofort',
  'this computer does not allow a connection to {host} port {port}':
    'dieser Computer erlaubt keine Verbindung zu {host}, Port {port}',
  'this computer has no address from which {host} can be reached':
    'dieser Computer hat keine Adresse, von der aus {host} erreichbar wäre',
  'this computer has too many connections or files open':
    'auf diesem Computer sind zu viele Verbindungen oder Dateien offen',
  'the certificate of {host} is not trusted here ({code})':
    'dem Zertifikat von {host} wird hier nicht vertraut ({code})',
  'an error of the system ({code})': 'ein Fehler des Systems ({code})',
  'the proxy {name}: {why}': 'der Proxy {name}: {why}',

  // Was kein TLS ist (net/not-tls.ts).
  'plain HTTP': 'HTTP ohne TLS',
  'a page without HTTP': 'eine Seite ohne HTTP',
  'a greeting of a mail or file server (TLS may begin there after STARTTLS)':
    'Begrüßung eines Mail- oder Dateiservers (dort kann TLS nach STARTTLS beginnen)',
  'a POP3 greeting (TLS may begin there after STLS)': 'Begrüßung in POP3 (dort kann TLS nach STLS beginnen)',
  'an IMAP greeting (TLS may begin there after STARTTLS)':
    'Begrüßung in IMAP (dort kann TLS nach STARTTLS beginnen)',
  'text: {said}': 'Text: {said}',
  '{count} bytes that start no TLS record: {said}': '{count} Byte, mit denen kein TLS-Record beginnt: {said}',

  // Grenzen der Probe, HTTP (net/probe.ts, net/exchange).
  'more than {count} bytes without an end': 'mehr als {count} Byte ohne Ende',
  'handclasp failed while reading it: {said}': 'handclasp scheiterte beim Lesen: {said}',
  'the answer to the request is not HTTP/1.x': 'die Antwort auf die Anfrage ist nicht HTTP/1.x',
  "the server's HTTP/2 is broken: {said}": 'das HTTP/2 des Servers ist kaputt: {said}',
  'more lists of issuers on one connection than are kept':
    'mehr Listen von Ausstellern auf einer Verbindung, als behalten werden',
  "only the first 64 KiB of the answer's body were read":
    'vom Inhalt der Antwort wurden nur die ersten 64 KiB gelesen',

  // Bemerkungen zu TLS (net/sighting.ts, wire/tls/session).
  'the server asked to renegotiate (HelloRequest), and we did':
    'der Server bat um Neuaushandlung (HelloRequest), und wir taten es',
  'the server asked to renegotiate (HelloRequest); we refused with no_renegotiation':
    'der Server bat um Neuaushandlung (HelloRequest); wir lehnten mit no_renegotiation ab',
  'the server asked more than {count} times on one connection':
    'der Server verlangte auf einer Verbindung mehr als {count}-mal ein Zertifikat',
  'the server asks for a certificate under HTTP/2, which forbids it after the handshake (RFC 9113 9.2)':
    'der Server verlangt unter HTTP/2 ein Zertifikat, was dort nach dem Handshake verboten ist (RFC 9113 9.2)',
  "certificate {count} of the server's chain cannot be read: {why}":
    'Zertifikat {count} in der Kette des Servers ist nicht lesbar: {why}',
  "the server's signature was not checked: {why}": 'die Signatur des Servers wurde nicht geprüft: {why}',
  'there is no readable certificate': 'es gibt kein lesbares Zertifikat',
  'a key of kind {kind} does not sign before TLS 1.2':
    'ein Schlüssel der Art {kind} signiert vor TLS 1.2 nicht',
  'it uses {name}, which was not offered': 'sie verwendet {name}, was nicht angeboten war',
  "the server's signature does not fit the key of its certificate":
    'die Signatur des Servers passt nicht zum Schlüssel seines Zertifikats',
  'the server can do a newer TLS version than it chose: something between us changed the ClientHello':
    'der Server kann eine neuere TLS-Version, als er wählte: etwas auf dem Weg hat das ClientHello verändert',
  'the server did not echo the session id, as TLS 1.3 wants it':
    'der Server wiederholte die Sitzungs-ID nicht, wie es TLS 1.3 verlangt',
  'the server does not do secure renegotiation (RFC 5746)':
    'der Server beherrscht keine sichere Neuaushandlung (RFC 5746)',
  'this alert came unprotected, though keys were agreed':
    'dieser Alarm kam ungeschützt, obwohl Schlüssel vereinbart waren',
  'the server warned: {name}': 'der Server warnte: {name}',
  'the key did not sign with {name}: {said}': 'der Schlüssel signierte nicht mit {name}: {said}',
  'a key of kind {kind} signs no handshake of {name}':
    'ein Schlüssel der Art {kind} signiert keinen Handshake unter {name}',
  'no signature algorithm of the request suits the {kind} key (asked for: {names})':
    'kein Signaturverfahren der Anforderung passt zum {kind}-Schlüssel (verlangt: {names})',
  'an empty Certificate was sent instead of the chosen one':
    'statt des gewählten Zertifikats wurde ein leeres Certificate gesendet',
  'the CertificateRequest lacks signature_algorithms, which TLS 1.3 wants (RFC 8446 4.3.2)':
    'dem CertificateRequest fehlen signature_algorithms, die TLS 1.3 verlangt (RFC 8446 4.3.2)',

  // Verstöße gegen TLS (wire/tls/session).
  'a record shorter than its MAC': 'ein Record, der kürzer ist als sein MAC',
  'its MAC does not fit': 'sein MAC passt nicht',
  'it is shorter than its MAC': 'er ist kürzer als sein MAC',
  'its padding is broken': 'seine Auffüllung ist kaputt',
  '{count} bytes are not {limit} or more whole blocks':
    '{count} Byte sind nicht {limit} oder mehr ganze Blöcke',
  'a record that does not open with the agreed key: {why}':
    'ein Record, der sich mit dem vereinbarten Schlüssel nicht öffnet: {why}',
  'a record that does not open with the agreed key':
    'ein Record, der sich mit dem vereinbarten Schlüssel nicht öffnet',
  'a record shorter than its tag': 'ein Record, der kürzer ist als sein Prüfwert',
  'a record of nothing but padding': 'ein Record, der nur Auffüllung enthält',
  'an unprotected record of type {type} after the keys were set':
    'ein ungeschützter Record der Art {type}, nachdem Schlüssel galten',
  'a key of {name}, which was not offered': 'ein Schlüssel aus {name}, was nicht angeboten war',
  'a key share of {name}, which was not offered': 'ein Schlüsselanteil aus {name}, was nicht angeboten war',
  'a key exchange that is no valid {name} key': 'ein Schlüsselaustausch ohne gültigen {name}-Schlüssel',
  'a Diffie-Hellman group that cannot be used: {said}':
    'eine Diffie-Hellman-Gruppe, die nicht verwendbar ist: {said}',
  'a certificate that no RSA key exchange fits: {why}':
    'ein Zertifikat, zu dem kein RSA-Schlüsselaustausch passt: {why}',
  'there is no readable one': 'es gibt kein lesbares',
  'the session was resumed on other terms than it began with':
    'die Sitzung wurde unter anderen Bedingungen fortgesetzt, als sie begann',
  'renegotiation_info does not fit the handshake before':
    'renegotiation_info passt nicht zum vorigen Handshake',
  "the server's Finished does not fit the handshake": 'das Finished des Servers passt nicht zum Handshake',
  'the server chose compression {count}': 'der Server wählte Kompression {count}',
  'the server chose {count} protocols': 'der Server wählte {count} Protokolle',
  'the server chose {name}, which was not offered': 'der Server wählte {name}, was nicht angeboten war',
  'a second HelloRetryRequest': 'ein zweites HelloRetryRequest',
  'a HelloRetryRequest that changes nothing': 'ein HelloRetryRequest, das nichts ändert',
  'a HelloRetryRequest for {name}': 'ein HelloRetryRequest für {name}',
  'a change_cipher_spec record with other contents than 1':
    'ein Record change_cipher_spec mit anderem Inhalt als 1',
  'a ServerHello of TLS 1.3 without key_share': 'ein ServerHello von TLS 1.3 ohne key_share',
  'a pre-shared key that was not offered': 'ein vorher vereinbarter Schlüssel, der nicht angeboten war',
  'a handshake message goes on where the keys change':
    'eine Handshake-Nachricht geht weiter, wo die Schlüssel wechseln',
  '{what} where {belongs} belongs': '{what} an der Stelle von {belongs}',
  'CertificateRequest or Certificate': 'CertificateRequest oder Certificate',
  'CertificateRequest or ServerHelloDone': 'CertificateRequest oder ServerHelloDone',
  'application data': 'Anwendungsdaten',

  // Wörter der Dialoge vor TLS (net/dialogue, net/starttls, net/via).
  'a first word': 'ein erstes Wort',
  greeting: 'die Begrüßung',
  'stream features': 'die Liste der Stream-Features',
  negotiation: 'die Aushandlung',
  'connection confirm': 'die Bestätigung der Verbindung',
  'choice of a method': 'die Wahl eines Verfahrens',
  'answer to user and password': 'die Antwort auf Benutzer und Passwort',
  'answer of {name}': 'die Antwort von {name}',
  'handshake packet': 'das Handshake-Paket',
  'TPKT header': 'der Kopf von TPKT',
  'answer to {name}': 'die Antwort auf {name}',
  'TLS record': 'TLS-Record',
  certificate: 'Zertifikat',
  bytes: 'Bytes',

  // Ablehnungen vor TLS.
  'N: this server does not do TLS': 'N: dieser Server kann kein TLS',
  'an error in place of an answer': 'ein Fehler statt einer Antwort',
  'STARTTLS is not among what it offers: nothing': 'STARTTLS bietet er nicht an: nichts',
  'STARTTLS is not among what it offers: {names}': 'STARTTLS ist nicht unter dem, was er anbietet: {names}',
  'STARTTLS is not among its stream features': 'STARTTLS ist nicht unter seinen Stream-Features',
  'STARTTLS is not offered: nothing is': 'STARTTLS wird nicht angeboten: nichts wird es',
  'STARTTLS is not offered: {names}': 'STARTTLS wird nicht angeboten: {names}',
  'stream error': 'Fehler des Streams',
  failure: 'Fehlschlag',
  'it knows RDP security only (no RDP_NEG_RSP)': 'er kennt nur die RDP-Sicherheit (kein RDP_NEG_RSP)',
  'it chose RDP security, not TLS': 'er wählte die RDP-Sicherheit, nicht TLS',
  'unknown failure code': 'unbekannter Fehlercode',
  'its capabilities lack TLS (version {name})': 'unter seinen Fähigkeiten fehlt TLS (Version {name})',
  'it does not support encryption (ENCRYPT_NOT_SUP)': 'er kann keine Verschlüsselung (ENCRYPT_NOT_SUP)',
  '{name} carries no IPv6 addresses': '{name} befördert keine IPv6-Adressen',
  'SOCKS 5 carries names of up to 255 bytes': 'SOCKS 5 befördert Namen von bis zu 255 Byte',
  'user or password exceeds 255 bytes': 'Benutzer oder Passwort ist länger als 255 Byte',
  'user or password is wrong (status {code})': 'Benutzer oder Passwort ist falsch (Status {code})',
  'it wants a logon: give the user in the address of the proxy':
    'er verlangt eine Anmeldung: den Benutzer in der Adresse des Proxys angeben',
  'it accepts neither user and password nor none':
    'er nimmt weder Benutzer und Passwort noch eine Verbindung ohne Anmeldung an',
  'it chose method {count}, which was not offered': 'er wählte Verfahren {count}, das nicht angeboten war',
  '{said} (it asks for {names})': '{said} (er verlangt {names})',
  'an unknown code': 'unbekannter Code',
  'request rejected or failed': 'Anfrage abgelehnt oder gescheitert',
  'identd on our machine cannot be reached': 'identd auf diesem Computer ist nicht erreichbar',
  'identd on our machine names another user': 'identd auf diesem Computer nennt einen anderen Benutzer',
  'general failure': 'allgemeiner Fehler',
  'not allowed by its rules': 'seine Regeln erlauben es nicht',
  'network unreachable': 'das Netz ist nicht erreichbar',
  'host unreachable': 'der Rechner ist nicht erreichbar',
  'connection refused': 'die Verbindung wurde abgelehnt',
  'TTL expired': 'die TTL ist abgelaufen',
  'command not supported': 'dieser Befehl wird nicht unterstützt',
  'address type not supported': 'diese Art von Adresse wird nicht unterstützt',
  'no such protocol is known to handclasp': 'ein solches Protokoll kennt handclasp nicht',

  // Was die Speicher und Dateien des Nutzers nicht hergaben (platform/stores).
  '(unreadable name of {count} bytes)': '(unlesbarer Name von {count} Byte)',
  '(empty name)': '(leerer Name)',
  'the keychain cannot be read: {said}': 'der Schlüsselbund ist nicht lesbar: {said}',
  '«{name}» of the keychain cannot be read': '«{name}» aus dem Schlüsselbund ist nicht lesbar',
  'the certificates of {name} cannot be read: certutil of NSS is not installed (Debian: apt install libnss3-tools)':
    'die Zertifikate von {name} sind nicht lesbar: certutil von NSS ist nicht installiert (Debian: apt install libnss3-tools)',
  'the certificates of {name} cannot be read: {said}': 'die Zertifikate von {name} sind nicht lesbar: {said}',
  'the certificate stores of Windows cannot be read: {why}':
    'die Zertifikatspeicher von Windows sind nicht lesbar: {why}',
  'a certificate of {name} cannot be read': 'ein Zertifikat aus {name} ist nicht lesbar',
  'powershell does not start': 'powershell startet nicht',
  'powershell ended with {said}': 'powershell endete mit {said}',
  '«{name}» of {place} cannot be read': '«{name}» aus {place} ist nicht lesbar',

  // Nachrichten, die nicht ihrem Format folgen (base/bytes.ts, wire).
  '{what}: {why} (byte {at})': '{what}: {why} (Byte {at})',
  'no reply of three digits: {said}': 'keine Antwort mit drei Ziffern: {said}',
  'no HTTP/1: {said}': 'kein HTTP/1: {said}',
  'no result code': 'kein Ergebniscode',
  'no ENCRYPTION option': 'keine Option ENCRYPTION',
  'ends early': 'endet zu früh',
  'protocol version {name}': 'Protokollversion {name}',
  'version {version}': 'Version {version}',
  'address type {type}': 'Adresstyp {type}',
  'type {type}': 'Art {type}',
  'tag {count}': 'Tag {count}',
  'a packet of type {type}': 'ein Paket der Art {type}',
  'a length of {count}': 'eine Länge von {count}',
  'operation {name} where an ExtendedResponse belongs': 'Operation {name} an der Stelle von ExtendedResponse',
  'byte {type} where S or N belongs': 'Byte {type} an der Stelle von S oder N',
  'code {code} is no connection confirm': 'Code {code} ist keine Bestätigung der Verbindung',
  'more than {count} bytes before TLS': 'mehr als {count} Byte vor TLS',
  'announces {count} bytes, more than {limit}': 'kündigt {count} Byte an, mehr als {limit}',
  'announces {count} bytes': 'kündigt {count} Byte an',
  'holds {count} bytes, more than {limit}': 'enthält {count} Byte, mehr als {limit}',
  'needs {count} bytes, {left} left': 'braucht {count} Byte, da sind {left}',
  'block of {count} bytes, {left} left': 'Block von {count} Byte, da sind {left}',
  '{count} bytes, more than {limit}': '{count} Byte, mehr als {limit}',
  '{count} bytes left over': '{count} Byte bleiben übrig',
  'an empty record of type {type}': 'ein leerer Record der Art {type}',
  'extension {name} twice': 'Erweiterung {name} zweimal',
  'request_update is {count}': 'request_update ist {count}',
  'curve type {type}, not a named one': 'Kurvenart {type}, keine benannte',
  'tag {type} where {code} belongs': 'Tag {type} an der Stelle von {code}',
  'the input ends in an element': 'die Eingabe endet in einem Element',
  'the input ends in a length': 'die Eingabe endet in einer Längenangabe',
  'an indefinite or oversized length': 'eine unbestimmte oder zu große Länge',
  'a tag of several bytes': 'ein Tag aus mehreren Byte',
  'not pairs of hex digits': 'keine Paare von Hexadezimalziffern',
  'not a SET': 'kein SET',
  'not type and value': 'nicht Art und Wert',
  'not two times': 'nicht zwei Zeitangaben',
  'not a TBSCertificate and a signature algorithm': 'nicht TBSCertificate und Signaturverfahren',
  'its fields do not stand in order': 'seine Felder stehen nicht in Ordnung',
  'not a time: {said}': 'keine Zeitangabe: {said}',
  '{code} {why}': '{code} {why}',
  '{what}: {why}': '{what}: {why}',
};
