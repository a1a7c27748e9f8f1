import crypto from 'node:crypto';
import { certificatesCalled } from '../diagnoses/pki.ts';
import { type CertificateOptions, type Issued, issue, type KeyKind, type NamePart } from '../support/pki.ts';

/**
 * Certificates of one incident, a line each: `name key value …`, in any order of keys. A line may use those above it
 * and those that every case knows (test/diagnoses/pki.ts).
 *
 *   subject CN=alice,O=Contoso   (commas part attributes; nothing in a value is escaped)
 *   by NAME   self-signed when absent        ca          from 2024-01-01   to 2025-01-01
 *   eku clientAuth,1.3.6.1.…                 key rsa     crl http://…      san www.example.com,upn:a@b
 */
export class Certificates {
  readonly #own = new Map<string, Issued>();

  constructor(text: string) {
    for (const line of text.split('\n').map((one) => one.trim())) if (line !== '') this.#add(line);
  }

  called(name: string): readonly Issued[] {
    const own = this.#own.get(name);
    return own ? [own] : certificatesCalled(name);
  }

  /** `{{thumbprint alice}}`, `{{pem alice}}`, `{{base64 alice}}`: SHA-1 in hex, and the whole certificate. */
  fill(text: string): string {
    return text.replaceAll(/\{\{(thumbprint|pem|base64) (\S+?)\}\}/g, (_, what: string, name: string) => {
      const [one] = this.called(name);
      if (what === 'pem') return one!.pem.trim();
      return what === 'base64' ? sha1(one!.der).toString('base64') : sha1(one!.der).toString('hex');
    });
  }

  #add(line: string): void {
    const [name = '', ...rest] = line.split(/\s+(?=(?:subject|by|eku|key|crl|aia|san|from|to)\s|ca(?:\s|$))/);
    const values = new Map(
      rest.map((part) => {
        const [key = '', ...value] = part.split(/\s+/);
        return [key, value.join(' ')];
      }),
    );
    this.#own.set(name, issue(this.#options(name, values)));
  }

  #options(name: string, values: ReadonlyMap<string, string>): CertificateOptions {
    const list = (key: string) => values.get(key)?.split(',');
    const time = (key: string) => Date.parse(values.get(key) ?? '');
    const issuer = values.get('by');
    const parts = list('subject')?.map((part) => part.split('=') as unknown as NamePart);
    return {
      subject: parts ?? name,
      ca: values.has('ca'),
      ...(issuer ? { issuer: this.called(issuer)[0]! } : {}),
      ...(values.has('eku') ? { extendedKeyUsage: list('eku')! } : {}),
      ...(values.has('san') ? { subjectAltNames: list('san')! } : {}),
      ...(values.has('crl') ? { crlUrls: list('crl')! } : {}),
      ...(values.has('aia') ? { issuerUrls: list('aia')! } : {}),
      ...(values.has('key') ? { key: values.get('key') as KeyKind } : {}),
      ...(values.has('from') ? { notBefore: time('from') } : {}),
      ...(values.has('to') ? { notAfter: time('to') } : {}),
    };
  }
}

const sha1 = (der: Uint8Array): Buffer => crypto.createHash('sha1').update(der).digest();
