import type { Cmdlet } from '../cmdlet.ts';
import { propertyLines } from '../format.ts';
import { isObject, listOf, type PsObject, textOf } from '../values.ts';

/** What `Format-List` shows of a certificate when no property is named. */
const OF_CERTIFICATE = ['Subject', 'Issuer', 'Thumbprint', 'FriendlyName', 'NotBefore', 'NotAfter'];

/** `Format-List [-Property] A,B | *`. */
const formatList: Cmdlet = {
  name: 'Format-List',
  aliases: ['fl'],
  positional: ['property'],
  switches: ['force'],
  unverified: 'the extensions that it lists of a certificate are left out',
  run({ parameters, input, world }) {
    const names = listOf(parameters.get('property') ?? null).map((one) => textOf(one));
    const chosen = (value: PsObject) =>
      names.length > 0 ? names : value.view === 'certificate' ? OF_CERTIFICATE : null;
    const blocks = input.flatMap((one) => [
      ...propertyLines(one, isObject(one) ? chosen(one) : null, world.context),
      '',
    ]);
    return input.length === 0 ? [] : ['', ...blocks, ''];
  },
};
export default formatList;
