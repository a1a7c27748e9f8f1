import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** Tests that run the real command run what is in the tree now: bundling takes a fraction of a second. */
export function setup(): void {
  execFileSync(process.execPath, [path.join(import.meta.dirname, '../../tools/build.mjs')], {
    stdio: 'inherit',
  });
}
