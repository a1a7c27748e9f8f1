import type { Message } from '../../base/message.ts';
import { fingerprint } from '../../wire/fingerprint/fingerprint.ts';
import { httpSigns } from '../../wire/fingerprint/http-signs.ts';
import { traitsOf } from '../../wire/fingerprint/traits.ts';
import { type Name, printName } from '../../wire/x509/name.ts';
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
  const lists = new Set(answers.flatMap(requestsOf).map(({ request }) => request.authorities));
  for (const names of lists) {
    const found = names.find(isLocalAuthority);
    if (found) return [{ id: 'stack-nt-authority', facts: { saw: printName(found) } }];
  }
  return [];
}

const isLocalAuthority = ({ rdns }: Name): boolean =>
  rdns.some((rdn) => rdn.some(({ value }) => /\bNT AUTHORITY\b/i.test(value)));

const distinct = (messages: readonly Message[]): Message[] => [
  ...new Map(messages.map((one) => [JSON.stringify(one), one])).values(),
];
