import { expect, test } from 'vitest';
import { fromHex, toHex } from '../../src/base/bytes.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { expandLabel } from '../../src/wire/tls/session/hkdf.ts';
import {
  applicationSecrets,
  finishedMac,
  handshakeSecrets,
} from '../../src/wire/tls/session/key-schedule.ts';
import { prf } from '../../src/wire/tls/session/prf.ts';

const hashing = { crypto: nodeCrypto, hash: 'sha256' } as const;

test('derives the secrets of the handshake traced in RFC 8448 section 3', async () => {
  const shared = fromHex('8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d');
  const helloHash = fromHex('860c06edc07858ee8e78f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8');
  const secrets = await handshakeSecrets(hashing, shared, helloHash);
  expect(toHex(secrets.client)).toBe('b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21');
  expect(toHex(secrets.server)).toBe('b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38');
  expect(toHex(secrets.master)).toBe('18df06843d13a08bf2a449844c5f8a478001bc4d4c627984d5a41da8d0402919');
  const none = new Uint8Array(0);
  expect(toHex(await expandLabel(hashing, secrets.server, 'key', none, 16))).toBe(
    '3fce516009c21727d0f2e4e86ee403bc',
  );
  expect(toHex(await expandLabel(hashing, secrets.server, 'iv', none, 12))).toBe('5d313eb2671276ee13000b30');
  const finishedHash = fromHex('9608102a0f1ccc6db6250b7b7e417b1a000eaada3daae4777a7686c9ff83df13');
  const traffic = await applicationSecrets(hashing, secrets.master, finishedHash);
  expect(toHex(traffic.client)).toBe('9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5');
  expect(toHex(traffic.server)).toBe('a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643');
  expect(toHex(await finishedMac(hashing, secrets.client, finishedHash))).toBe(
    'a8ec436d677634ae525ac1fcebe11a039ec17694fac6e98527b642f2edd5ce61',
  );
});

test('the PRF of TLS 1.2 gives the vector published for SHA-256', async () => {
  const secret = fromHex('9bbe436ba940f017b17652849a71db35');
  const seed = fromHex('a0ba9f936cda311827a6f796ffd5198c');
  expect(toHex(await prf(hashing, secret, 'test label', seed, 100))).toBe(
    'e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a' +
      '6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab' +
      '4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff701' +
      '87347b66',
  );
});
