import { schemas } from '../report/schema.ts';
import type { Output } from './print.ts';
import { UsageError } from './usage.ts';

/** 'why' is the newest version of handclasp/why; imports no option parser, so that it starts at once. */
export async function run(argv: string[], out: Output): Promise<number> {
  const options = argv.filter((arg) => arg.startsWith('-'));
  const wrong = options.find((option) => !['-h', '--help', '--json'].includes(option));
  if (wrong) throw new UsageError(`${wrong}: no such option`, 'handclasp schema --help shows how to use it');
  if (options.some((option) => option !== '--json')) {
    out.out(HELP);
    return 0;
  }
  const names = argv.filter((arg) => !arg.startsWith('-'));
  if (names.length > 1) throw new UsageError('more than one document', `one of ${NAMES.join(', ')}`);
  out.out(names[0] === undefined ? listing() : `${JSON.stringify(schemaOf(names[0]), null, 2)}\n`);
  return 0;
}

const shortName = (id: string): string => id.split('/')[1]!;

const NAMES = Object.keys(schemas).map(shortName);

const HELP = `Usage: handclasp schema [name]

Print the JSON Schema (2020-12) of a document that --json prints. Without a name: which there are.
Fields are only added to a version; readers must ignore those that they do not know.

Names: ${NAMES.join(', ')}

Examples:
  handclasp schema
  handclasp schema why > why.schema.json

Exit codes: 0 printed, 64 no such document.
`;

function listing(): string {
  const width = Math.max(...NAMES.map((name) => name.length));
  return Object.entries(schemas)
    .map(([id, { title }]) => `${shortName(id).padEnd(width)}  ${id}: ${String(title)}\n`)
    .join('');
}

/** By 'why' or 'handclasp/why/1'. */
function schemaOf(name: string): unknown {
  const id = Object.keys(schemas).find((one) => one === name || shortName(one) === name);
  if (id) return schemas[id];
  throw new UsageError(`${name}: no such document`, `one of ${NAMES.join(', ')}`);
}
