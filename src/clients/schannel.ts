import { clientModel } from './rules/family.ts';
import { ignoresList } from './rules/issuer-list.ts';
import { SCHANNEL_LATE } from './rules/late.ts';
import { applicationPicks } from './rules/picks.ts';
import { platformScheme } from './rules/tls-stack.ts';

/**
 * Programs that hand Schannel or WinHTTP a certificate: curl on Windows, WinHttpSetOption. Without one Schannel may
 * search by itself, and how it filters then is undocumented.
 */
export default clientModel({
  id: 'schannel',
  title: 'Schannel, WinHTTP',
  name: 'Schannel',
  source: 'Microsoft win32 documentation of Schannel credentials; not run',
  confidence: 'documented',
  checks: [platformScheme, ignoresList],
  offers: 'offered',
  picks: applicationPicks,
  late: SCHANNEL_LATE,
});
