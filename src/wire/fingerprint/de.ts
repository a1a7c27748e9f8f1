import type { fingerprintEnglish } from './en.ts';

export const fingerprintGerman = {
  'kind-hello-12':
    'Erweiterungen des ServerHello von TLS 1.2 in der Reihenfolge {saw}, wie {stack} sie sendet',
  'kind-hello-13':
    'Erweiterungen des ServerHello von TLS 1.3 in der Reihenfolge {saw}, wie {stack} sie sendet',
  'kind-flight': 'Handshake-Nachrichten liegen in Records ({saw}), wie {stack} sie packt',
  'kind-session-id': 'eine Sitzungskennung von {saw} Bytes ohne Ticket, wie {stack} sie vergibt',
  'kind-request-extensions':
    'Erweiterungen des CertificateRequest von TLS 1.3 in der Reihenfolge {saw}, wie {stack} sie sendet',
  'kind-types': 'Zertifikatsarten {saw}, die Voreinstellung von {stack}',
  'kind-schemes': 'Signaturverfahren beginnen mit {saw}, der Voreinstellung von {stack}',
  'kind-header':
    'der Kopf Server sagt «{saw}» (schwach: jeder kann ihn schreiben, ein Proxy ihn durchreichen)',
  'kind-page': 'die Fehlerseite hat die Gestalt derer von {saw} (schwach: ein Proxy kann sie durchreichen)',
  'kind-nt-authority':
    'die Liste nennt «{saw}», das SslStream von .NET unter Windows hinzufügen kann (dotnet/runtime#60949; hier nicht bestätigt)',
} as const satisfies Record<keyof typeof fingerprintEnglish, string>;
