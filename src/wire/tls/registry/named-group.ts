import type { GroupName } from '../../../base/ports.ts';
import { makeRegistry, run } from './registry.ts';

/** NamedGroup (IANA TLS Supported Groups). */
export const namedGroup = makeRegistry(4, [
  ...run(1, 'sect163k1', 'sect163r1', 'sect163r2', 'sect193r1', 'sect193r2', 'sect233k1', 'sect233r1'),
  ...run(8, 'sect239k1', 'sect283k1', 'sect283r1', 'sect409k1', 'sect409r1', 'sect571k1', 'sect571r1'),
  ...run(15, 'secp160k1', 'secp160r1', 'secp160r2', 'secp192k1', 'secp192r1', 'secp224k1', 'secp224r1'),
  ...run(22, 'secp256k1', 'secp256r1', 'secp384r1', 'secp521r1'),
  ...run(26, 'brainpoolP256r1', 'brainpoolP384r1', 'brainpoolP512r1', 'x25519', 'x448'),
  ...run(31, 'brainpoolP256r1tls13', 'brainpoolP384r1tls13', 'brainpoolP512r1tls13'),
  ...run(34, 'GC256A', 'GC256B', 'GC256C', 'GC256D', 'GC512A', 'GC512B', 'GC512C', 'curveSM2'),
  ...run(256, 'ffdhe2048', 'ffdhe3072', 'ffdhe4096', 'ffdhe6144', 'ffdhe8192'),
  ...run(0x0200, 'MLKEM512', 'MLKEM768', 'MLKEM1024'),
  ...run(0x11eb, 'SecP256r1MLKEM768', 'X25519MLKEM768', 'SecP384r1MLKEM1024'),
  ...run(0x6399, 'X25519Kyber768Draft00', 'SecP256r1Kyber768Draft00'),
  ...run(0xff01, 'arbitrary_explicit_prime_curves', 'arbitrary_explicit_char2_curves'),
]);

/** Groups that a Crypto port may be able to do, by number. */
export const GROUP: ReadonlyMap<number, GroupName> = new Map([
  [29, 'x25519'],
  [23, 'secp256r1'],
  [24, 'secp384r1'],
  [25, 'secp521r1'],
  [256, 'ffdhe2048'],
  [257, 'ffdhe3072'],
  [258, 'ffdhe4096'],
  [0x11ec, 'x25519mlkem768'],
]);
