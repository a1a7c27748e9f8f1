import { makeRegistry, run } from './registry.ts';

/** Record content types (IANA TLS ContentType). */
export const contentType = makeRegistry(
  2,
  run(20, 'change_cipher_spec', 'alert', 'handshake', 'application_data', 'heartbeat'),
);

export const CONTENT = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const;
