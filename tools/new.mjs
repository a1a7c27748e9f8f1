#!/usr/bin/env node
// npm run new <kind> <id>: lays out a unit's folder or file from tools/templates/<kind>/ and renews the registries.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const templates = path.join(root, 'tools/templates');
const KINDS = {
  diagnosis: 'src/diagnoses/{id}',
  evidence: 'src/evidence/{id}',
  client: 'src/clients',
  command: 'src/windows/commands/{id}',
  rebinder: 'src/windows/rebinders',
  scenario: 'src/lab/scenarios',
  starttls: 'src/net/starttls',
};

const [kind = '', id = ''] = process.argv.slice(2);
if (!Object.hasOwn(KINDS, kind) || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
  console.error(`usage: npm run new <${Object.keys(KINDS).join('|')}> <id-in-kebab-case>`);
  process.exit(64);
}

const folder = path.join(root, KINDS[kind].replace('{id}', id));
for (const file of readdirSync(path.join(templates, kind), { recursive: true, encoding: 'utf8' })) {
  const from = path.join(templates, kind, file);
  if (!file.endsWith('.tpl')) continue;
  const to = path.join(folder, file.replace('ID', id).replace(/\.tpl$/, ''));
  if (existsSync(to)) {
    console.error(`${path.relative(root, to)} exists; nothing was changed in it`);
    process.exit(1);
  }
  mkdirSync(path.dirname(to), { recursive: true });
  writeFileSync(to, readFileSync(from, 'utf8').replaceAll('{id}', id));
  console.log(path.relative(root, to));
}
execFileSync(process.execPath, [path.join(root, 'tools/index.mjs')], { stdio: 'inherit' });
console.log('Registered. The tests say what is still missing: npm test');
