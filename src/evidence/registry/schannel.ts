import { regNumber } from '../../windows/registry/reg-data.ts';
import type { SchannelValue } from '../claims.ts';
import { claimSchannelSettings } from './machine-settings.ts';
import { type Area, locusOf, valueIn } from './section.ts';

const NAMES: readonly SchannelValue['name'][] = [
  'SendTrustedIssuerList',
  'ClientAuthTrustMode',
  'EventLogging',
];

const WHY_NOT = {
  deleted: 'the file would delete it',
  text: 'it is a text',
  bytes: 'it is no DWORD',
  dword: '',
};

/** Values of the SCHANNEL key (domain 4.1). */
export const schannel: Area = {
  path: /^SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL$/i,
  read(section, _path, context) {
    let unread = false;
    for (const name of NAMES) {
      const value = valueIn(section, name);
      if (!value) continue;
      const at = locusOf(context, value);
      const number = regNumber(value.data);
      if (number !== null) context.claim({ says: 'schannel-value', name, value: number, at });
      else {
        unread = true;
        const why = value.data.is === 'unreadable' ? value.data.why : WHY_NOT[value.data.is];
        context.note({ at, message: `${name} was not read (${why}): export the key again` });
      }
    }
    claimSchannelSettings(section, context);
    const at = locusOf(context, section.key);
    if (section.whole && !unread) context.claim({ says: 'schannel-key-whole', at });
    else if (!section.whole) {
      context.note({
        at,
        message:
          'the SCHANNEL key may not be whole here, so that a value it lacks is not taken for absent: give reg export "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL" schannel.reg',
      });
    }
  },
};
