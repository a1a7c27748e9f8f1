import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Writer } from '../../src/base/bytes.ts';
import {
  type CertificateRequest,
  decodeCertificateRequest,
  encodeCertificateRequest,
} from '../../src/wire/tls/handshake/certificate-request.ts';
import { parseName, printName } from '../../src/wire/x509/name.ts';
import { nameDer } from '../support/pki.ts';

const anyName = fc
  .array(fc.tuple(fc.constantFrom('CN', 'O', 'OU'), fc.string({ maxLength: 20 })), { maxLength: 4 })
  .map((parts) => parseName(nameDer(parts)));
const schemes = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 });

const lengthOf = (names: CertificateRequest['authorities']): number =>
  names.reduce((sum, name) => sum + 2 + name.der.length, 0);

const old = fc
  .record({
    types: fc.array(fc.nat(255), { maxLength: 5 }),
    schemes,
    names: fc.array(anyName, { maxLength: 30 }),
  })
  .map(
    ({ types, schemes, names }): CertificateRequest => ({
      version: 0x0303,
      context: new Uint8Array(0),
      certificateTypes: types,
      signatureAlgorithms: schemes,
      authorities: names,
      authoritiesPresent: true,
      authoritiesLength: lengthOf(names),
      extensions: [],
    }),
  );

test('TLS 1.2: what is written is what is read', () => {
  fc.assert(
    fc.property(old, (request) => {
      expect(decodeCertificateRequest(encodeCertificateRequest(request), 0x0303)).toEqual(request);
    }),
  );
});

test('TLS 1.3: bytes survive the way through the fields, extensions in any order', () => {
  const fields = fc.record({
    context: fc.uint8Array({ maxLength: 8 }),
    schemes,
    names: fc.option(fc.array(anyName, { maxLength: 10 })),
    order: fc.shuffledSubarray([13, 47, 50, 48, 0x1234], { minLength: 1 }),
  });
  fc.assert(
    fc.property(fields, ({ context, schemes, names, order }) => {
      const data = (type: number): Uint8Array => {
        const writer = new Writer();
        if (type === 13 || type === 50) {
          writer.block16((list) => {
            for (const scheme of schemes) list.u16(scheme);
          });
        } else if (type === 47) {
          writer.block16((list) => {
            for (const name of names ?? []) list.block16((one) => one.raw(name.der));
          });
        } else writer.u8(7);
        return writer.done();
      };
      const body = new Writer()
        .block8((inner) => inner.raw(context))
        .block16((list) => {
          for (const type of order) list.u16(type).block16((one) => one.raw(data(type)));
        })
        .done();
      const request = decodeCertificateRequest(body, 0x0304);
      expect(request.authoritiesPresent).toBe(order.includes(47));
      expect(request.extensions.map((one) => one.type)).toEqual(order);
      expect(request.certificateTypes).toBeUndefined();
      expect(encodeCertificateRequest(request)).toEqual(body);
    }),
  );
});

test('TLS 1.1 has no signature algorithms', () => {
  const body = new Writer()
    .block8((types) => types.u8(1))
    .block16(() => undefined)
    .done();
  const request = decodeCertificateRequest(body, 0x0302);
  expect(request).toMatchObject({ certificateTypes: [1], authorities: [], authoritiesPresent: true });
  expect(request.signatureAlgorithms).toBeUndefined();
  expect(encodeCertificateRequest(request)).toEqual(body);
});

test('names that are no DER, or empty, are kept with their bytes', () => {
  const garbage = [Uint8Array.of(0x30, 0x05, 0x31), Uint8Array.of(0xff), new Uint8Array(0)];
  const body = new Writer()
    .block8((types) => types.u8(1))
    .block16((schemes) => schemes.u16(0x0401))
    .block16((list) => {
      for (const der of [...garbage, nameDer('Good CA')]) list.block16((one) => one.raw(der));
    })
    .done();
  const { authorities } = decodeCertificateRequest(body, 0x0303);
  expect(authorities.map((name) => [...name.der])).toEqual(
    [...garbage, nameDer('Good CA')].map((der) => [...der]),
  );
  expect(authorities.slice(0, 3).every((name) => name.broken !== undefined)).toBe(true);
  expect(printName(authorities[3]!)).toBe('CN=Good CA');
});

test('a list that ends in the midst of a name says so', () => {
  const body = new Writer()
    .block8((types) => types.u8(1))
    .block16((schemes) => schemes.u16(0x0401))
    .block16((list) => list.u16(40).raw(nameDer('Cut CA')))
    .done();
  expect(() => decodeCertificateRequest(body, 0x0303)).toThrow(
    /^DistinguishedName: block of 40 bytes, \d+ left/,
  );
});
