import { describe, expect, test } from 'vitest';
import { type AnsweredProbe, type Asking, PARAMETERS, type PlannedProbe } from '../../src/app/why/asking.ts';
import { MOST_CONNECTIONS, nextProbes, type Scope } from '../../src/app/why/plan.ts';
import type { ProbeResult } from '../../src/net/probe-types.ts';
import type { CertificateRequest } from '../../src/wire/tls/handshake/certificate-request.ts';

const [TLS10, TLS11, TLS12, TLS13] = [0x0301, 0x0302, 0x0303, 0x0304] as const;

const scope = (changes: Partial<Scope> = {}): Scope => ({
  base: {
    serverName: 'www.example.com',
    address: 'www.example.com',
    certificate: 'none',
    path: '/',
    method: 'GET',
    http2: false,
    postHandshakeAuth: false,
    resumed: false,
  },
  versions: [TLS13, TLS12],
  oldVersions: [TLS11, TLS10],
  otherNames: ['other.invalid', null],
  addresses: ['192.0.2.1'],
  paths: [],
  identities: [],
  post: false,
  parameters: new Set(PARAMETERS),
  ...changes,
});

const request = (version: number): CertificateRequest => ({
  version,
  context: new Uint8Array(0),
  authorities: [],
  authoritiesPresent: true,
  extensions: [],
  authoritiesLength: 0,
});

type Says = Partial<ProbeResult> & { asks?: NonNullable<ProbeResult['asked']> };

/** A server by its answers: what it says to a connection. */
type Server = (asking: Asking) => Says;

const spoken = (asking: Asking): number => Math.max(...asking.versions);

function answer({ asking, about }: PlannedProbe, server: Server): AnsweredProbe {
  const { asks, ...said } = server(asking);
  const version = spoken(asking);
  const result: ProbeResult = {
    target: { host: asking.address, port: 443, serverName: asking.serverName, path: asking.path },
    address: asking.address === 'www.example.com' ? '192.0.2.1' : asking.address,
    end: { is: 'completed' },
    version,
    cipherSuite: 0x1301,
    serverChain: [],
    request: asks ? request(version) : null,
    asked: asks ?? null,
    sent: asks ? (asking.certificate === 'none' ? 0 : 1) : null,
    http: { status: 200, headers: '', body: '' },
    startedAt: 0,
    milliseconds: 1,
    ...said,
  };
  return { asking, about, result };
}

/** Plans and asks until nothing is open. */
function converse(what: Scope, server: Server): AnsweredProbe[] {
  const answers: AnsweredProbe[] = [];
  for (let rounds = 0; rounds < 10; rounds++) {
    const wanted = nextProbes(what, answers);
    if (wanted.length === 0) return answers;
    answers.push(...wanted.map((one) => answer(one, server)));
  }
  throw new Error('the plan comes to no end');
}

/** 'sni: 1.3 other.invalid': what a connection has that the first has not. */
function told(answers: readonly AnsweredProbe[]): string[] {
  const first = answers[0]!.asking;
  return answers.map(({ asking, about }) => {
    const parts: string[] = [`1.${spoken(asking) - 0x0301}`];
    for (const key of Object.keys(asking) as (keyof Asking)[])
      if (key !== 'versions' && asking[key] !== first[key]) parts.push(`${key}=${asking[key]}`);
    return `${about}: ${parts.join(' ')}`;
  });
}

const asksInHandshake: Server = () => ({ asks: 'handshake' });
const neverAsks: Server = () => ({});
/** As Apache does for a path: renegotiation, post-handshake authentication, else 403. */
const asksLateFor =
  (path: string): Server =>
  ({ versions, path: wanted, postHandshakeAuth, http2 }) => {
    if (wanted !== path || http2) return {};
    if (!versions.includes(TLS13)) return { asks: 'renegotiation' };
    return postHandshakeAuth ? { asks: 'post-handshake' } : { http: { status: 403, headers: '', body: '' } };
  };

