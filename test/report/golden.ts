import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';

const folder = new URL('golden/', import.meta.url).pathname;

/** Compares with test/report/golden/<name>. A missing one fails unless UPDATE_GOLDEN=1 writes it. */
export function expectGolden(name: string, text: string): void {
  const file = path.join(folder, name);
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
    return;
  }
  if (!existsSync(file))
    expect.fail(`${name} is missing; look at the output, then UPDATE_GOLDEN=1 writes it`);
  expect(text).toBe(readFileSync(file, 'utf8'));
}
