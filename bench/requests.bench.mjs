import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { pairOf, time } from './pair.mjs';
import { has, withServer } from './servers.mjs';

// Long enough for the compiler to have seen the code; a single look is what `why --quick` beside s_client tells.
const COUNT = 4000;
const AT_ONCE = 8;
const LOOP = 20;
const ROUNDS = 5;

/** CertificateRequests a second that one process reads from one server, beside openssl s_client in a loop. */
export default async function requests(name) {
  if (!has('openssl')) return console.log(`${name}: skipped, openssl is not here`);
  await withServer(async ({ port, folder, name: server }) => {
    const program = path.join(folder, 'read-requests.mjs');
    await build({
      entryPoints: [fileURLToPath(new URL('read-requests.ts', import.meta.url))],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'warning',
    });
    for (const [tls, version, flag] of [
      ['1.2', 0x0303, '-tls1_2'],
      ['1.3', 0x0304, '-tls1_3'],
    ])
      for (const [how, until] of [
        ['until the request', 1],
        ['whole handshakes', 0],
      ]) {
        const ours = () => {
          const args = [program, port, version, COUNT, AT_ONCE, until].map(String);
          const { read, seconds } = JSON.parse(spawnSync(process.execPath, args).stdout);
          if (read !== COUNT) throw new Error(`only ${read} of ${COUNT} requests were read`);
          return read / seconds;
        };
        const argv = [
          'openssl',
          's_client',
          '-connect',
          `127.0.0.1:${port}`,
          flag,
          '-servername',
          'www.example.com',
        ];
        const peer = () => {
          let took = 0;
          for (let i = 0; i < LOOP; i++) took += time({ argv, exits: [0, 1] });
          return (LOOP / took) * 1000;
        };
        await pairOf(
          `${name} TLS ${tls} from ${server}`,
          { title: `one process, ${how},`, run: ours },
          { title: 'openssl s_client in a loop', run: peer },
          ROUNDS,
          { unit: 'a second' },
        );
      }
  });
}
