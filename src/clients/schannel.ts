import { clientModel } from './rules/family.ts';
import { ignoresList } from './rules/issuer-list.ts';
import { platformScheme } from './rules/tls-stack.ts';

/**
 * Programs that hand Schannel or WinHTTP a certificate: curl on Windows, WinHttpSetOption. Without one Schannel may
 * search by itself, and how it filters then is undocumented.
 */
export default clientModel({
  id: 'schannel',
  title: 'Schannel, WinHTTP (certificate given)',
  name: 'A program on Schannel',
  source: 'Microsoft win32 documentation of Schannel credentials; not run',
  confidence: 'documented',
  checks: [platformScheme, ignoresList],
  offers: 'offered',
});
