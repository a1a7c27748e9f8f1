import { known, unknown } from '../../src/base/known.ts';
import { clients } from '../../src/clients/index.ts';
import type { Decision, Identity } from '../../src/clients/model.ts';
import type { CertificateRequest } from '../../src/wire/tls/handshake/certificate-request.ts';
import { type Certificate, parseCertificate } from '../../src/wire/x509/certificate.ts';
import { parseName } from '../../src/wire/x509/name.ts';
import { type CertificateOptions, type Issued, issue, nameDer } from '../support/pki.ts';

/** The usual scene: root, issuing CA, a user certificate; and a server that lists what a test says. */

export const NOW = Date.UTC(2026, 5, 1);
export const DAY = 86_400_000;

export const root = issue({ subject: 'Root', ca: true });
export const issuing = issue({ subject: 'Issuing CA', issuer: root, ca: true });
export const stranger = issue({ subject: 'Stranger', ca: true });

export const certificate = (issued: Issued): Certificate => parseCertificate(issued.der);

/** A user certificate from the issuing CA, P-256, clientAuth, digitalSignature; the file holds the leaf alone. */
export function user(options: Partial<CertificateOptions> = {}, beside: readonly Issued[] = []): Identity {
  const leaf = issue({
    subject: 'user',
    issuer: issuing,
    extendedKeyUsage: ['clientAuth'],
    keyUsage: [0],
    ...options,
  });
  return {
    leaf: certificate(leaf),
    hasPrivateKey: true,
    held: beside.map(certificate),
    reachable: unknown("the client machine's CA store"),
  };
}

export const withStore = (identity: Identity, ...store: readonly Issued[]): Identity => ({
  ...identity,
  reachable: known(store.map(certificate)),
});

export const SCHEME = {
  p256: 0x0403,
  p384: 0x0503,
  pss: 0x0804,
  pkcs1: 0x0401,
  sha1: 0x0201,
  ed25519: 0x0807,
};
const USUAL = [SCHEME.p256, SCHEME.p384, 0x0603, SCHEME.pss, 0x0805, 0x0806, SCHEME.pkcs1, SCHEME.ed25519];

export interface Wish {
  readonly version?: number;
  /** Certificates or whole names. */
  readonly lists?: readonly (Issued | Uint8Array | string)[];
  readonly schemes?: readonly number[] | null;
  readonly types?: readonly number[];
  readonly certSchemes?: readonly number[];
}

/** A CertificateRequest of TLS 1.2 with rsa_sign and ecdsa_sign, or of TLS 1.3. */
export function request({
  version = 0x0303,
  lists = [],
  schemes = USUAL,
  types,
  certSchemes,
}: Wish): CertificateRequest {
  const authorities = lists.map((one) =>
    parseName(typeof one === 'string' ? nameDer(one) : one instanceof Uint8Array ? one : one.subject),
  );
  return {
    version,
    context: new Uint8Array(0),
    ...(version < 0x0304 ? { certificateTypes: types ?? [1, 64] } : {}),
    ...(schemes ? { signatureAlgorithms: schemes } : {}),
    ...(certSchemes ? { signatureAlgorithmsCert: certSchemes } : {}),
    authorities,
    authoritiesPresent: authorities.length > 0,
    extensions: [],
    authoritiesLength: authorities.reduce((sum, one) => sum + one.der.length + 2, 0),
  };
}

export function ask(client: string, wish: Wish, identity: Identity, at = NOW): Decision {
  const model = clients.find((one) => one.id === client);
  if (!model) throw new Error(`no client ${client}`);
  return model.decide(request(wish), identity, at);
}

/** 'withheld: issuer-not-listed' */
export function told(client: string, wish: Wish, identity: Identity): string {
  const { offer, rule } = ask(client, wish, identity);
  return `${offer}: ${rule}`;
}

export const TLS13 = 0x0304;
