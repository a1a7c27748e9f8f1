import type { Host } from '../../host.ts';
import type { CommandResult } from '../command.ts';
import { say, type Verb } from './call.ts';

/** The forms that the lab takes; the explanations of the real help are left out. */
const FORMS: Readonly<Record<Verb, readonly string[]>> = {
  query: ['REG QUERY KeyName [/v ValueName | /ve] [/s]'],
  add: ['REG ADD KeyName [/v ValueName | /ve] [/t Type] [/s Separator] [/d Data] [/f]'],
  delete: ['REG DELETE KeyName [/v ValueName | /ve | /va] [/f]'],
  export: ['REG EXPORT KeyName FileName [/y]'],
  import: ['REG IMPORT FileName'],
};

export function usage(host: Host, verb?: Verb): CommandResult {
  if (verb) return say(host, 0, '', ...FORMS[verb], '');
  return say(host, 0, '', 'REG Operation [Parameter List]', '', ...Object.values(FORMS).flat(), '');
}
