import type { Message } from '../../base/message.ts';
import { fingerprint } from '../../wire/fingerprint/fingerprint.ts';
import { httpSigns } from '../../wire/fingerprint/http-signs.ts';
import { traitsOf } from '../../wire/fingerprint/traits.ts';
import { printName } from '../../wire/x509/name.ts';
import { type AnsweredProbe, requestsOf } from './asking.ts';

/** What the connections tell of the kind of server: TLS by its habits, the program by what it says of itself. */
export interface KindSeen {
  readonly tls: ReturnType<typeof fingerprint>;
  readonly product: string | null;
  /** Weak signs, each to be said. */
  readonly signs: readonly Message[];
}

export function kindOf(answers: readonly AnsweredProbe[]): KindSeen {
  // A resumed handshake leaves messages out, and other names or addresses may lead to other servers.
  const same = answers.filter(
    ({ about, asking }) => !asking.resumed && about !== 'sni' && about !== 'addresses',
  );
  const traits = same.flatMap((one) => {
    const early = requestsOf(one).find(({ when }) => when === 'handshake');
    return (one.received && traitsOf(one.received, early?.request ?? null)) ?? [];
  });
  const said = same.flatMap(({ result }) => (result.http ? [httpSigns(result.http)] : []));
  const products = [...new Set(said.flatMap(({ product }) => product ?? []))];
  return {
    tls: fingerprint(traits),
    product: products.length > 0 ? products.join(', ') : null,
    signs: distinct([...said.flatMap(({ because }) => because), ...localAuthority(same)]),
  };
}

/** .NET's SslStream on Windows may add this name to the list (dotnet/runtime#60949; not verified). */
function localAuthority(answers: readonly AnsweredProbe[]): Message[] {
  const names = answers.flatMap(requestsOf).flatMap(({ request }) => request.authorities.map(printName));
  const found = names.find((name) => /\bNT AUTHORITY\b/i.test(name));
  return found === undefined ? [] : [{ id: 'stack-nt-authority', facts: { saw: found } }];
}

const distinct = (messages: readonly Message[]): Message[] => [
  ...new Map(messages.map((one) => [JSON.stringify(one), one])).values(),
];
