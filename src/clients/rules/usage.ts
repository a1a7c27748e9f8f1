import type { Message } from '../../base/message.ts';
import type { Offer } from '../model.ts';
import { type Check, message, PASS, type Question, type Stop } from './verdict.ts';
import { day } from './words.ts';

/** Checks of the leaf by itself: extended key usage, key usage, validity. */

export const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
export const ANY_USAGE = '2.5.29.37.0';

/** The leaf must allow client authentication: no EKU at all, clientAuth, or (where it counts) any usage. */
export function forClientAuth(anyCounts: 'counts' | 'does not count' | 'unverified'): Check {
  return ({ identity: { leaf } }) => {
    const usages = leaf.extendedKeyUsage;
    if (!usages || usages.includes(CLIENT_AUTH)) return PASS;
    const any = usages.includes(ANY_USAGE);
    if (any && anyCounts === 'counts') return PASS;
    const changes = [message('use-client-auth', { usage: `clientAuth (${CLIENT_AUTH})` })];
    if (any && anyCounts === 'unverified') {
      return {
        is: 'stop',
        offer: 'unknown',
        rule: 'any-extended-key-usage',
        reason: message('any-extended-key-usage'),
        changes,
        confidence: 'unverified',
      };
    }
    return hidden('extended-key-usage', { has: any ? 'any' : 'others' }, changes);
  };
}

/** NSS: a CA certificate counts as "SSL CA" as soon as it has an extended key usage, never as "SSL client". */
export const notACa: Check = ({ identity: { leaf } }) =>
  leaf.isCa && leaf.extendedKeyUsage ? hidden('ca-certificate', {}, [message('use-non-ca')]) : PASS;

/** Whether the leaf's key usage, when it has one, lacks digitalSignature. */
function lacksDigitalSignature({ identity: { leaf } }: Question): boolean {
  return leaf.keyUsage !== undefined && (leaf.keyUsage & 1) === 0;
}

/** Key usage, when present, must have digitalSignature. `otherwise` may depend on the request. */
export function mayDigitallySign(otherwise: Offer | ((question: Question) => Offer | 'pass')): Check {
  return (question) => {
    if (!lacksDigitalSignature(question)) return PASS;
    const offer = typeof otherwise === 'function' ? otherwise(question) : otherwise;
    if (offer === 'pass') return PASS;
    return {
      is: 'stop',
      offer,
      rule: 'key-usage',
      reason: message(offer === 'aborted' ? 'key-usage-aborted' : 'key-usage'),
      changes: [message('use-digital-signature')],
    };
  };
}

/** The leaf must be valid now; some look at its end only. */
export function valid(which: 'both ends' | 'end only'): Check {
  return ({ identity: { leaf }, at }) => {
    if (at > leaf.notAfter) {
      return hidden('expired', { date: day(leaf.notAfter) }, [message('renew')]);
    }
    if (which === 'end only' || at >= leaf.notBefore) return PASS;
    return hidden('not-yet-valid', { date: day(leaf.notBefore) }, [message('wait')]);
  };
}

function hidden(rule: string, facts: Message['facts'], changes: readonly Message[]): Stop {
  return { is: 'stop', offer: 'withheld', rule, reason: message(rule, facts), changes };
}
