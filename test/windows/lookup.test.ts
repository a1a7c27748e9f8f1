import { describe, expect, test } from 'vitest';
import { answerOf, Unanswered } from '../../src/base/known.ts';
import { emptyHost } from '../../src/windows/host.ts';
import type { BindingKey, SslBinding } from '../../src/windows/http-sys/binding.ts';
import { bindingFor, type Connection } from '../../src/windows/http-sys/lookup.ts';
import type { HypothesisId } from '../../src/windows/hypotheses.ts';
import { ip, reads, record, sni, under, wholeHost } from './support.ts';

const ANY = ip('0.0.0.0:443');
const ANY6 = ip('[::]:443');
const EXACT = ip('10.0.0.1:443');
const WWW = sni('www.example.com:443');
const STAR = sni('*.example.com:443');
const CCS: BindingKey = { kind: 'ccs', value: '443' };
const SCOPED: BindingKey = { kind: 'scopedccs', value: 'www.example.com:443' };

const host = (...keys: BindingKey[]) => wholeHost({ bindings: keys.map((key) => record(key)) });
const to = (serverName: string | null, address = '10.0.0.1', port = 443): Connection => ({
  address,
  port,
  serverName,
});

function answers(
  keys: BindingKey[],
  connection: Connection,
  chosen: Partial<Record<HypothesisId, string>> = {},
) {
  return answerOf(bindingFor(under(host(...keys), chosen), connection))?.key;
}

describe('exact IP, then SNI, then central store, then wildcard', () => {
  test.each<[string, BindingKey[], Connection, BindingKey | undefined]>([
    ['the exact address goes before the name', [ANY, WWW, EXACT], to('www.example.com'), EXACT],
    ['another address does not', [ANY, WWW, EXACT], to('www.example.com', '10.0.0.2'), WWW],
    ['the name before the central store', [ANY, CCS, WWW], to('www.example.com'), WWW],
    ['the central store before the wildcard', [ANY, CCS], to('other.example.com'), CCS],
    ['a scoped central store before that of the port', [CCS, SCOPED], to('www.example.com'), SCOPED],
    ['a client without SNI falls to the wildcard', [ANY, WWW], to(null), ANY],
    ['a name that no record has falls to the wildcard', [ANY, WWW], to('other.org'), ANY],
    ['no wildcard: the handshake fails', [WWW], to('other.org'), undefined],
    ['another port is another record', [ANY, WWW], to('www.example.com', '10.0.0.1', 8443), undefined],
    ['names compare without case and final dot', [WWW], to('WWW.Example.COM.'), WWW],
    ['a wildcard name stands for one label', [STAR], to('api.example.com'), STAR],
    ['not for two', [STAR], to('a.b.example.com'), undefined],
    ['not for none', [STAR], to('example.com'), undefined],
    ['the whole name before the wildcard name', [STAR, WWW], to('www.example.com'), WWW],
    ['an IPv6 client prefers [::]', [ANY, ANY6], to(null, '::1'), ANY6],
    ['and takes 0.0.0.0 where there is no other', [ANY], to(null, '::1'), ANY],
    ['an IPv4 client in IPv6 clothes is an IPv4 client', [EXACT, ANY6], to(null, '::ffff:10.0.0.1'), EXACT],
  ])('%s', (_, keys, connection, expected) => {
    expect(answers(keys, connection)).toEqual(expected);
  });
});

describe('wildcard-before-sni', () => {
  const both = [ANY, WWW];
  test.each([
    ['sni-first', WWW],
    ['wildcard-first', ANY],
  ])('%s', (variant, expected) => {
    expect(answers(both, to('www.example.com'), { 'wildcard-before-sni': variant })).toEqual(expected);
  });

  test('is read only where it matters', () => {
    const asked = (keys: BindingKey[], connection: Connection) =>
      reads(host(...keys), (one) => bindingFor(one, connection));
    expect(asked(both, to('www.example.com'))).toEqual(['wildcard-before-sni']);
    expect(asked(both, to('other.org'))).toEqual([]);
    expect(asked([...both, EXACT], to('www.example.com'))).toEqual([]);
    expect(asked([WWW], to('www.example.com'))).toEqual([]);
  });
});

describe('wildcard-of-other-family', () => {
  test.each([
    ['own-family-first', ANY],
    ['ipv6-first', ANY6],
  ])('%s', (variant, expected) => {
    expect(answers([ANY, ANY6], to(null), { 'wildcard-of-other-family': variant })).toEqual(expected);
  });

  test('is read only for an IPv4 client that meets both', () => {
    const asked = (keys: BindingKey[], address: string) =>
      reads(host(...keys), (one) => bindingFor(one, to(null, address)));
    expect(asked([ANY, ANY6], '10.0.0.1')).toEqual(['wildcard-of-other-family']);
    expect(asked([ANY, ANY6], '::1')).toEqual([]);
    expect(asked([ANY], '10.0.0.1')).toEqual([]);
  });
});

test('the answer carries the listing and the line of the record', () => {
  const at = { source: 'netsh.txt', line: 5 };
  const one: SslBinding = { ...record(ANY), because: [at] };
  const seen = {
    ...wholeHost(),
    bindings: { is: 'known' as const, value: [one], because: [{ source: 'netsh.txt' }] },
  };
  const answer = bindingFor(seen, to(null));
  expect(answer.is === 'known' && answer.because).toEqual([{ source: 'netsh.txt' }, at]);
});

test('a host whose records nobody listed cannot be asked', () => {
  expect(() => bindingFor(emptyHost('x'), to(null))).toThrow(Unanswered);
  expect(() => bindingFor(emptyHost('x'), to(null))).toThrow('netsh http show sslcert');
});

test('a listing that was cut answers for the exact address alone', () => {
  const cut = { ...emptyHost('x'), partialBindings: [record(EXACT), record(WWW)] };
  expect(answerOf(bindingFor(cut, to('www.example.com')))?.key).toEqual(EXACT);
  expect(() => bindingFor(cut, to('www.example.com', '10.0.0.2'))).toThrow('netsh http show sslcert');
});
