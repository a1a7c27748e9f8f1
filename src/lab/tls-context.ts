import { constants, type KeyObject } from 'node:crypto';
import tls, { type SecureContext } from 'node:tls';
import { toHex } from '../base/bytes.ts';
import { certificatePem, issue, newKey, thumbprintOf } from './issue.ts';

/** What a server shows and speaks, as far as OpenSSL has to know. */
export interface ServerSettings {
  /** DER, the server certificate first. */
  readonly chain: readonly Uint8Array[];
  /** PEM. */
  readonly key: string;
  /** Issuer names of the CertificateRequest in order, DER; empty: no list. */
  readonly issuers: readonly Uint8Array[];
  readonly legacyTls: boolean;
  readonly tls12: boolean;
  readonly tls13: boolean;
}

const {
  SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION,
  SSL_OP_NO_TICKET,
  SSL_OP_NO_TLSv1,
  SSL_OP_NO_TLSv1_1,
  SSL_OP_NO_TLSv1_2,
  SSL_OP_NO_TLSv1_3,
} = constants;

/** As many records as a lab will ever have in use at once, and their list before the last change. */
const MOST_CONTEXTS = 64;

/** Makes OpenSSL contexts and keeps those in use. */
export class ContextCache {
  readonly #contexts = new Map<string, SecureContext>();

  get(settings: ServerSettings): SecureContext {
    const { chain, issuers, legacyTls, tls12, tls13 } = settings;
    const id = [legacyTls, tls12, tls13, chain.map(thumbprintOf), '|', issuers.map(toHex)].join(' ');
    const found = this.#contexts.get(id);
    if (found) return found;
    if (this.#contexts.size >= MOST_CONTEXTS) this.#contexts.clear();
    const context = createContext(settings);
    this.#contexts.set(id, context);
    return context;
  }
}

function createContext(settings: ServerSettings): SecureContext {
  return tls.createSecureContext({
    cert: settings.chain.map(certificatePem).join(''),
    key: settings.key,
    ca: settings.issuers.map(standIn),
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.3',
    secureOptions: optionsOf(settings),
    sessionIdContext: 'handclasp-lab',
    ...(settings.legacyTls ? { ciphers: `${tls.DEFAULT_CIPHERS}:@SECLEVEL=0` } : {}),
  });
}

/**
 * No session is ever resumed: one that was made before a change would keep the old outcome for hours.
 * And OpenSSL resumes on its own in a renegotiation, and then never asks for the certificate, without a word.
 */
function optionsOf({ legacyTls, tls12, tls13 }: ServerSettings): number {
  return (
    SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION |
    SSL_OP_NO_TICKET |
    (legacyTls ? 0 : SSL_OP_NO_TLSv1 | SSL_OP_NO_TLSv1_1) |
    (tls12 ? 0 : SSL_OP_NO_TLSv1_2) |
    (tls13 ? 0 : SSL_OP_NO_TLSv1_3)
  );
}

const standIns = new Map<string, string>();
const standInThumbprints = new Set<string>();
let standInKey: KeyObject | undefined;

/**
 * A certificate that lends the list nothing but its name. Node has one option for the names on the wire and for
 * the store in which OpenSSL looks up issuers; real certificates there would show up in the client's chain as if
 * the client had sent them, and the model could not tell who did.
 */
function standIn(name: Uint8Array): string {
  const id = toHex(name);
  const found = standIns.get(id);
  if (found) return found;
  standInKey ??= newKey();
  const made = issue({ subject: name, notBefore: Date.UTC(2020), days: 3650, key: standInKey });
  const pem = certificatePem(made.certificate.der);
  standIns.set(id, pem);
  standInThumbprints.add(made.thumbprint);
  return pem;
}

export function isStandIn(thumbprint: string): boolean {
  return standInThumbprints.has(thumbprint);
}
