#!/usr/bin/env node
// npm run build: bundles the command line into dist/, one chunk a command, so that each starts with little to load.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = path.join(root, 'dist');

const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: { handclasp: 'src/cli/main.ts' },
  outdir: 'dist',
  write: false,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  chunkNames: 'chunks/[name]-[hash]',
  // Bundled CommonJS packages ask for require.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});

// A command that runs meanwhile must find its chunks: new ones first, each put in place whole; old ones last.
for (const file of outputFiles.toReversed()) put(file.path, file.contents);
chmodSync(path.join(dist, 'handclasp.js'), 0o755);
const made = new Set(outputFiles.map((file) => file.path));
for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  const full = path.join(dist, name);
  if (name.endsWith('.js') && !made.has(full)) rmSync(full, { force: true });
}

function put(file, contents) {
  if (existsSync(file) && readFileSync(file).equals(contents)) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, contents);
  renameSync(`${file}.${process.pid}`, file);
}
