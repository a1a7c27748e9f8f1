import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { pair } from './pair.mjs';
import { withServer } from './servers.mjs';

const cli = fileURLToPath(new URL('../dist/handclasp.js', import.meta.url));

/** All that `why` compares of one host, beside the part of testssl.sh that looks at client authentication. */
export default async function compare(name) {
  const testssl = ['testssl', 'testssl.sh'].find(
    (one) => !spawnSync(one, ['--help'], { stdio: 'ignore' }).error,
  );
  if (!testssl) return console.log(`${name}: skipped, testssl.sh is not here`);
  await withServer(async ({ port }) => {
    await pair(
      name,
      {
        title: 'why',
        argv: [process.execPath, cli, 'why', `https://localhost:${port}/`, '--connect-to', '127.0.0.1'],
      },
      {
        title: `${testssl} --server-defaults`,
        argv: [
          testssl,
          '--quiet',
          '--color',
          '0',
          '--warnings',
          'off',
          '--server-defaults',
          `127.0.0.1:${port}`,
        ],
        // Its exit code counts what it found.
        exits: Array.from({ length: 256 }, (_, code) => code),
      },
      3,
    );
  });
}
