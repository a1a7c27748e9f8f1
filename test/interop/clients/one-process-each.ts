import gnutlsCallback from '../../../src/clients/gnutls-callback.ts';
import openssl from '../../../src/clients/openssl.ts';
import opensslStrict from '../../../src/clients/openssl-strict.ts';
import { ALL_MADE, type Driver, inLanes, runOut, type Visit } from './driver.ts';

/** Programs that are started once for each visit. */

const GET = 'GET / HTTP/1.0\r\n\r\n';

const each =
  (program: string, args: (visit: Visit) => readonly string[], input = ''): Driver['run'] =>
  async (visits) => {
    await inLanes(2, visits, (visit) => runOut(program, args(visit), input));
    return ALL_MADE;
  };

export const curl: Driver = {
  name: 'curl',
  model: openssl,
  needs: ['curl'],
  version: ['curl', '--version'],
  run: each('curl', ({ port, version, wanted }) => [
    ...['-q', '--insecure', '--silent', '--max-time', '10', '--noproxy', '*', '--http1.1'],
    ...['--cert', wanted.chain, '--key', wanted.key, `--tlsv${version}`, '--tls-max', version],
    `https://127.0.0.1:${port}/`,
  ]),
};

const sClient = ({ port, version, wanted }: Visit): string[] => [
  ...['s_client', '-connect', `127.0.0.1:${port}`, version === '1.2' ? '-tls1_2' : '-tls1_3', '-quiet'],
  ...['-ign_eof', '-cert', wanted.leaf, '-key', wanted.key],
  ...(wanted.beside === null ? [] : ['-cert_chain', wanted.beside]),
];

export const opensslSClient: Driver = {
  name: 'openssl s_client',
  model: openssl,
  needs: ['openssl'],
  version: ['openssl', 'version'],
  run: each('openssl', sClient, GET),
};

export const opensslSClientStrict: Driver = {
  name: 'openssl s_client -strict',
  model: opensslStrict,
  needs: ['openssl'],
  version: ['openssl', 'version'],
  run: each('openssl', (visit) => [...sClient(visit), '-strict'], GET),
};

export const gnutlsCli: Driver = {
  name: 'gnutls-cli',
  model: gnutlsCallback,
  needs: ['gnutls-cli'],
  version: ['gnutls-cli', '--version'],
  run: each(
    'gnutls-cli',
    ({ port, version, wanted }) => [
      ...['--insecure', '--x509certfile', wanted.chain, '--x509keyfile', wanted.key],
      ...['--priority', `NORMAL:-VERS-ALL:+VERS-TLS${version}`, '-p', String(port), '127.0.0.1'],
    ],
    GET,
  ),
};
