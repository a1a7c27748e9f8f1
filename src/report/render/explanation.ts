import type { Explanation } from '../../codes/explanation.ts';
import { escapeTerminal as clean } from '../escape.ts';
import { plainStyle, type Style } from './style.ts';

/** What codes say, for a terminal. Several readings of one text stand one below the other. */
export function renderExplanations(explanations: readonly Explanation[], style: Style = plainStyle): string {
  return explanations.map((one) => block(one, style).join('\n')).join('\n\n');
}

function block(one: Explanation, style: Style): string[] {
  const lines = [headOf(one, style)];
  if (one.means === null) lines.push('', `  ${one.names.length > 0 ? NAME_ONLY : NO_NAME}`);
  else lines.push('', `  ${clean(one.means)}`);
  if (one.next.length > 0)
    lines.push('', ...one.next.map((step, i) => `${field(i === 0 ? 'next' : '')}${clean(step)}`));
  if (one.diagnoses.length > 0) lines.push('');
  for (const [i, id] of one.diagnoses.entries())
    lines.push(`${field(i === 0 ? 'related' : '')}handclasp explain ${clean(id)}`);
  if (one.seen !== null) lines.push('', style.dim(`${field('seen in')}${clean(one.seen)}`));
  lines.push(style.dim(`${field('source')}${clean(one.source)}`));
  return lines;
}

const NAME_ONLY = 'Not known from client-certificate logon: only its name is.';
const NO_NAME = 'No name is known for this number.';

const field = (name: string): string => `  ${name.padEnd(9)}`;

/** 'CERT_E_UNTRUSTEDROOT   0x800b0109 = 2148204809 = -2146762487   HRESULT, facility 11 CERT'. */
function headOf({ names, code, numbers, reading }: Explanation, style: Style): string {
  const [name, ...aliases] = names;
  const also = aliases.length > 0 ? style.dim(` = ${aliases.slice(0, 3).map(clean).join(' = ')}`) : '';
  if (numbers === null)
    return `${style.bold(`${clean(code)}  ${clean(name ?? '')}`.trim())}   ${style.dim(reading)}`;
  const { hex, unsigned, signed } = numbers;
  const forms = [hex, unsigned, ...(signed === unsigned ? [] : [signed])].join(' = ');
  return `${name === undefined ? '' : `${style.bold(clean(name))}${also}   `}${forms}   ${style.dim(reading)}`;
}
