import { Malformed } from '../../base/bytes.ts';
import { children, type Element, expect, oidText, readElement, stringText, TAG } from '../x509/der.ts';

/** SafeContents of PKCS#12: bags of certificates and keys (RFC 7292 4.2). */

export type Bag = CertificateBag | KeyBag | { readonly is: 'passed-over'; readonly what: string };

export interface CertificateBag {
  readonly is: 'certificate';
  readonly der: Uint8Array;
  readonly friendlyName?: string;
}

export interface KeyBag {
  readonly is: 'key';
  /** PKCS#8 PrivateKeyInfo, or EncryptedPrivateKeyInfo when shrouded. */
  readonly info: Element;
  readonly shrouded: boolean;
  readonly friendlyName?: string;
}

const BAG = '1.2.840.113549.1.12.10.1.';
const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1';
const FRIENDLY_NAME = '1.2.840.113549.1.9.20';

const OTHER_BAGS: Readonly<Record<string, string>> = {
  '4': 'a revocation list',
  '5': 'a secret that is no key pair',
};

/** Safes may hold safes; deeper than this none does. */
const DEEPEST = 8;

/** Reads SafeContents (DER); throws Malformed. */
export function readBags(der: Uint8Array, depth = 0): Bag[] {
  const bags = children(expect(der, TAG.sequence, 'SafeContents').contents, 'SafeContents');
  return bags.flatMap((bag) => readBag(bag, depth));
}

function readBag(bag: Element, depth: number): Bag[] {
  const [type, wrapped, attributes] = children(bag.contents, 'SafeBag');
  if (type?.tag !== TAG.oid || wrapped?.tag !== 0xa0)
    throw new Malformed('SafeBag', bag.at, 'no type and value');
  const oid = oidText(type.contents);
  const value = readElement(wrapped.contents, 0, 'SafeBag');
  const kind = oid.startsWith(BAG) ? oid.slice(BAG.length) : oid;
  const friendlyName = friendlyNameIn(attributes);
  const named = friendlyName === undefined ? {} : { friendlyName };
  switch (kind) {
    case '1':
    case '2':
      return [{ is: 'key', info: value, shrouded: kind === '2', ...named }];
    case '3':
      return [certificateBag(value, named)];
    case '6':
      if (depth >= DEEPEST) throw new Malformed('SafeBag', bag.at, 'safes nested too deep');
      return readBags(value.der, depth + 1);
    default:
      return [{ is: 'passed-over', what: OTHER_BAGS[kind] ?? `a bag of type ${oid}` }];
  }
}

function certificateBag(value: Element, named: { friendlyName?: string }): Bag {
  const [type, wrapped] = children(value.contents, 'CertBag');
  if (type?.tag !== TAG.oid || !wrapped) throw new Malformed('CertBag', value.at, 'no type and value');
  if (oidText(type.contents) !== X509_CERTIFICATE)
    return { is: 'passed-over', what: 'a certificate that is not X.509' };
  return { is: 'certificate', der: expect(wrapped.contents, TAG.octetString, 'CertBag').contents, ...named };
}

function friendlyNameIn(attributes: Element | undefined): string | undefined {
  if (attributes?.tag !== TAG.set) return undefined;
  for (const attribute of children(attributes.contents, 'bag attributes')) {
    const [type, values] = children(attribute.contents, 'bag attribute');
    if (type?.tag !== TAG.oid || oidText(type.contents) !== FRIENDLY_NAME) continue;
    const [value] = children(values?.contents ?? new Uint8Array(0), 'friendlyName');
    return value ? stringText(value) : undefined;
  }
  return undefined;
}
