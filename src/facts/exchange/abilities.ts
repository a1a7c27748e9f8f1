import { clients } from '../../clients/index.ts';
import type { Ability, LateKind } from '../../clients/model.ts';

/** Programs as readers call them, and the family (src/clients) whose stack they use. */
const FAMILIES: readonly (readonly [called: RegExp, family: string])[] = [
  [/^go\b|golang|^caddy$|^traefik$/i, 'go'],
  [/rustls|reqwest|^rust$/i, 'rustls'],
  [/firefox|nss/i, 'firefox'],
  [/chrom|edge|postman|electron|boringssl/i, 'chrome-windows'],
  [/java|jsse/i, 'java-sunx509'],
  [/gnutls|wget/i, 'gnutls'],
  [/schannel|winhttp|wininet/i, 'schannel'],
  [/\.net|powershell/i, 'dotnet-httpclient'],
  [/curl|openssl|python|requests|node|ruby|php/i, 'openssl'],
];

/**
 * Whether a program answers a request that comes late; undefined: nobody knows the program. BouncyCastle's JSSE has no
 * renegotiation (its maintainers, bcgit/bc-java#847), and nothing of it is announced under TLS 1.3.
 */
export function answersLate(program: string, kind: LateKind): Ability | undefined {
  if (/bouncy ?castle|bcjsse/i.test(program)) return 'no';
  const [, family] = FAMILIES.find(([called]) => called.test(program)) ?? [];
  const late = clients.find(({ id }) => id === family)?.late(kind);
  if (!late) return undefined;
  const [, own] =
    Object.entries(late.programs).find(([name]) => name.toLowerCase() === program.toLowerCase()) ?? [];
  return own ?? late.can;
}

/** It does not, or only when its program asks for it: what is at hand by default. */
export const refusesLate = (program: string, kind: LateKind): boolean =>
  ['no', 'opt-in'].includes(answersLate(program, kind) ?? 'unknown');
