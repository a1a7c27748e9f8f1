import type { Line } from '../../base/text.ts';
import type { BindingField, BindingKey, BindingValues } from '../../windows/http-sys/binding.ts';
import { fieldRow, isBindingField } from '../../windows/http-sys/fields.ts';
import { endpointOf, isBindingKind } from '../../windows/http-sys/key.ts';

/** A command line that writes a record, as a script or a note quotes it. */
export interface QuotedCommand {
  readonly line: Line;
  readonly key: BindingKey;
  readonly values: Partial<BindingValues>;
}

const COMMAND = /\bhttp\s+(?:add|update)\s+sslcert\s+(.*)$/i;

export const isCommand = (text: string): boolean =>
  COMMAND.test(text) && /\b(?:ipport|hostnameport)=/i.test(text);

/** Only what is written out is taken: variables of a script and words that netsh does not know are left out. */
export function quotedCommand(line: Line): QuotedCommand | null {
  const words = COMMAND.exec(line.text)?.[1]?.match(/[\w]+=(?:"[^"]*"|'[^']*'|[^\s"'`]+)/g) ?? [];
  // The last word of a cut text may be half of one.
  const whole = line.ended ? words : words.slice(0, -1);
  const pairs = whole.map((word) => {
    const [, name = '', value = ''] = /^(\w+)=["']?([^"']*)/.exec(word) ?? [];
    return [name.toLowerCase(), value.replace(/[;,)]+$/, '')] as const;
  });
  const key = pairs.flatMap(([kind, value]) => (isBindingKind(kind) ? [{ kind, value }] : []))[0];
  if (!key || !endpointOf(key)) return null;
  const values = Object.fromEntries(
    pairs.flatMap(([name, text]) => {
      const value = isBindingField(name) ? readWord(name, text) : null;
      return value === null ? [] : [[name, value]];
    }),
  ) as Partial<BindingValues>;
  return { line, key, values };
}

function readWord(name: BindingField, text: string): string | number | boolean | null {
  switch (fieldRow(name).shape) {
    case 'enabled':
    case 'set':
      return /^(?:enable|disable)d?$/i.test(text) ? /^enable/i.test(text) : null;
    case 'number':
      return /^\d{1,10}$/.test(text) ? Number(text) : null;
    case 'hash':
      return /^[0-9a-f]{40}$/i.test(text) ? text.toLowerCase() : null;
    case 'guid':
      return /^\{[0-9a-f-]{36}\}$/i.test(text) ? text.toLowerCase() : null;
    case 'text':
      return text === '' || /[$%<>]/.test(text) ? null : text;
  }
}
