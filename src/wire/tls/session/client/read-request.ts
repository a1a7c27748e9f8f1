import { equalBytes } from '../../../../base/bytes.ts';
import { type CertificateRequest, decodeCertificateRequest } from '../../handshake/certificate-request.ts';

/** From here on reading it again costs more than comparing it. */
const LARGE = 4096;

let last: {
  readonly body: Uint8Array;
  readonly version: number;
  readonly request: CertificateRequest;
} | null = null;

/**
 * The body of a CertificateRequest. A server sends the same large list on every connection: it is read once, and
 * thousands of names are not made anew. Throws Malformed.
 */
export function readRequest(body: Uint8Array, version: number): CertificateRequest {
  if (last?.version === version && equalBytes(last.body, body)) return last.request;
  const request = decodeCertificateRequest(body, version);
  if (body.length >= LARGE) last = { body, version, request };
  return request;
}
