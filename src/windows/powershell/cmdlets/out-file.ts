import { concat } from '../../../base/bytes.ts';
import { utf8Bytes, utf16Bytes } from '../../../base/text.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { formatted } from '../format.ts';
import { textOf } from '../values.ts';

/** `… | Out-File F [-Append]`: UTF-16LE with its mark, as Windows PowerShell writes it unless told otherwise. */
const outFile: Cmdlet = {
  name: 'Out-File',
  positional: ['filepath', 'encoding'],
  parameters: ['width', 'literalpath'],
  switches: ['append', 'force', 'noclobber'],
  run({ parameters, input, world }) {
    const name = textOf(parameters.get('filepath') ?? parameters.get('literalpath') ?? '');
    const text = formatted(input, world.context);
    const isUtf8 = /^(?:utf-?8|ascii|default|oem)/i.test(textOf(parameters.get('encoding') ?? ''));
    const before = parameters.get('append') === true ? world.context.read?.(name) : null;
    world.written.push({
      name,
      bytes: concat([before ?? new Uint8Array(0), isUtf8 ? utf8Bytes(text) : utf16Bytes(text, !before)]),
    });
    return [];
  },
};
export default outFile;
