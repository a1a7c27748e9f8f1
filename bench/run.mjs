#!/usr/bin/env node
// npm run bench [name...]: each benchmark runs beside its peer in one go, turn by turn, and reports the ratio.
import { readdirSync } from 'node:fs';

const wanted = process.argv.slice(2);
const here = new URL('.', import.meta.url);
const files = readdirSync(here).filter((file) => file.endsWith('.bench.mjs'));

for (const file of files.sort()) {
  const name = file.replace('.bench.mjs', '');
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { default: bench } = await import(new URL(file, here));
  await bench(name);
}
