#!/usr/bin/env node
// npm run make:wasm: compiles wasm/log-lines.ts into the text that the sources hold. Needs `npm install --no-save
// assemblyscript@VERSION`: it is large, and only who changes the inner loops needs it.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const SOURCE = 'wasm/log-lines.ts';
const TARGET = 'src/evidence/w3c-log/kernel.generated.ts';

/** The text of the generated file; null where the compiler is not installed. */
export async function generated() {
  const compiler = await import('assemblyscript/asc').catch(() => null);
  if (!compiler) return null;
  let bytes = new Uint8Array(0);
  const options = ['--runtime', 'stub', '--enable', 'simd', '--enable', 'bulk-memory', '--noAssert'];
  const { error, stderr } = await compiler.main(
    [SOURCE, '--baseDir', fileURLToPath(root), '-O3', ...options, '--initialMemory', '448', '-o', 'it.wasm'],
    {
      writeFile(name, contents) {
        if (name === 'it.wasm') bytes = contents;
      },
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  const lines = Buffer.from(bytes)
    .toString('base64')
    .match(/.{1,100}/g);
  return `// Made by tools/make-wasm.mjs from ${SOURCE}; do not edit.
export const KERNEL =
${lines.map((line) => `  '${line}'`).join(' +\n')};
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = await generated();
  if (text === null)
    throw new Error('assemblyscript is not installed: npm install --no-save assemblyscript@0.28.20');
  writeFileSync(new URL(TARGET, root), text);
}
