import crypto from 'node:crypto';
import { expect, test } from 'vitest';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { issue } from '../support/pki.ts';

const data = Buffer.from('what is signed');

test.each([
  ['rsa', [0x0401, 0x0501, 0x0601, 0x0201, 0x0804, 0x0805, 0x0806, 0xff01]],
  ['rsa-pss', [0x0809, 0x080a, 0x080b]],
  ['p256', [0x0403, 0x0503, 0x0203]],
  ['p521', [0x0603]],
  ['ed25519', [0x0807]],
] as const)('a %s key signs what its public half verifies', async (kind, schemes) => {
  const { pkcs8 } = issue({ subject: kind, key: kind });
  const key = (await nodeCrypto.signingKey(pkcs8))!;
  expect(key.kind).toBe(kind.startsWith('p') ? 'ec' : kind);
  for (const scheme of schemes) {
    const signature = await key.sign(scheme, data);
    expect(await nodeCrypto.verify(scheme, key.spki, data, signature)).toBe(true);
    expect(await nodeCrypto.verify(scheme, key.spki, Buffer.from('another'), signature)).toBe(false);
  }
});

test('an unknown scheme is neither signed nor verified', async () => {
  const key = (await nodeCrypto.signingKey(issue({ subject: 'x' }).pkcs8))!;
  await expect(key.sign(0xfe99, data)).rejects.toThrow('unknown signature scheme 0xfe99');
  const signature = await key.sign(0x0403, data);
  expect(await nodeCrypto.verify(0xfe99, key.spki, data, signature)).toBe(false);
});

test('a key that is none gives null, and a key of noise verifies nothing', async () => {
  expect(await nodeCrypto.signingKey(Uint8Array.of(1, 2, 3))).toBeNull();
  expect(await nodeCrypto.verify(0x0403, Uint8Array.of(1, 2, 3), data, data)).toBe(false);
});

test.each(['x25519', 'secp256r1', 'secp384r1', 'secp521r1', 'ffdhe2048', 'ffdhe4096'] as const)(
  'both sides of %s agree',
  async (group) => {
    const [ours, theirs] = [await nodeCrypto.keyShare(group), await nodeCrypto.keyShare(group)];
    const shared = await ours.agree(theirs.publicKey);
    expect(Buffer.from(shared)).toEqual(Buffer.from(await theirs.agree(ours.publicKey)));
    await expect(ours.agree(Uint8Array.of(4, 1, 2))).rejects.toThrow();
  },
);

test.each(['aes-128-gcm', 'aes-256-gcm', 'chacha20-poly1305'] as const)(
  '%s opens what it sealed, and nothing else',
  async (aead) => {
    const key = nodeCrypto.random(aead === 'aes-128-gcm' ? 16 : 32);
    const [nonce, aad] = [nodeCrypto.random(12), Uint8Array.of(1, 2)];
    const sealed = await nodeCrypto.seal(aead, key, nonce, aad, data);
    expect(await nodeCrypto.open(aead, key, nonce, aad, sealed)).toEqual(new Uint8Array(data));
    await expect(nodeCrypto.open(aead, key, nonce, Uint8Array.of(1, 3), sealed)).rejects.toThrow();
    sealed[0]! ^= 1;
    await expect(nodeCrypto.open(aead, key, nonce, aad, sealed)).rejects.toThrow();
    await expect(nodeCrypto.open(aead, key, nonce, aad, Uint8Array.of(1))).rejects.toThrow();
  },
);

test('digesting repeatedly is the digest of the digest', () => {
  const [once, thrice] = [1, 3].map((times) => nodeCrypto.digestRepeatedly('sha256', data, times));
  const by = (bytes: Uint8Array): Uint8Array => nodeCrypto.digest('sha256', bytes);
  expect(once).toEqual(by(data));
  expect(thrice).toEqual(by(by(by(data))));
});

const hybrid = 'x25519mlkem768';
const hasHybrid = nodeCrypto.groups.includes(hybrid);

test.skipIf(!hasHybrid)(
  hasHybrid ? 'ML-KEM with X25519 is agreed on' : 'ML-KEM with X25519 (skipped: this Node has no ML-KEM)',
  async () => {
    const ours = await nodeCrypto.keyShare(hybrid);
    expect(ours.publicKey).toHaveLength(1184 + 32);
    await expect(ours.agree(new Uint8Array(1088 + 32))).rejects.toThrow();
    await expect(ours.agree(new Uint8Array(5))).rejects.toThrow();
  },
);

test.skipIf(hasHybrid)('where Node has no ML-KEM, it is neither offered nor done', async () => {
  expect(nodeCrypto.groups).toHaveLength(7);
  await expect(nodeCrypto.keyShare(hybrid)).rejects.toThrow('no ML-KEM');
});

test("a group of the peer's choice is agreed in, as node:crypto does", async () => {
  const theirs = crypto.getDiffieHellman('modp14');
  const peer = theirs.generateKeys();
  const ours = await nodeCrypto.dhPair(theirs.getPrime(), theirs.getGenerator());
  const shared = await ours.agree(peer);
  expect(shared).toHaveLength(256);
  // node:crypto leaves out leading zeros, or not, by version.
  const same = theirs.computeSecret(ours.publicKey);
  expect(Buffer.from(shared).toString('hex')).toBe(same.toString('hex').padStart(512, '0'));
  await expect(ours.agree(Uint8Array.of(1))).rejects.toThrow('out of range');
  await expect(ours.agree(theirs.getPrime())).rejects.toThrow('out of range');
});

test.each([
  ['nothing', [], [2]],
  ['a small prime', [23], [5]],
  ['an even number', [...new Uint8Array(64).fill(255), 254], [2]],
  ['a generator of 1', new Uint8Array(64).fill(255), [1]],
  ['a huge prime', new Uint8Array(1025).fill(255), [2]],
])('%s is no group', async (_, prime, generator) => {
  await expect(nodeCrypto.dhPair(Uint8Array.from(prime), Uint8Array.from(generator))).rejects.toThrow(
    'no group',
  );
});
