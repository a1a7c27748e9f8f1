import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { pair } from './pair.mjs';

const cli = fileURLToPath(new URL('../dist/handclasp.js', import.meta.url));
const PORT = 18443;

/** One question to a server (the healthy lab) beside one openssl s_client, both as whole commands. */
export default async function why(name) {
  if (spawnSync('openssl', ['version']).error) return console.log(`${name}: skipped, openssl is not here`);
  const lab = spawn(process.execPath, [
    cli,
    'lab',
    'up',
    '--port',
    `${PORT}`,
    '--state',
    `/tmp/handclasp-bench-${process.pid}`,
  ]);
  try {
    await new Promise((resolve, reject) => {
      lab.stdout.once('data', resolve);
      lab.once('exit', () => reject(new Error('the lab did not come up')));
    });
    for (const [tls, flag] of [
      ['1.2', '-tls1_2'],
      ['1.3', '-tls1_3'],
    ]) {
      pair(
        `${name} TLS ${tls}`,
        {
          title: 'handclasp why',
          argv: [process.execPath, cli, 'why', `https://www.handclasp.localhost:${PORT}/`, '--tls', tls],
        },
        {
          title: 'openssl s_client',
          argv: [
            'openssl',
            's_client',
            '-connect',
            `127.0.0.1:${PORT}`,
            '-servername',
            'www.handclasp.localhost',
            flag,
          ],
        },
      );
    }
  } finally {
    lab.kill('SIGINT');
  }
}
