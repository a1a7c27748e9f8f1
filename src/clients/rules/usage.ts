import type { Offer } from '../model.ts';
import { type Check, PASS, type Question, type Stop } from './family.ts';
import { day } from './words.ts';

/** Checks of the leaf by itself: extended key usage, key usage, validity. */

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const ANY = '2.5.29.37.0';

/** The leaf must allow client authentication: no EKU at all, clientAuth, or (where it counts) any usage. */
export function forClientAuth(anyCounts: 'counts' | 'does not count' | 'unverified'): Check {
  return ({ identity: { leaf }, family }) => {
    const usages = leaf.extendedKeyUsage;
    if (!usages || usages.includes(CLIENT_AUTH)) return PASS;
    const any = usages.includes(ANY);
    if (any && anyCounts === 'counts') return PASS;
    const wouldChange = ['use a certificate with the extended key usage clientAuth (1.3.6.1.5.5.7.3.2)'];
    if (any && anyCounts === 'unverified') {
      return {
        is: 'stop',
        offer: 'unknown',
        rule: 'any-extended-key-usage',
        because: `Its extended key usage allows any purpose without naming clientAuth, and whether ${family.name} takes that is not verified.`,
        wouldChange,
        confidence: 'unverified',
      };
    }
    const has = any ? 'names any purpose but not clientAuth itself' : 'does not include clientAuth';
    return hidden(
      'extended-key-usage',
      `Its extended key usage ${has}, so ${family.name} does not show it.`,
      wouldChange,
    );
  };
}

/** NSS: a CA certificate counts as "SSL CA" as soon as it has an extended key usage, never as "SSL client". */
export const notACa: Check = ({ identity: { leaf }, family }) =>
  leaf.isCa && leaf.extendedKeyUsage
    ? hidden(
        'ca-certificate',
        `It is a CA certificate (basicConstraints CA:TRUE), which ${family.name} does not count as a client's.`,
        ['use a certificate without CA:TRUE'],
      )
    : PASS;

/** Whether the leaf's key usage, when it has one, lacks digitalSignature. */
export function lacksDigitalSignature({ identity: { leaf } }: Question): boolean {
  return leaf.keyUsage !== undefined && (leaf.keyUsage & 1) === 0;
}

/** Key usage, when present, must have digitalSignature. `otherwise` may depend on the request. */
export function mayDigitallySign(otherwise: Offer | ((question: Question) => Offer | 'pass')): Check {
  return (question) => {
    if (!lacksDigitalSignature(question)) return PASS;
    const offer = typeof otherwise === 'function' ? otherwise(question) : otherwise;
    if (offer === 'pass') return PASS;
    const verb = offer === 'aborted' ? 'ends the handshake over it' : 'does not offer it';
    return {
      is: 'stop',
      offer,
      rule: 'key-usage',
      because: `Its key usage lacks digitalSignature, and ${question.family.name} ${verb}.`,
      wouldChange: ['use a certificate with the key usage digitalSignature'],
    };
  };
}

/** The leaf must be valid now; some look at its end only. */
export function valid(which: 'both ends' | 'end only'): Check {
  return ({ identity: { leaf }, at, family }) => {
    if (at > leaf.notAfter) {
      return hidden(
        'expired',
        `It expired on ${day(leaf.notAfter)}, and ${family.name} hides expired certificates.`,
        ['renew the certificate'],
      );
    }
    if (which === 'end only' || at >= leaf.notBefore) return PASS;
    return hidden(
      'not-yet-valid',
      `It is valid only from ${day(leaf.notBefore)}, and ${family.name} hides it until then.`,
      ['wait, or set the clock right'],
    );
  };
}

function hidden(rule: string, because: string, wouldChange: readonly string[]): Stop {
  return { is: 'stop', offer: 'withheld', rule, because, wouldChange };
}
