import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { REGISTRIES } from '../../tools/registries.mjs';

// One place to add: a copy of the tree, one new unit of each kind, and it compiles and is registered.

const root = path.join(import.meta.dirname, '../..');
let copy = '';

beforeAll(() => {
  copy = mkdtempSync(path.join(os.tmpdir(), 'handclasp-new-'));
  for (const part of ['src', 'tools', 'package.json', 'tsconfig.base.json']) {
    cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const run = (args: string[]) =>
  execFileSync(process.execPath, args, { cwd: copy, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

test.each(['diagnosis', 'evidence', 'client', 'command', 'rebinder', 'scenario', 'starttls'])(
  'npm run new %s',
  (kind) => {
    const told = run(['tools/new.mjs', kind, 'brand-new']);
    expect(told).toContain('brand-new');
    const registered = REGISTRIES.filter(({ folder }) =>
      readFileSync(path.join(copy, folder, 'index.ts'), 'utf8').includes('brandNew'),
    );
    expect(registered.length).toBeGreaterThan(0);
  },
);

test('and all of it compiles as it is', { timeout: 60_000 }, () => {
  const options = {
    extends: './tsconfig.base.json',
    compilerOptions: { composite: false, declaration: false, noEmit: true, types: ['node'] },
    include: ['src'],
  };
  writeFileSync(path.join(copy, 'tsconfig.json'), JSON.stringify(options));
  expect(run(['node_modules/typescript/bin/tsc', '-p', '.'])).toBe('');
});

test('a second one of the same name changes nothing', () => {
  expect(() => run(['tools/new.mjs', 'client', 'go'])).toThrow(/exists/);
});

test('a name that is none is refused', () => {
  expect(() => run(['tools/new.mjs', 'client', '../evil'])).toThrow(/usage/);
});
