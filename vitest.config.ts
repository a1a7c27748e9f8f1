import { defineConfig } from 'vitest/config';

const project = (name: string, include: string[], timeout = 20_000) => ({
  test: { name, include, testTimeout: timeout, hookTimeout: 60_000, globalSetup: 'test/support/build.ts' },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', ['test/**/*.test.ts']),
      project('interop', ['test/interop/**/*.interop.ts'], 120_000),
      project('shared', ['test/shared/**/*.shared.ts'], 120_000),
    ],
  },
});
