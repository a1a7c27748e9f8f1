import type { Catalog } from '../../base/message.ts';

/** Anmerkungen zu einem Zertifikat auf Deutsch; Schlüssel und Angaben wie in en.ts. */
export const de: Catalog = {
  'certificate-expired':
    'Das Zertifikat ist am {until} abgelaufen: Server weisen es ab (IIS: 403.17), und Browser zeigen es nicht an.',
  'certificate-not-yet-valid':
    'Das Zertifikat gilt erst ab {from}: Bis dahin weisen Server es ab (IIS: 403.17), und Browser zeigen es nicht an; oder eine Uhr geht falsch.',
  'certificate-expires-soon': 'Das Zertifikat läuft in {count} Tagen ab, am {until}.',
  'certificate-expires-soon.one': 'Das Zertifikat läuft in {count} Tag ab, am {until}.',
  'certificate-issuer-expired':
    'Das CA-Zertifikat «{subject}» in der Kette ist am {until} abgelaufen: in der Datei erneuern.',
  'certificate-issuer-not-yet-valid': 'Das CA-Zertifikat «{subject}» in der Kette gilt erst ab {from}.',
  'certificate-issuer-expires-soon':
    'Das CA-Zertifikat «{subject}» in der Kette läuft in {count} Tagen ab, am {until}.',
  'certificate-issuer-expires-soon.one':
    'Das CA-Zertifikat «{subject}» in der Kette läuft in {count} Tag ab, am {until}.',

  'certificate-eku-absent':
    'Es hat keine erweiterte Schlüsselverwendung: Es darf für alles benutzt werden, auch zur Anmeldung.',
  'certificate-eku-any-only':
    'Seine erweiterte Schlüsselverwendung erlaubt jeden Zweck, ohne clientAuth zu nennen: Firefox, Chrome unter Linux und .NET lassen das nicht gelten.',
  'certificate-eku-lacks-client-auth':
    'Seiner erweiterten Schlüsselverwendung fehlt clientAuth (1.3.6.1.5.5.7.3.2): Es ist für {usages}. Browser zeigen es nicht an, und IIS weist es ab (403.16).',
  'certificate-ku-lacks-digital-signature':
    'Seiner Schlüsselverwendung fehlt digitalSignature, aber ein Client beweist seinen Schlüssel durch eine Unterschrift: Browser zeigen es nicht an, GnuTLS bricht ab.',
  'certificate-leaf-is-ca':
    'Es ist ein CA-Zertifikat (basicConstraints CA:TRUE): Firefox und Chrome unter Linux halten es nicht für das eines Benutzers, wenn es eine erweiterte Schlüsselverwendung hat.',

  'certificate-intermediate-missing':
    'Die Datei endet bei «{below}», es fehlt {missing}: in die Datei aufnehmen, damit Clients den Weg zu einer genannten CA finden und Server die ganze Kette bekommen.[ Es lässt sich auch abrufen: {url}]',
  'certificate-issuer-not-held':
    'Die Datei endet bei «{below}»; «{issuer}», der Aussteller davon, liegt nicht darin. Ist das eine Zwischen-CA, so suchen Clients, die nur ihre eigene Datei kennen (Java, Go, GnuTLS), nicht weiter, und Servern kann sie fehlen.[ Sie lässt sich abrufen: {url}]',
  'certificate-issuer-not-in-store':
    'Die Speicher enthalten kein CA-Zertifikat von «{issuer}», dem Aussteller von «{below}»: Wer weiter hinauf sucht, findet nichts.[ Es lässt sich abrufen: {url}]',
  'certificate-root-included':
    'Auch die Wurzel «{root}» liegt in der Datei: Server haben sie oder vertrauen ihr nicht, und sie kostet {bytes} Bytes bei jedem Handshake.',
  'certificate-foreign-certificates':
    '{count} Zertifikate in der Datei gehören nicht zur Kette: {subjects}. OpenSSL, Go und GnuTLS senden sie trotzdem.',
  'certificate-foreign-certificates.one':
    '{count} Zertifikat in der Datei gehört nicht zur Kette: {subjects}. OpenSSL, Go und GnuTLS senden es trotzdem.',
  'certificate-leaf-not-first':
    'In der Datei steht «{first}» vor «{leaf}»: OpenSSL, curl, Go und andere halten das erste für das des Benutzers, und dessen Schlüssel passt nicht.',
  'certificate-chain-out-of-order':
    'Die Kette steht in falscher Reihenfolge in der Datei: richtig ist {order}. Die meisten Clients senden sie, wie sie dasteht, und strenge Server weisen das ab.',
  'certificate-signature-does-not-fit':
    '«{subject}» nennt «{issuer}» als Aussteller, aber das CA-Zertifikat dieses Namens in der Datei hat es nicht unterschrieben: Es ist ein anderes oder ein älterer Schlüssel.',
  'certificate-issuer-key-differs':
    '«{subject}» wurde mit einem anderen Schlüssel von «{issuer}» ausgestellt als dem des CA-Zertifikats in der Datei (die Schlüsselkennungen weichen ab).',

  'certificate-subject-empty':
    'Sein Antragsteller ist leer: Protokolle zeigen keinen Benutzer, und Zuordnungen nach dem Namen finden keinen.',
  'certificate-issuer-spelling-type':
    '«{subject}» hat den Namen seines Ausstellers als {here}, das vorliegende CA-Zertifikat als {there}: Clients, die Byte für Byte vergleichen, bringen beide nicht zusammen.',
  'certificate-issuer-spelling-case':
    '«{subject}» schreibt den Namen seines Ausstellers anders groß und klein als das vorliegende CA-Zertifikat: Clients, die Byte für Byte vergleichen, bringen beide nicht zusammen.',
  'certificate-issuer-spelling-blanks':
    '«{subject}» hat im Namen seines Ausstellers andere Leerzeichen als das vorliegende CA-Zertifikat: Clients, die Byte für Byte vergleichen, bringen beide nicht zusammen.',
  'certificate-issuer-spelling-order':
    '«{subject}» hat die Teile des Namens seines Ausstellers in anderer Reihenfolge als das vorliegende CA-Zertifikat: Clients, die Byte für Byte vergleichen, bringen beide nicht zusammen.',
  'certificate-odd-certificate': '«{subject}» ist nicht ganz in Form: {oddities}.',

  'certificate-rsa-too-small':
    'Sein RSA-Schlüssel hat {bits} Bits: Weniger als 2048 weisen viele ab, weniger als 1024 jedes heutige Windows.',
  'certificate-key-pss-only':
    'Sein RSA-Schlüssel ist an PSS gebunden (RSASSA-PSS): Viele Clients und Server kennen nur RSA-Schlüssel ohne das.',
  'certificate-curve-unusual':
    'Sein EC-Schlüssel liegt auf der Kurve {curve} ({bits} Bits), für die die meisten TLS-Programme kein Signaturverfahren haben; P-256 geht überall.',
  'certificate-key-dsa':
    'Sein Schlüssel ist DSA, was TLS 1.3 nicht kennt und die meisten Programme aufgegeben haben.',
  'certificate-key-unknown':
    'Sein Schlüssel ist von einer Art, für die TLS kein uns bekanntes Signaturverfahren hat.',
  'certificate-key-edwards':
    'Sein Schlüssel ist {kind}: Windows und die meisten Browser haben keine Client-Zertifikate dieser Art; EC P-256 geht überall.',
  'certificate-no-common-scheme':
    'Unter {version} nennt der Server kein Signaturverfahren, das dieser Schlüssel beherrscht: {listed}.',
  'certificate-key-type-not-listed':
    'Unter {version} nennt der Server {wanted} nicht unter seinen Zertifikatstypen: Chrome, Java und Go zeigen dann kein Zertifikat mit diesem Schlüssel vor.',
  'certificate-provider-may-lack-pss':
    'Sein RSA-Schlüssel liegt in «{provider}», das vielleicht kein PSS kann: TLS 1.3 verlangt es. Scheitert die Anmeldung beim Client, TLS 1.2 versuchen.',
  'certificate-smart-card-may-lack-pss':
    'Es ist für die Smartcard-Anmeldung, und sein Schlüssel ist RSA: Karten und TPMs ohne PSS scheitern unter TLS 1.3, unter TLS 1.2 nicht immer.',
  'certificate-smart-card-logon':
    'Es ist auch für die Smartcard-Anmeldung: Sein Schlüssel liegt vielleicht auf einer Karte, die stecken muss.',

  'certificate-weak-signature':
    'Die Unterschrift auf «{subject}» ist mit {hash} gemacht: Heutige Server und Clients weisen das ab oder werden es bald.',
  'certificate-chain-signature-not-listed':
    'Unter {version} nennt der Server das Verfahren nicht, mit dem diese unterschrieben sind: {subjects}. Java (PKIX) hält das Zertifikat dann zurück.',

  'certificate-revocation-nowhere':
    '«{subject}» nennt weder eine Sperrliste noch OCSP: Ein Server, der Sperrungen prüft (IIS tut es), antwortet womöglich 403.13.',
  'certificate-revocation-ldap-only':
    '«{subject}» nennt seine Sperrliste nur per LDAP ({urls}): Server außerhalb der Domäne können sie nicht abrufen, und IIS antwortet 403.13.',

  'certificate-sid':
    'Es trägt die Sicherheitskennung {sid} des Kontos: Active Directory kann es stark zuordnen.',
  'certificate-sid-absent':
    'Es trägt keine Sicherheitskennung (1.3.6.1.4.1.311.25.2): Wo Active Directory Zertifikate Konten zuordnet, braucht es eine starke Zuordnung in altSecurityIdentities.',
  'certificate-upn': 'Sein Benutzerprinzipalname ist {upn}.',
  'certificate-upn-absent': 'Es trägt keinen Benutzerprinzipalnamen, nach dem Windows ein Konto findet.',
  'certificate-policies': 'Es wurde unter den Richtlinien {policies} ausgestellt.',
  'certificate-template': 'Es wurde nach der Vorlage {template} ausgestellt.',
};
