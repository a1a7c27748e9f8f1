import type { ProbeResult } from '../../net/probe-types.ts';
import { sameChain, sameNames, weightOfChain, weightOfNames, withNames } from '../../net/weight.ts';
import type { CertificateRequest } from '../../wire/tls/handshake/certificate-request.ts';
import type { Certificate } from '../../wire/x509/certificate.ts';
import type { Name } from '../../wire/x509/name.ts';

/** Bytes in memory for all lists and chains that differ: two of the worst, or some twenty large ones of real names. */
const ROOM = 14 * 2 ** 20;
const HEAVY = 2 * 2 ** 20;

/** What the answers hold of lists of issuers and of chains: each once, however often it came, and no more than fits. */
export class Kept {
  readonly #lists: (readonly Name[])[] = [];
  readonly #chains: (readonly Certificate[])[] = [];
  #room = ROOM;

  /** The lists so far are so large that few should be read at once. */
  get isHeavy(): boolean {
    return ROOM - this.#room > HEAVY;
  }

  /** Nothing more is kept that was not seen before. */
  get isFull(): boolean {
    return this.#room <= 0;
  }

  /** The same, sharing what is known already; null where there is no room for what is new. The first always fits. */
  keep(result: ProbeResult): ProbeResult | null {
    const { request, requests, serverChain = [] } = result;
    const seen = [request, ...(requests ?? []).map((one) => one.request)].flatMap((one) => one ?? []);
    if (!this.#admit(seen, serverChain)) return null;
    const shared = (one: CertificateRequest) => withNames(one, this.#listLike(one.authorities)!);
    return {
      ...result,
      serverChain: this.#chainLike(serverChain)!,
      request: request ? shared(request) : request,
      ...(requests ? { requests: requests.map((one) => ({ ...one, request: shared(one.request) })) } : {}),
    };
  }

  #admit(requests: readonly CertificateRequest[], chain: readonly Certificate[]): boolean {
    const isFirst = this.#lists.length === 0 && this.#chains.length === 0;
    for (const { authorities } of requests) {
      if (this.#listLike(authorities)) continue;
      this.#room -= weightOfNames(authorities);
      if (this.isFull && !isFirst) return false;
      this.#lists.push(authorities);
    }
    if (this.#chainLike(chain)) return true;
    this.#room -= weightOfChain(chain);
    if (this.isFull && !isFirst) return false;
    this.#chains.push(chain);
    return true;
  }

  #listLike(names: readonly Name[]): readonly Name[] | undefined {
    return this.#lists.find((one) => sameNames(one, names));
  }

  #chainLike(chain: readonly Certificate[]): readonly Certificate[] | undefined {
    return this.#chains.find((one) => sameChain(one, chain));
  }
}
