import type { Catalog } from '../../base/message.ts';

/** Die Wörter von `why` auf Deutsch; Schlüssel und Fakten wie in en.ts. */
export const de: Catalog = {
  'two-of': '{before} und {last}',
  'and-more': '{count} weitere',

  'headline-cannot-tell': 'Nicht zu sagen: {where} {end}.',
  'headline-not-asked':
    '{where} verlangt kein Clientzertifikat, weder im Handshake noch nach der Anfrage nach {path}[; die Antwort ist {status}].',
  'headline-not-asked-early':
    '{where} verlangt im Handshake kein Clientzertifikat[; die Antwort ist {status}]; ob nach der Anfrage, zeigen diese Verbindungen nicht.',
  'headline-asks-any':
    '{where} verlangt ein Clientzertifikat{when} und nennt keine Aussteller: Clients dürfen jedes anbieten.',
  'headline-asks-list':
    '{where} verlangt ein Clientzertifikat{when} und nennt {count} zulässige Aussteller: Die meisten Clients bieten nur Zertifikate an, die zu einem davon führen.',
  'headline-asks-list.one':
    '{where} verlangt ein Clientzertifikat{when} und nennt {count} zulässigen Aussteller: Die meisten Clients bieten nur Zertifikate an, die zu ihm führen.',
  'headline-mine-empty': '{where} verlangt ein Clientzertifikat{when}, und Ihre Speicher enthalten keines.',
  'headline-mine-none':
    '{where} verlangt ein Clientzertifikat{when}, bekäme aber keines der {count} aus Ihren Speichern gezeigt.',
  'headline-mine-none.one':
    '{where} verlangt ein Clientzertifikat{when}, bekäme aber das eine aus Ihren Speichern nicht gezeigt.',
  'headline-mine-some':
    '{where} verlangt ein Clientzertifikat{when} und bekäme {shown} der {count} aus Ihren Speichern gezeigt: {names}.',
  'headline-mine-some.one':
    '{where} verlangt ein Clientzertifikat{when} und bekäme das eine aus Ihren Speichern gezeigt: {names}.',
  'headline-not-listed':
    '{many} bieten dieses Zertifikat nicht an ({few} von {all} Arten), denn {where} nennt den Aussteller «{issuer}» nicht unter den {count}, die es zulässt{when}[; trotzdem gesendet, wird es angenommen ({accepted})][; trotzdem gesendet, wird es abgelehnt ({refused})].',
  'headline-not-listed.one':
    '{many} bieten dieses Zertifikat nicht an ({few} von {all} Arten), denn {where} nennt nur {count} zulässigen Aussteller{when}, und das ist nicht «{issuer}»[; trotzdem gesendet, wird es angenommen ({accepted})][; trotzdem gesendet, wird es abgelehnt ({refused})].',
  'headline-withheld':
    '{many} bieten {where} dieses Zertifikat nicht an ({few} von {all} Arten): {reason}[; trotzdem gesendet, wird es angenommen ({accepted})][; trotzdem gesendet, wird es abgelehnt ({refused})].',
  'headline-depends':
    '{few} von {all} Arten von Clients bieten {where} dieses Zertifikat an; bei den übrigen ist es von hier aus nicht zu sagen: {reason}[; gesendet, wird es angenommen ({accepted})][; gesendet, wird es abgelehnt ({refused})].',
  'headline-nearly':
    'Fast alle Clients bieten {where} dieses Zertifikat an ({few} von {all} Arten)[, und der Server nimmt es an ({accepted})][, aber der Server lehnt es ab ({refused})]; Ausnahmen: {others}.',
  'headline-several':
    'Von diesen {count} Zertifikaten bieten Clients {where} am häufigsten Nummer {number} an, «{subject}» ({few} von {all} Arten)[; der Server nimmt es an ({accepted})][; der Server lehnt es ab ({refused})].',
  'headline-several-none':
    'Keine Art von Client bietet {where} mit Sicherheit eines dieser {count} Zertifikate an[; trotzdem gesendet, wird Nummer {number} angenommen ({accepted})][; trotzdem gesendet, wird Nummer {number} abgelehnt ({refused})].',
  'headline-offered':
    'Alle Arten von Clients bieten {where} dieses Zertifikat an[, und der Server nimmt es an ({accepted})][, aber der Server lehnt es ab ({refused})].',
  'many-all': 'Alle Clients',
  'many-most': 'Die meisten Clients',
  'many-some': 'Manche Clients',
  'when-handshake': '',
  'when-renegotiation': ' erst nach der Anfrage (Neuaushandlung)',
  'when-post-handshake': ' erst nach der Anfrage (Post-Handshake-Authentifizierung)',
  'when-only': ' (nur bei {label})',

  'clients-title': 'Was Clients mit «{subject}» tun, ausgestellt von «{issuer}»',
  'offer-offered': 'angeboten',
  'offer-prompted': 'Nutzer wählt',
  'offer-withheld': 'zurückgehalten',
  'offer-aborted': 'Abbruch',
  'offer-sent-then-aborted': 'gesendet, Abbruch',
  'offer-unknown': 'offen',
  'with-issuing-ca': 'mit der ausstellenden CA zur Hand: {offers}',
  'column-answer': 'Antwort',
  'column-clients': 'Clients',
  'column-why': 'Grund',
  'column-with-issuer': 'mit der ausstellenden CA',
  'short-unverified': '{text} (nicht geprüft)',
  'in-versions': '{versions}: {text}',
  rule: 'Regel {rule}, {confidence}',
  'confidence-observed': 'beobachtet',
  'confidence-source': 'im Quelltext gelesen',
  'confidence-documented': 'dokumentiert',
  'confidence-unverified': 'nicht geprüft',
  'remedies-title': 'Was das ändern würde',
  'remedies-left': '… und {count} weitere für einzelne Clients',
  'remedies-left.one': '… und {count} weiteres für einen einzelnen Client',
  'helps-all': 'hilft ihnen allen',
  'details-title': 'Jeder Client im Einzelnen',
  'issuer-nouns': 'die ausstellende Zertifizierungsstelle|Aussteller',
  'the-issuing-ca': 'die ausstellende Zertifizierungsstelle',

  'itself-title': 'Das Zertifikat selbst',
  'severity-stops': 'verhindert es',
  'severity-risks': 'Risiko',
  'severity-note': 'Hinweis',
  'others-title': 'Die übrigen Zertifikate',
  'mine-title': 'Ihre Speicher enthalten {count} Zertifikate; diesem Server würden davon {shown} gezeigt',
  'mine-title.one': 'Ihre Speicher enthalten {count} Zertifikat; diesem Server würden davon {shown} gezeigt',
  'mine-title-unasked': 'Ihre Speicher enthalten {count} Zertifikate; dieser Server fragte nach keinem',
  'mine-title-unasked.one': 'Ihre Speicher enthalten {count} Zertifikat; dieser Server fragte nach keinem',
  'mine-title-none': 'Ihre Speicher enthalten kein Zertifikat von Ihnen',
  'held-name': '«{subject}», ausgestellt von «{issuer}», gültig bis {until}',
  'held-place': '{where}[: {alias}]',
  'held-good': 'wird gezeigt',
  'held-bad': 'nicht gezeigt',
  'held-open': 'offen',
  'held-no-key': 'ohne Schlüssel',
  'held-unasked': 'nicht gefragt',
  'column-certificate': 'Zertifikat',
  'column-place': 'Ort',

  'choices-title': 'Welches dieser {count} Zertifikate die Clients nehmen',
  'choice-takes': 'nimmt {which}',
  'choice-shows': 'zeigt {which}',
  'choice-may': 'vielleicht {which}',
  'choice-fails': 'scheitert mit {which}',
  'choice-none': 'nimmt keines',
  'one-of': '{before} oder {last}',
  'also-spare': '{which}, wenn {lead} wegfällt',
  'also-spare-of-several': '{which}, wenn {lead} wegfallen',
  'also-fails': 'mit {which} scheitert der Handshake',
  'also-never': 'nie {which}',
  'also-may': 'vielleicht auch {which}',
  'also-program': '{program} nimmt {which}',
  'none-fits': 'keines davon passt',
  'short-takes-first-match': 'das erste passende in der gegebenen Reihenfolge',
  'short-takes-first-of-all': 'das allererste, ob es passt oder nicht',
  'short-lets-user-choose': 'der Benutzer wählt aus',
  'short-takes-by-alias': 'die Namen der Einträge entscheiden',
  'short-lets-application-choose': 'der Code der Anwendung wählt aus',
  'short-takes-last-loaded': 'nur das zuletzt geladene zählt',
  'short-takes-last-of-key-kind':
    'von jeder Schlüsselart das zuletzt geladene, in der Reihenfolge der Verfahren des Servers',
  'short-takes-by-listed-name':
    'das erste, das zu einem genannten Aussteller führt, in der Reihenfolge der Liste',
  'short-takes-by-key-type':
    'nach Schlüsselart in der Reihenfolge des Servers, dann nach den Namen der Einträge im Schlüsselspeicher',
  'short-takes-best-of-key-type':
    'gültige mit passender Verwendung zuerst, dann nach Schlüsselart, dann nach den Namen der Einträge im Schlüsselspeicher',

  'short-any-extended-key-usage':
    'die erweiterte Schlüsselverwendung erlaubt alles, nennt aber nicht clientAuth',
  'short-application-decides': 'die Anwendung entscheidet',
  'short-ca-certificate': 'es ist ein CA-Zertifikat',
  'short-certificate-type': 'der Server verlangt eine andere Art von Schlüssel',
  'short-chain-signature': 'die Kette ist mit einem Verfahren signiert, das der Server nicht nennt',
  'short-depends-on-store':
    'der Aussteller ist nicht genannt; eine genannte CA darüber kann im Speicher des Clients liegen',
  'short-empty-list': 'der Server nennt keine Aussteller, jedes Zertifikat ist recht',
  'short-expired': 'das Zertifikat ist abgelaufen',
  'short-extended-key-usage': 'der erweiterten Schlüsselverwendung fehlt clientAuth',
  'short-ignores-list': 'beachtet keine Liste',
  'short-issuer-encoding': 'der Aussteller ist in anderer Schreibweise genannt',
  'short-issuer-listed': 'der Aussteller oder eine CA darüber ist genannt',
  'short-issuer-not-listed': 'der Aussteller ist nicht genannt, und keine genannte CA darüber ist zur Hand',
  'short-key-algorithm': 'die Art des Schlüssels passt nicht zum Server',
  'short-key-curve': 'die Kurve des Schlüssels passt nicht zum Server',
  'short-key-kind-unverified': 'was er mit dieser Art von Schlüssel tut, ist nicht geprüft',
  'short-key-usage': 'der Schlüsselverwendung fehlt digitalSignature',
  'short-late-no': 'auf eine so späte Anforderung antwortet er nicht',
  'short-late-opt-in': 'auf eine so späte Anforderung antwortet er nur, wenn es eingeschaltet ist',
  'short-late-unknown': 'ob er auf eine so späte Anforderung antwortet, ist nicht bekannt',
  'short-no-identity': 'es gibt kein Zertifikat',
  'short-several-without-list': 'von mehreren nimmt er keines, wo keine Aussteller genannt sind',
  'short-missing-signature-algorithms': 'der Anforderung fehlen Signaturverfahren, sie ist ungültig',
  'short-no-common-scheme': 'kein Signaturverfahren passt zum Schlüssel und zum Server',
  'short-no-known-scheme': 'der Server nennt kein Signaturverfahren, das der Client kennt',
  'short-netscape-cert-type': 'im Netscape-Zertifikatstyp fehlt SSL-Client',
  'short-no-objection': 'nichts spricht dagegen',
  'short-not-yet-valid': 'das Zertifikat gilt noch nicht',
  'short-security-level': 'das Zertifikat ist zu schwach für die Sicherheitsstufe',
  'short-strict-tls13': 'mit dem Schalter strict sendet er unter dieser Version kein RSA- oder EC-Zertifikat',
  'short-unreadable-list': 'die Liste enthält einen Namen, den er nicht lesen kann',

  'list-title': '{count} zulässige Aussteller, {bytes} Byte',
  'list-title.one': '{count} zulässiger Aussteller, {bytes} Byte',
  'list-title-none': 'Keine Aussteller genannt: jeder ist recht',
  'list-left': '… und {count} weitere',
  'list-names': 'die Namen',
  'certificate-types': 'Zertifikatstypen: {names}',
  'signature-algorithms': 'Signaturverfahren: {names}',
  'kind-root': 'Stammzertifikat',
  'kind-issuing': 'ausstellende CA',
  'kind-both': 'Stammzertifikat, auch von anderer CA ausgestellt',
  'hint-root': 'nennt sich Stamm-CA, ungeprüft',
  'hint-issuing': 'nennt sich ausstellende CA, ungeprüft',
  'list-has-issuer': 'Die Liste nennt den Aussteller des Zertifikats, «{issuer}».',
  'list-has-ca-above':
    'Die Liste nennt nicht den Aussteller «{issuer}», sondern «{above}» darüber: Nur Clients, die die CA-Zertifikate dazwischen haben, finden den Weg.',
  'list-lacks-issuer':
    'Die Liste nennt weder den Aussteller «{issuer}» noch eine CA darüber, die zur Hand wäre.',
  'list-twin-type':
    'Die Liste enthält einen Namen, der sich wie «{name}» liest, aber anders kodiert ist: in der Liste {there}, im Zertifikat {here}. Clients, die Bytes vergleichen, halten ihn für eine andere CA.',
  'list-twin-case':
    'Die Liste enthält «{name}» mit anderer Groß- und Kleinschreibung: in der Liste {there}, im Zertifikat {here}. Clients, die Bytes vergleichen, halten ihn für eine andere CA.',
  'list-twin-blanks':
    'Die Liste enthält «{name}» mit anderen Leerzeichen: in der Liste {there}, im Zertifikat {here}. Clients, die Bytes vergleichen, halten ihn für eine andere CA.',
  'list-twin-order':
    'Die Liste enthält die Teile von «{name}» in anderer Reihenfolge: in der Liste {there}, im Zertifikat {here}. Clients, die Bytes vergleichen, halten ihn für eine andere CA.',
  'list-over-java':
    'Die Liste braucht {bytes} Byte, mehr als {limit}: Java bricht einen solchen Handshake ab, wenn jdk.tls.maxHandshakeMessageSize nicht erhöht ist; Chromium, curl und GnuTLS ertragen ihn.',
  'list-over-schannel':
    'Die Liste braucht {bytes} Byte, mehr als die {limit}, bei denen Schannel kürzt: Dieser Server ist nicht Schannel oder hat diese Grenze nicht.',
  'list-over-old-schannel':
    'Die Liste braucht {bytes} Byte, mehr als die {limit}, bei denen ältere Windows-Versionen kürzen sollen.',
  'list-cut-likely':
    'Die Liste endet {left} Byte vor {limit}, wo Schannel kürzt, und ihre Namen brauchen je {usual} Byte: Wahrscheinlich ist sie gekürzt, und die letzten Aussteller fehlen.',
  'list-cut-perhaps':
    'Die Liste endet {left} Byte vor {limit}, wo Schannel kürzt; ein Name von den üblichen {usual} Byte passte nicht mehr hinein: Die letzten Aussteller fehlen womöglich.',
  'list-ends-broken':
    'Der letzte Name, Nummer {position}, ist kaputt: Die Liste ist womöglich darin abgeschnitten.',
  'list-broken-names':
    '{count} Namen sind nicht lesbar; der erste ist Nummer {position}, {bytes} Byte. Manche Clients verwerfen dann die ganze Liste.',
  'list-broken-names.one':
    '{count} Name ist nicht lesbar: Nummer {position}, {bytes} Byte. Manche Clients verwerfen dann die ganze Liste.',
  'list-empty-name': 'Name Nummer {position} ist leer.',
  'list-duplicates': '{count} Namen stehen mehrfach in der Liste: {names}[ und {left} weitere].',
  'list-duplicates.one': '{count} Name steht mehrfach in der Liste: {names}[ und {left} weitere].',
  'list-nt-authority':
    'Die Liste enthält «{name}»: Das fügt womöglich ein .NET-SslStream-Server unter Windows hinzu (dotnet/runtime#60949), http.sys nicht.',
  'list-kinds':
    'Nach Zertifikaten zur Hand: Stammzertifikate {roots}, ausstellende CAs {issuing}[, beides {both}], nicht bekannt {unknown}.',
  'list-roots-only':
    'Alle {count} genannten sind Stammzertifikate, nach den Zertifikaten zur Hand: Ein Client, der nur sein Zertifikat hat, findet keinen Weg dorthin.',
  'list-roots-only.one':
    'Der einzige genannte Aussteller ist ein Stammzertifikat, nach den Zertifikaten zur Hand: Ein Client, der nur sein Zertifikat hat, findet keinen Weg dorthin.',

  'differences-title': 'Unterschiede',
  'asked-sides': 'Ein Zertifikat wird {sides}.',
  'asked-where': 'bei {where} verlangt',
  'asked-late-where': 'bei {where} nach der Anfrage verlangt',
  'asked-not-where': 'bei {where} nicht verlangt',
  'only-with': 'Nur bei {where}: {names}.',
  'same-names-other-order':
    'Bei {where} hat die Liste dieselben Namen wie bei {other}, in anderer Reihenfolge.',
  'answer-where': '{answer} bei {where}',
  'answers-where': 'Antwort des Servers: {answers}.',
  'with-version': '{value}',
  'with-serverName': 'SNI {value}',
  'with-serverName-null': 'fehlendem SNI',
  'with-address': 'Adresse {value}',
  'with-path': 'Pfad {value}',
  'with-certificate-none': 'fehlendem Zertifikat',
  'with-certificate-shown': 'gezeigtem Zertifikat',
  'with-method': '{value}-Anfrage',
  'with-http2-true': 'HTTP/2',
  'with-http2-false': 'HTTP/1.1',
  'with-postHandshakeAuth-true': 'angekündigter Post-Handshake-Authentifizierung',
  'with-postHandshakeAuth-false': 'nicht angekündigter Post-Handshake-Authentifizierung',
  'with-resumed-true': 'wiederaufgenommener Sitzung',
  'with-resumed-false': 'neuer Sitzung',
  'with-certificate': 'Zertifikat Nummer {value}',
  'with-other': '{name} {value}',

  progress: '{done} von {known} Verbindungen',
  'tape-cut': 'ausgetauscht wurde mehr, als behalten wird: der Rest wurde weggelassen',
  'tape-capture': '{file}: {count} Verbindungen, für Wireshark',
  'tape-capture.one': '{file}: {count} Verbindung, für Wireshark',
  'tape-capture-keys': '{file}: {count} Verbindungen und die Schlüssel, die sie öffnen, für Wireshark',
  'tape-capture-keys.one': '{file}: {count} Verbindung und die Schlüssel, die sie öffnen, für Wireshark',
  'tape-keys':
    '{file}: die Schlüssel von {count} Verbindungen; wer sie hat, kann lesen, was dort ausgetauscht wurde, sonst nichts',
  'tape-keys.one':
    '{file}: die Schlüssel von {count} Verbindung; wer sie hat, kann lesen, was dort ausgetauscht wurde, sonst nichts',

  'brought-by': '(bei {label})',
  'connection-with': 'bei {label}',

  'connections-title': 'Verbindungen',
  'column-connection': 'Verbindung',
  'column-end': 'was geschah',
  'connections-title-base': 'Verbindungen (bei {label}, wo nichts anderes steht)',
  'connections-left': '… und {count} weitere',
  'asks-handshake': 'verlangt ein Zertifikat',
  'asks-renegotiation': 'verlangt nach der Anfrage ein Zertifikat (Neuaushandlung)',
  'asks-post-handshake': 'verlangt nach der Anfrage ein Zertifikat (Post-Handshake)',
  'asks-not': 'verlangt im Handshake kein Zertifikat',
  'sent-none': 'keines gesendet',
  'sent-some': '{count} gesendet',
  'end-refused': 'lehnt ab mit Alarm {alert} {after}',
  'end-closed': 'schließt die Verbindung {after}',
  'end-reset': 'bricht die Verbindung ab {after}',
  'end-timeout': 'antwortet nicht rechtzeitig {after}',
  'end-unreachable': 'ist nicht erreichbar: {detail}',
  'end-not-tls': 'spricht dort kein TLS: {detail}',
  'end-malformed': 'sendet, was kein gültiges TLS ist: {detail}',
  'end-before-tls': 'kam nicht bis zu TLS: {what}',
  'before-tls-proxy': 'der Proxy',
  'before-tls-server': 'der Server, in {protocol} um TLS gebeten,',
  'before-tls-refused': '{who} antwortete {detail}',
  'before-tls-malformed': '{who} sandte keine gültige Antwort: {detail}',
  'before-tls-closed': '{who} schloss die Verbindung, wo fällig war: {detail}',
  'before-tls-reset': '{who} brach die Verbindung ab, wo fällig war: {detail}',
  'before-tls-timeout': '{who} blieb in der Frist schuldig: {detail}',
  'after-connect': 'beim Verbinden',
  'after-client-hello': 'nach dem Client Hello',
  'after-server-hello': 'nach seinem Server Hello',
  'after-certificate-request': 'nach der Anforderung des Zertifikats',
  'after-client-certificate': 'auf das Certificate des Clients',
  'after-finished': 'nach dem Handshake',
  'after-request': 'nach der Anfrage',
  'after-answer': 'nach seiner Antwort',
  'answer-refused': 'Ablehnung',
  'answer-closed': 'Verbindung geschlossen',
  'answer-reset': 'Verbindung abgebrochen',
  'answer-timeout': 'keine',
  'answer-malformed': 'kein gültiges TLS',

  'remark-no-key':
    'Das Zertifikat kam ohne seinen privaten Schlüssel: Was Clients tun, ist vorhergesagt, als hätten sie ihn; dem Server wurde es nicht gezeigt.',
  'remark-open-without': 'Der Server antwortet auch ohne Zertifikat mit {status}.',
  'remark-forbidden-both': 'Der Server antwortet mit {status}, ob mit dem Zertifikat oder ohne.',
  note: 'Hinweis: {text}',
  meta: 'gefragt: {url}, {time}',
  details: 'mehr: --verbose zeigt jeden Client und die ganze Liste, --json alles',

  'since-title': 'Seit {time}',
  'since-same': 'nichts hat sich geändert',
  'change-name-added': 'Die Liste nennt jetzt «{name}».',
  'change-name-removed': 'Die Liste nennt «{name}» nicht mehr.',
  'change-names-added': 'Die Liste nennt jetzt {count} Aussteller mehr, darunter «{name}».',
  'change-names-removed': 'Die Liste nennt {count} Aussteller nicht mehr, darunter «{name}».',
  'change-asks': 'Der Server verlangt jetzt ein Zertifikat.',
  'change-asks-not': 'Der Server verlangt kein Zertifikat mehr.',
  'change-back': 'Der Server ist wieder erreichbar.',
  'change-gone': 'Der Server ist nicht mehr erreichbar[: {why}].',
  'change-clients-good': '{client} bietet das Zertifikat jetzt an[ (und {others} weitere)].',
  'change-clients-open': 'Ob {client} das Zertifikat anbietet, ist jetzt offen[ (und {others} weitere)].',
  'change-clients-bad': '{client} bietet das Zertifikat nicht mehr an[ (und {others} weitere)].',
  'change-status-shown': 'Mit dem Zertifikat war die Antwort {before}, jetzt ist sie {after}.',
  'change-status-none': 'Ohne Zertifikat war die Antwort {before}, jetzt ist sie {after}.',
  'watch-begins': 'Frage {url} alle {count} Sekunden; gemeldet wird, was sich ändert. Strg-C beendet.',
  'watch-begins.one': 'Frage {url} jede Sekunde; gemeldet wird, was sich ändert. Strg-C beendet.',

  // Die Art des Servers, und was wegblieb.
  'remark-path-late':
    'Für {path} wird das Zertifikat erst nach der Anfrage verlangt ({how})[; ohne eines antwortet der Server mit {without}][, mit ihm mit {given}].',
  'how.both': 'durch Renegotiation bis TLS 1.2, unter TLS 1.3 von Clients, die das angekündigt haben',
  'how.renegotiation': 'durch Renegotiation bis TLS 1.2',
  'how.post-handshake': 'unter TLS 1.3, von Clients, die das angekündigt haben',
  'remark-server-kind':
    'Der Handshake hat die Gewohnheiten von {title}: {count} davon wurden gesehen, keine dagegen ({confidence}).',
  'remark-server-product':
    'Der Server nennt sich in HTTP «{product}»; das kann jeder schreiben, und ein Proxy kann es durchreichen.',
  'confidence.likely': 'wahrscheinlich',
  'confidence.possible': 'möglich',
  'remark-cut-time': 'Die Zeit war nach {count} Verbindungen um: es wurde nicht alles verglichen.',
  'remark-cut-bytes':
    'Der Server sandte nach {count} Verbindungen mehr, als erlaubt ist: es wurde nicht alles verglichen.',
  'remark-cut-stopped': 'Nach {count} Verbindungen abgebrochen: es wurde nicht alles verglichen.',
};
