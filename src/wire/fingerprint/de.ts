import type { fingerprintEnglish } from './en.ts';

export const fingerprintGerman = {
  'stack-hello-12':
    'Erweiterungen des ServerHello von TLS 1.2 in der Reihenfolge {saw}, wie {stack} sie sendet',
  'stack-hello-13':
    'Erweiterungen des ServerHello von TLS 1.3 in der Reihenfolge {saw}, wie {stack} sie sendet',
  'stack-flight': 'Handshake-Nachrichten liegen in Records ({saw}), wie {stack} sie packt',
  'stack-session-id': 'eine Sitzungskennung von {saw} Bytes, wie {stack} sie vergibt',
  'stack-request-extensions':
    'Erweiterungen des CertificateRequest von TLS 1.3 in der Reihenfolge {saw}, wie {stack} sie sendet',
  'stack-types': 'Zertifikatsarten {saw}, die Voreinstellung von {stack}',
  'stack-schemes': 'Signaturverfahren beginnen mit {saw}, der Voreinstellung von {stack}',
  'stack-header':
    'der Kopf Server sagt «{saw}» (schwach: jeder kann ihn schreiben, ein Proxy ihn durchreichen)',
  'stack-page': 'die Fehlerseite hat die Gestalt derer von {saw} (schwach: ein Proxy kann sie durchreichen)',
  'stack-nt-authority':
    'die Liste nennt «{saw}», das SslStream von .NET unter Windows hinzufügen kann (dotnet/runtime#60949; hier nicht bestätigt)',
} as const satisfies Record<keyof typeof fingerprintEnglish, string>;
