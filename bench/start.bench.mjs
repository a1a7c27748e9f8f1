import { fileURLToPath } from 'node:url';
import { pair } from './pair.mjs';

const cli = fileURLToPath(new URL('../dist/handclasp.js', import.meta.url));

/** What starting costs: the smallest answer beside a bare Node. Aim 1.5, limit 2. */
export default async function start(name) {
  await pair(
    name,
    { title: 'handclasp explain 5', argv: [process.execPath, cli, 'explain', '5'] },
    { title: 'node -e 0', argv: [process.execPath, '-e', '0'] },
    41,
  );
}
