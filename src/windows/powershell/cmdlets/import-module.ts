import type { Cmdlet } from '../cmdlet.ts';

/** `Import-Module WebAdministration`: the modules of this field are there anyway. */
const importModule: Cmdlet = {
  name: 'Import-Module',
  aliases: ['ipmo'],
  positional: ['name'],
  switches: ['force'],
  run: () => [],
};
export default importModule;
