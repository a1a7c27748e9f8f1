import { latin1Text, utf8Bytes } from '../../base/text.ts';

/** One way to turn a password into the bytes that the two families of key derivation take. */
export interface PasswordForm {
  /** For PBKDF2: UTF-8 (RFC 7292 appendix B.1 note, RFC 9579 5). */
  readonly utf8: Uint8Array;
  /** For the PKCS#12 derivation: BMPString with its terminator (RFC 7292 appendix B.1). */
  readonly bmp: Uint8Array;
}

/**
 * The forms to try, the likeliest first. 'No password' is written in two ways: as an empty string, and (Windows,
 * NSS) as nothing at all. OpenSSL before 1.1.0 took the UTF-8 bytes of a password for Latin-1.
 */
export function passwordForms(password: string): PasswordForm[] {
  const utf8 = utf8Bytes(password);
  const proper: PasswordForm = { utf8, bmp: bmpString(password) };
  if (password === '') return [proper, { utf8, bmp: new Uint8Array(0) }];
  const isAscii = utf8.every((byte) => byte < 0x80);
  return isAscii ? [proper] : [proper, { utf8, bmp: bmpString(latin1Text(utf8)) }];
}

/** UTF-16, big-endian, with two zero bytes at the end. */
function bmpString(text: string): Uint8Array {
  const bytes = new Uint8Array(2 * text.length + 2);
  for (let i = 0; i < text.length; i++) {
    bytes[2 * i] = text.charCodeAt(i) >> 8;
    bytes[2 * i + 1] = text.charCodeAt(i) & 255;
  }
  return bytes;
}
