import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyHost, type Host } from '../../src/windows/host.ts';
import { assuming, HYPOTHESES, type HypothesisId } from '../../src/windows/hypotheses.ts';
import { hostFromJson, hostToJson, NotAHost } from '../../src/windows/serialize.ts';
import { issue } from '../support/pki.ts';
import { halfHost } from './generated.ts';
import { ip, record, stored, wholeHost } from './support.ts';

const throughText = (host: Host): Host => hostFromJson(JSON.parse(JSON.stringify(hostToJson(host))));
const ids = Object.keys(HYPOTHESES) as HypothesisId[];
const variantsOf = ({ assume }: Host) => ids.map((id) => assume.variant(id));

test('any host comes back as it was', () => {
  fc.assert(
    fc.property(halfHost, (host) => {
      const back = throughText(host);
      const { assume: _, ...rest } = host;
      const { assume: __, ...restBack } = back;
      expect(restBack).toEqual(rest);
      expect(variantsOf(back)).toEqual(variantsOf(host));
    }),
    { numRuns: 300 },
  );
});

test('an absent value stays apart from an unknown one', () => {
  const back = throughText(wholeHost());
  expect(back.schannel.sendTrustedIssuerList).toStrictEqual({ is: 'known', value: undefined, because: [] });
  expect(throughText(emptyHost('x')).schannel.sendTrustedIssuerList.is).toBe('unknown');
});

test('the chosen variants go along', () => {
  const host = wholeHost({ assume: { 'issuer-list-without-store': 'root-in-mode-1-or-2' } });
  expect(throughText(host).assume.variant('issuer-list-without-store')).toBe('root-in-mode-1-or-2');
  expect(throughText({ ...host, assume: assuming() }).assume.variant('issuer-list-without-store')).toBe(
    'microsoft-order',
  );
});

test('stores are written in order of name, so that equal hosts are equal text', () => {
  const a = wholeHost({ stores: { root: [], ca: [] } });
  const b = wholeHost({ stores: { ca: [], root: [] } });
  expect(JSON.stringify(hostToJson(a))).toBe(JSON.stringify(hostToJson(b)));
});

describe('JSON that is no host', () => {
  const good = () =>
    JSON.parse(
      JSON.stringify(
        hostToJson(
          wholeHost({
            bindings: [record(ip('0.0.0.0:443'))],
            stores: { root: stored(issue({ subject: 'x' })) },
          }),
        ),
      ),
    );
  test.each<[string, (json: ReturnType<typeof good>) => unknown, string]>([
    ['nothing', () => null, 'host: not an object'],
    ['no name', (json) => ({ ...json, name: 1 }), 'name: not a text'],
    [
      'an unknown build',
      (json) => ({ ...json, build: { is: 'known', value: '95', because: [] } }),
      'build.value',
    ],
    ['a leaf of another kind', (json) => ({ ...json, sites: { is: 'maybe' } }), 'sites.is'],
    [
      'an unknown variant',
      (json) => ({ ...json, assume: { 'wildcard-before-sni': 'x' } }),
      'assume.wildcard-before-sni',
    ],
    [
      'a hypothesis of every object',
      (json) => ({ ...json, assume: { constructor: 'x' } }),
      'assume.constructor',
    ],
    [
      'a field that no record has',
      (json) => {
        json.bindings.value[0].fields.foo = { is: 'unknown', wants: '' };
        return json;
      },
      'bindings.value[0].fields.foo',
    ],
    [
      'a switch that is a text',
      (json) => {
        json.bindings.value[0].fields.reject.value = 'yes';
        return json;
      },
      'bindings.value[0].fields.reject.value: not true or false',
    ],
  ])('%s is told by its place', (_, spoil, message) => {
    expect(() => hostFromJson(spoil(good()))).toThrow(NotAHost);
    expect(() => hostFromJson(spoil(good()))).toThrow(message);
  });

  test('a certificate that cannot be read is told too', () => {
    const json = good();
    json.stores[0].certificates.value[0].der = 'AAAA';
    expect(() => hostFromJson(json)).toThrow();
  });
});
