import { type Answer, exitCodeOf, explain, type Shelves } from '../app/explain.ts';
import { renderExplanations } from '../report/render/explanation.ts';
import type { Output } from './print.ts';
import { UsageError } from './usage.ts';

/**
 * Imports no option parser: this command starts in hardly more than bare Node does (bench/), and a negative number
 * is an argument here.
 */
export async function run(argv: string[], out: Output): Promise<number> {
  const { args, json, help } = parse(argv);
  if (help) {
    out.out(HELP);
    return 0;
  }
  if (args.length === 0) throw new UsageError('nothing to explain', HINT);
  if (args.length === 1 && args[0] === 'causes') return listCauses(json, out);
  const answers = await explain(args, shelves);
  if (json) {
    const { escapeJson } = await import('../report/escape.ts');
    out.out(`${escapeJson({ schema: 'handclasp/explain/1', answers })}\n`);
  } else await print(answers, out);
  refuseUnknown(answers);
  return exitCodeOf(answers);
}

/** Ids and titles of the pages. */
async function listCauses(json: boolean, out: Output): Promise<number> {
  const { pages } = await import('../diagnoses/pages.ts');
  const causes = Object.entries(pages).map(([id, page]) => ({
    id,
    title: /^# (.*)$/m.exec(page)?.[1] ?? id,
  }));
  const width = Math.max(...causes.map(({ id }) => id.length));
  if (json) {
    const { escapeJson } = await import('../report/escape.ts');
    out.out(`${escapeJson({ schema: 'handclasp/causes/1', causes })}\n`);
  } else out.out(causes.map(({ id, title }) => `${id.padEnd(width)}  ${title}\n`).join(''));
  return 0;
}

const HINT =
  'give a number (5, 0x800b0109, -2146762487), a name (CERT_E_UNTRUSTEDROOT), a status (403.7), "alert 48", a diagnosis, or "causes" for their list';

const HELP = `Usage: handclasp explain [--json] <code or diagnosis>...

Say what an error code, an IIS status, a TLS alert, an event or a diagnosis of Handclasp means in
client-certificate logon, and what to do next.

Options:
  --json      print JSON
  -h, --help  show this

Examples:
  handclasp explain 5
  handclasp explain 403.7
  handclasp explain 403 7 5                 as the IIS log prints it; a whole line does as well
  handclasp explain 2148204809              or -2146762487, 0x800b0109, CERT_E_UNTRUSTEDROOT
  handclasp explain alert 116
  handclasp explain event 36885
  handclasp explain binding-lost-ctl-store
  handclasp explain causes                  all that examine can name

Exit codes: 0 explained, 2 a number without a name, 64 not a code.
`;

const shelves: Shelves = {
  async names() {
    const [{ openNames }, tables] = await Promise.all([
      import('../codes/names.ts'),
      import('../codes/names.generated.ts'),
    ]);
    return openNames(tables);
  },
  async pages() {
    return (await import('../diagnoses/pages.ts')).pages;
  },
};

function parse(argv: readonly string[]): { args: string[]; json: boolean; help: boolean } {
  const end = argv.indexOf('--');
  const before = end < 0 ? argv : argv.slice(0, end);
  const options = before.filter((arg) => /^-[^\d]/.test(arg));
  const wrong = options.find((option) => !['--json', '-h', '--help'].includes(option));
  if (wrong) throw new UsageError(`${wrong}: no such option`, 'handclasp explain --help shows the options');
  const args = [...before.filter((arg) => !options.includes(arg)), ...(end < 0 ? [] : argv.slice(end + 1))];
  return {
    args,
    json: options.includes('--json'),
    help: options.includes('--help') || options.includes('-h'),
  };
}

async function print(answers: readonly Answer[], out: Output): Promise<void> {
  const blocks: string[] = [];
  for (const answer of answers) {
    if (answer.is === 'codes') blocks.push(renderExplanations(answer.explanations, out.style));
    if (answer.is === 'page') {
      const { renderPage } = await import('../report/render/page.ts');
      blocks.push(renderPage(answer.markdown, out.style).trimEnd());
    }
  }
  if (blocks.length > 0) out.out(`${blocks.join('\n\n')}\n`);
}

function refuseUnknown(answers: readonly Answer[]): void {
  const unknown = answers.flatMap((one) => (one.is === 'unknown' ? [one] : []));
  if (unknown.length === 0) return;
  const asked = unknown.map((one) => one.asked).join(', ');
  const perhaps = [...new Set(unknown.flatMap((one) => one.perhaps))];
  throw new UsageError(
    `${asked}: neither a code nor a diagnosis that is known here`,
    perhaps.length > 0 ? `did you mean ${perhaps.join(', ')}?` : HINT,
  );
}
