import { Duplex } from 'node:stream';
import tls, { type SecureVersion, type TLSSocket } from 'node:tls';
import { type Issued, issue } from '../support/pki.ts';
import type { Said } from './packets.ts';

/** TLS that Node spoke with itself in memory: what both sides said, and the key log. */
export interface Spoken {
  readonly said: readonly Said[];
  readonly keyLog: string;
  readonly client: Issued;
  readonly authorities: readonly Issued[];
}

export interface Speaking {
  readonly version: SecureVersion;
  /** Issuers named, 2 when omitted; null: no certificate is asked for. */
  readonly authorities?: number | null;
  readonly withoutCertificate?: true;
  readonly ciphers?: string;
}

export async function speak({
  version,
  authorities = 2,
  withoutCertificate,
  ciphers,
}: Speaking): Promise<Spoken> {
  const issuers = Array.from({ length: authorities ?? 1 }, (_, i) =>
    issue({
      subject: [
        ['C', 'DE'],
        ['O', 'Example'],
        ['CN', `Client CA ${i + 1}`],
      ],
      ca: true,
    }),
  );
  const client = issue({ subject: 'Ada', issuer: issuers[0]!, extendedKeyUsage: ['clientAuth'] });
  const own = issue({ subject: 'www.example.com', key: ciphers?.includes('RSA') ? 'rsa' : 'p256' });
  const said: Said[] = [];
  const keyLines: string[] = [];
  const common = {
    minVersion: version,
    maxVersion: version,
    ...(ciphers ? { ciphers: `${ciphers}:@SECLEVEL=0` } : {}),
  };
  const [clientEnd, serverEnd] = wire(said);
  const server = new tls.TLSSocket(serverEnd, {
    ...common,
    isServer: true,
    key: own.keyPem,
    cert: own.pem,
    ...(authorities === null
      ? {}
      : { requestCert: true, rejectUnauthorized: false, ca: issuers.map((one) => one.pem) }),
  });
  const socket = tls.connect({
    ...common,
    socket: clientEnd,
    servername: 'www.example.com',
    rejectUnauthorized: false,
    ...(withoutCertificate ? {} : { key: client.keyPem, cert: client.pem }),
  });
  socket.on('keylog', (line) => void keyLines.push(String(line)));
  await exchange(socket, server);
  return { said, keyLog: keyLines.join(''), client, authorities: issuers };
}

/** A request and its answer, so that there is application data, and both ends are through with the handshake. */
function exchange(client: TLSSocket, server: TLSSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    for (const one of [client, server]) one.on('error', reject);
    server.on('data', () => server.write('HTTP/1.1 200 OK\r\n\r\n'));
    client.on('data', () => setImmediate(resolve));
    client.on('secureConnect', () => client.write('GET / HTTP/1.1\r\n\r\n'));
  });
}

function wire(said: Said[]): [Duplex, Duplex] {
  const ends = ([0, 1] as const).map(
    (side) =>
      new Duplex({
        read() {},
        write(chunk, _, done) {
          said.push({ side, bytes: new Uint8Array(chunk) });
          setImmediate(() => ends[side === 0 ? 1 : 0]!.push(chunk));
          done();
        },
      }),
  );
  return [ends[0]!, ends[1]!];
}
