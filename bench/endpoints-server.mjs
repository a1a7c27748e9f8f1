import { readFileSync } from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';

// One process of endpoints.bench: listens on as many ports as told, asks each client for a certificate.
// Arguments: folder with server.pem, server.key and authorities.pem; number of ports. Prints the ports.

const [folder, count] = process.argv.slice(2);
const context = tls.createSecureContext({
  key: readFileSync(`${folder}/server.key`),
  cert: readFileSync(`${folder}/server.pem`),
  ca: readFileSync(`${folder}/authorities.pem`),
});
const ports = await Promise.all(
  Array.from({ length: Number(count) }, () => {
    const server = net.createServer((socket) => {
      const options = {
        isServer: true,
        secureContext: context,
        requestCert: true,
        rejectUnauthorized: false,
      };
      const secure = new tls.TLSSocket(socket, options);
      secure.on('error', () => socket.destroy());
      secure.once('data', () =>
        secure.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'),
      );
    });
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve(server.address().port));
    });
  }),
);
process.stdout.write(`${JSON.stringify(ports)}\n`);
