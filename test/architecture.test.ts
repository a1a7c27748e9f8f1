import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { LAYERS, LEAVES, PURE, SIBLINGS } from '../tools/layers.mjs';
import { indexText, REGISTRIES } from '../tools/registries.mjs';

// The picture in ARCHITECTURE.md, executable. Each message says what was done, why it is not wanted and what to do.

const root = path.join(import.meta.dirname, '..');
const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll('\\', '/'));

const layerOf = (file: string): string => file.split('/')[0]!;
const textOf = (file: string): string => readFileSync(path.join(root, 'src', file), 'utf8');

function importsOf(file: string): string[] {
  const text = textOf(file);
  const statics = [...text.matchAll(/^(?:import|export)\s[^;]*?from\s+'([^']+)'/gm)].map((m) => m[1]!);
  const lazy = [...text.matchAll(/\bimport\('([^']+)'\)/g)].map((m) => m[1]!);
  return [...statics, ...lazy];
}

const local = (file: string, target: string): string =>
  path.posix.join(path.posix.dirname(file), target).replace(/^\.\//, '');

describe('layers', () => {
  test('every folder of src is a layer', () => {
    const unknown = [...new Set(files.filter((file) => file.includes('/')).map(layerOf))].filter(
      (layer) => !LAYERS.includes(layer),
    );
    expect(unknown, 'a folder that is no layer: add it to tools/layers.mjs and ARCHITECTURE.md').toEqual([]);
  });

  test('a file imports from its own layer or one above it', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => target.startsWith('.'))
        .map((target) => local(file, target))
        .filter((target) => LAYERS.indexOf(layerOf(target)) > LAYERS.indexOf(layerOf(file)))
        .map((target) => `${file} imports ${target}`),
    );
    expect(wrong, 'what lies below knows more than the file should: hand it over as an argument').toEqual([]);
  });

  test('nobody imports a leaf', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => target.startsWith('.'))
        .map((target) => layerOf(local(file, target)))
        .filter((layer) => LEAVES.includes(layer) && layer !== layerOf(file))
        .map((layer) => `${file} imports ${layer}`),
    );
    expect(wrong, 'cli and server only wire: move what you need to app/').toEqual([]);
  });

  test('siblings never meet', () => {
    const wrong = SIBLINGS.flatMap((folder) =>
      files
        .filter((file) => file.startsWith(`${folder}/`))
        .flatMap((file) => {
          const unit = file.slice(folder.length + 1).split('/')[0]!;
          if (unit === 'index.ts' || !isUnit(folder, unit)) return [];
          return importsOf(file)
            .filter((target) => target.startsWith('.'))
            .map((target) => local(file, target))
            .filter((target) => target.startsWith(`${folder}/`))
            .map((target) => target.slice(folder.length + 1).split('/')[0]!)
            .filter((other) => other !== unit && isUnit(folder, other))
            .map((other) => `${file} imports ${other}`);
        }),
    );
    expect(wrong, 'a unit must stand alone: move what both need one layer up').toEqual([]);
  });
});

/** Units are those that a registry lists. */
function isUnit(folder: string, member: string): boolean {
  const registry = REGISTRIES.find((one) => one.folder === `src/${folder}`);
  const isFolder = !member.endsWith('.ts');
  return registry ? registry.unit(member, isFolder) !== null : true;
}

describe('purity', () => {
  const pure = files.filter((file) => PURE.includes(layerOf(file)));

  test('pure layers import no package and no Node', () => {
    const wrong = pure.flatMap((file) =>
      importsOf(file)
        .filter((target) => !target.startsWith('.'))
        .map((target) => `${file} imports ${target}`),
    );
    expect(wrong, 'the analysis also runs in a browser: ask for a port in base/ports.ts').toEqual([]);
  });

  test('pure layers know neither clock nor chance', () => {
    const banned = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(/;
    const wrong = pure.filter((file) => banned.test(textOf(file)));
    expect(wrong, 'same input, same answer: take the time as an argument').toEqual([]);
  });

  test('only cli/print.ts prints', () => {
    const wrong = files.filter(
      (file) => file !== 'cli/print.ts' && /\bconsole\.|process\.std(out|err)\b/.test(textOf(file)),
    );
    expect(wrong, 'hand the text to Output').toEqual([]);
  });
});

test.each(REGISTRIES.map((registry) => [registry.folder, registry] as const))(
  'the registry of %s is what its folder holds',
  (folder, registry) => {
    const text = readFileSync(path.join(root, folder, 'index.ts'), 'utf8');
    expect(text, 'run npm run index and commit what it writes').toBe(indexText(root, registry));
  },
);

test('ARCHITECTURE.md shows the layers', () => {
  const page = readFileSync(path.join(root, 'ARCHITECTURE.md'), 'utf8');
  const listed = [...page.matchAll(/^\| `([a-z]+)\/` \|/gm)].map((m) => m[1]);
  expect(listed, 'the table and tools/layers.mjs must name the same layers in the same order').toEqual(
    LAYERS.filter((layer) => files.some((file) => layerOf(file) === layer)),
  );
});

test('the version that the program tells is the one of package.json', async () => {
  const { VERSION } = await import('../src/cli/version.ts');
  const pkg = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  expect(VERSION).toBe(pkg.version);
});
