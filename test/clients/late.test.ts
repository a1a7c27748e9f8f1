import { expect, test } from 'vitest';
import { clients } from '../../src/clients/index.ts';
import type { LateKind } from '../../src/clients/model.ts';

/** 'yes, source': whether a family answers so late a request, and how that is known. */
function late(client: string, kind: LateKind): string {
  const { can, confidence } = clients.find((one) => one.id === client)!.late(kind);
  return `${can}, ${confidence}`;
}

test('Conscrypt renegotiates and announces no post-handshake authentication', () => {
  expect(late('android-conscrypt', 'renegotiation')).toBe('yes, source');
  expect(late('android-conscrypt', 'post-handshake')).toBe('no, source');
  expect(late('android-conscrypt', 'renegotiation-h2')).toBe('unknown, unverified');
});

test('.NET answers after the handshake on Windows and Linux', () => {
  for (const client of ['dotnet-sslstream-windows', 'dotnet-sslstream-linux', 'dotnet-httpclient'])
    expect(late(client, 'post-handshake')).toBe('yes, source');
});

test('of Schannel by itself and of Apple it stays unknown', () => {
  expect(late('schannel', 'post-handshake')).toBe('unknown, unverified');
  expect(clients.find(({ id }) => id === 'schannel')!.late('post-handshake').programs).toEqual({
    '.NET': 'yes',
    WinHTTP: 'unknown',
  });
  expect(late('apple', 'renegotiation')).toBe('unknown, unverified');
});
