#!/usr/bin/env node
// npm run build: bundles the command line into dist/, a folder for each command. What commands share stands in each of
// them: cut out, it would lie in thirty small files, and opening those costs a start more than reading the code.
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

/** Known by identity on both sides of a command, so there is one of it. */
const SHARED = 'src/cli/usage.ts';

/** What a command runs in threads of their own, beside it. */
const THREADS = { count: { 'log-worker': 'src/platform/log-worker.ts' } };

const common = {
  absWorkingDir: root,
  write: false,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  // Beside the entry: what leads to the shared module leads there from both.
  chunkNames: '[name]-[hash]',
  // Bundled CommonJS packages ask for require.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
};

const commands = new Set();
const outputs = [
  await build({
    ...common,
    entryPoints: { handclasp: 'src/cli/main.ts', usage: SHARED },
    outdir: 'dist',
    plugins: [onceIn('./usage.js'), apart(commands)],
  }),
];
for (const command of commands)
  outputs.push(
    await build({
      ...common,
      entryPoints: { [command]: `src/cli/${command}.ts`, ...THREADS[command] },
      outdir: `dist/${command}`,
      plugins: [onceIn('../usage.js')],
    }),
  );
const outputFiles = outputs.flatMap((output) => output.outputFiles);

// A command that runs meanwhile must find its chunks: new ones first, each put in place whole; old ones last.
for (const file of outputFiles.toReversed()) put(file.path, file.contents);
chmodSync(path.join(dist, 'handclasp.js'), 0o755);
const made = new Set(outputFiles.map((file) => file.path));
for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  const full = path.join(dist, name);
  if (name.endsWith('.js') && !made.has(full)) rmSync(full, { force: true });
}

/** Imports of the shared module lead to its one file, from wherever they come. */
function onceIn(file) {
  return {
    name: 'once',
    setup({ onResolve }) {
      onResolve({ filter: /\/usage\.ts$/ }, ({ path: wanted, importer, resolveDir }) => {
        if (importer === '' || path.resolve(resolveDir, wanted) !== path.join(root, SHARED)) return undefined;
        return { path: file, external: true };
      });
    },
  };
}

/** What main.ts loads by name is a command, built by itself. Collects their names. */
function apart(names) {
  return {
    name: 'apart',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\/[\w-]+\.ts$/ }, ({ path: wanted, importer, kind }) => {
        const name = path.basename(wanted, '.ts');
        const isCommand = kind === 'dynamic-import' && importer === path.join(root, 'src/cli/main.ts');
        if (!isCommand || name === 'usage' || name === 'version') return undefined;
        names.add(name);
        return { path: `./${name}/${name}.js`, external: true };
      });
    },
  };
}

function put(file, contents) {
  if (existsSync(file) && readFileSync(file).equals(contents)) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, contents);
  renameSync(`${file}.${process.pid}`, file);
}
