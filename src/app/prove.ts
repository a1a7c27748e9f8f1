import { requestSeen } from '../facts/handshakes.ts';
import { ask, openSubject } from '../facts/question.ts';
import type { Picture } from '../picture/picture.ts';
import type { ForeseenList, ListForecast } from '../plan/forecast.ts';
import type { Plan } from '../plan/plan.ts';
import { printKey } from '../windows/http-sys/key.ts';
import type { CertificateRequest } from '../wire/tls/handshake/certificate-request.ts';
import { printName } from '../wire/x509/name.ts';

/** How the wire bears out a forecast. Silence proves nothing, unless there was an answer before. */
export type Proof =
  | { readonly is: 'proven' }
  | { readonly is: 'contradicted'; readonly why: string }
  | { readonly is: 'unproven'; readonly why: string };

/** The lists that the changed records send now against those that the plan foretold. */
export function prove({ foreseen }: Plan, before: Picture, after: Picture): Proof {
  if (foreseen.lists.length === 0) return { is: 'unproven', why: 'the plan foretells no list of issuers' };
  const proofs = foreseen.lists.map((list) => proveOne(list, before, after));
  const first = (is: Proof['is']) => proofs.find((one) => one.is === is);
  return first('contradicted') ?? first('unproven') ?? { is: 'proven' };
}

function proveOne(forecast: ForeseenList, before: Picture, after: Picture): Proof {
  const key = printKey(forecast.key);
  const seen = requestOf(after, forecast);
  if (!seen) {
    return requestOf(before, forecast)
      ? { is: 'contradicted', why: `${key} asked for a certificate before and does not now` }
      : {
          is: 'unproven',
          why: `${key} was not seen to ask for a certificate, neither in the handshake nor after a request`,
        };
  }
  const names = seen.authorities.map(printName);
  const verdicts = forecast.under.map(({ list }) => bearsOut(list, names));
  if (verdicts.includes(true)) return { is: 'proven' };
  if (verdicts.includes(null))
    return { is: 'unproven', why: `the list that ${key} sends could not be foretold` };
  return { is: 'contradicted', why: `${key} names ${names.length} issuers: ${names.slice(0, 3).join('; ')}` };
}

function requestOf(picture: Picture, { host: name, key }: ForeseenList): CertificateRequest | null {
  const host = picture.hosts.find((one) => one.name === name);
  if (!host) return null;
  const seen = ask(openSubject(picture, host, key, {}), requestSeen);
  return seen.is === 'known' ? seen.value : null;
}

/** null: nothing was foretold. Windows merges third-party roots into Root, so that list may be longer (domain 8.2). */
function bearsOut(list: ListForecast, names: readonly string[]): boolean | null {
  if (list.is === 'unknown') return null;
  if (list.is === 'off') return names.length === 0;
  const mayHaveMore = list.store.toLowerCase() === 'root';
  return (
    list.names.every((name) => names.includes(name)) && (mayHaveMore || names.length === list.names.length)
  );
}
