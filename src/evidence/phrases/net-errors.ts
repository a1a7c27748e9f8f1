import type { ProgramMessage } from '../program-claims.ts';
import { PHRASES } from './table.ts';

/** Numbers of Chromium's net_error_list.h that bear on certificate logon; logs have them without their names. */
const NAMES: Readonly<Record<number, string>> = {
  [-100]: 'ERR_CONNECTION_CLOSED',
  [-101]: 'ERR_CONNECTION_RESET',
  [-110]: 'ERR_SSL_CLIENT_AUTH_CERT_NEEDED',
  [-117]: 'ERR_BAD_SSL_CLIENT_AUTH_CERT',
  [-134]: 'ERR_SSL_CLIENT_AUTH_PRIVATE_KEY_ACCESS_DENIED',
  [-135]: 'ERR_SSL_CLIENT_AUTH_CERT_NO_PRIVATE_KEY',
  [-141]: 'ERR_SSL_CLIENT_AUTH_SIGNATURE_FAILED',
  [-177]: 'ERR_SSL_CLIENT_AUTH_NO_COMMON_ALGORITHMS',
  [-202]: 'ERR_CERT_AUTHORITY_INVALID',
  [-337]: 'ERR_HTTP2_PROTOCOL_ERROR',
  [-365]: 'ERR_HTTP_1_1_REQUIRED',
};

/** What a network error of Chromium says, with its name; null where it does not bear on certificate logon. */
export function netErrorSays(number: number): { code: ProgramMessage['code']; name: string } | null {
  const name = NAMES[number];
  const phrase = name === undefined ? undefined : PHRASES.find(({ says }) => says.test(name));
  return name !== undefined && phrase ? { code: phrase.code, name } : null;
}