describe('what is asked', () => {
  test('of a server that asks in the handshake', () => {
    expect(told(converse(scope(), asksInHandshake))).toEqual([
      'base: 1.3',
      'base: 1.2',
      'versions: 1.1',
      'versions: 1.0',
      'sni: 1.3 serverName=other.invalid',
      'sni: 1.3 serverName=null',
      'http2: 1.3 http2=true',
    ]);
  });

  test('with a certificate to show, to each version that asks', () => {
    expect(
      told(converse(scope({ identities: [0, 1], parameters: new Set(['certificate']) }), asksInHandshake)),
    ).toEqual([
      'base: 1.3',
      'base: 1.2',
      'certificate: 1.3 certificate=0',
      'certificate: 1.2 certificate=0',
      'certificate: 1.3 certificate=1',
      'certificate: 1.2 certificate=1',
    ]);
  });

  test('resumed, only with a ticket of a session that was asked for a certificate', () => {
    const only = scope({ parameters: new Set(['resumption']) });
    const withTicket: Server = () => ({ asks: 'handshake', ticket: {} as never });
    expect(told(converse(only, withTicket))).toContain('resumption: 1.3 resumed=true');
    expect(converse(only, asksInHandshake)).toHaveLength(2);
    expect(converse(only, () => ({ ticket: {} as never }))).toHaveLength(2);
  });

  test('of a server that never asks', () => {
    expect(told(converse(scope({ identities: [0] }), neverAsks))).toEqual([
      'base: 1.3',
      'base: 1.2',
      'versions: 1.1',
      'versions: 1.0',
      'sni: 1.3 serverName=other.invalid',
      'sni: 1.3 serverName=null',
      'late: 1.3 postHandshakeAuth=true',
      'http2: 1.3 http2=true',
    ]);
  });

  test('of a server that asks for one path only', () => {
    const what = scope({
      paths: ['/secure'],
      identities: [0],
      post: true,
      parameters: new Set(['late', 'paths', 'post', 'certificate', 'http2']),
    });
    expect(told(converse(what, asksLateFor('/secure')))).toEqual([
      'base: 1.3',
      'base: 1.2',
      'late: 1.3 postHandshakeAuth=true',
      'late: 1.3 path=/secure postHandshakeAuth=true',
      'paths: 1.2 path=/secure',
      'paths: 1.3 path=/secure',
      'certificate: 1.3 certificate=0 path=/secure postHandshakeAuth=true',
      'certificate: 1.2 certificate=0 path=/secure',
      'post: 1.3 path=/secure method=POST postHandshakeAuth=true',
      'post: 1.2 path=/secure method=POST',
      'http2: 1.2 path=/secure http2=true',
    ]);
  });

  test('of each address that answered not yet', () => {
    const what = scope({
      addresses: ['192.0.2.1', '192.0.2.2', '2001:db8::1'],
      parameters: new Set(['addresses']),
    });
    expect(told(converse(what, asksInHandshake)).slice(2)).toEqual([
      'addresses: 1.3 address=192.0.2.2',
      'addresses: 1.3 address=2001:db8::1',
    ]);
  });
});

describe('what is not asked', () => {
  test('nothing more of a peer that cannot be reached or speaks no TLS', () => {
    for (const end of [
      { is: 'unreachable', why: 'x' },
      { is: 'timeout', after: 'client-hello' },
      { is: 'not-tls', saw: 'x' },
    ] as const)
      expect(converse(scope(), () => ({ end, version: null }))).toHaveLength(2);
  });

  test('old versions decide when the new ones are refused', () => {
    const old: Server = ({ versions }) =>
      spoken({ versions } as Asking) <= TLS10
        ? { asks: 'handshake' }
        : { version: null, end: { is: 'refused', alert: 70, after: 'client-hello' } };
    expect(told(converse(scope({ parameters: new Set(['versions', 'sni']) }), old))).toEqual([
      'base: 1.3',
      'base: 1.2',
      'base: 1.1',
      'base: 1.0',
      'sni: 1.0 serverName=other.invalid',
      'sni: 1.0 serverName=null',
    ]);
  });

  test('what the user excludes', () => {
    expect(converse(scope({ parameters: new Set() }), asksInHandshake)).toHaveLength(2);
  });

  test('the same twice, or without end', () => {
    const many = scope({ paths: Array.from({ length: 200 }, (_, i) => `/${i}`), identities: [0, 1, 2] });
    const answers = converse(many, () => ({ asks: 'handshake' }));
    expect(answers).toHaveLength(MOST_CONNECTIONS);
    expect(new Set(answers.map(({ asking }) => JSON.stringify(asking))).size).toBe(MOST_CONNECTIONS);
  });
});
