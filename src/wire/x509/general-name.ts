import { toHex } from '../../base/bytes.ts';
import { latin1Text } from '../../base/text.ts';
import { children, type Element, oidText, readElement, stringText, TAG } from './der.ts';
import { parseName, printName } from './name.ts';

/** dns, email, uri, ip, directory, registered-id, upn (Windows' user principal name), other. */
export interface GeneralName {
  readonly kind: string;
  readonly value: string;
}

/** otherName that carries a user principal name, as Windows maps accounts by it. */
const UPN = '1.3.6.1.4.1.311.20.2.3';

/** One GeneralName as text (RFC 5280 4.2.1.6); throws Malformed. */
export function readGeneralName(element: Element): GeneralName {
  switch (element.tag) {
    case 0x81:
      return { kind: 'email', value: latin1Text(element.contents) };
    case 0x82:
      return { kind: 'dns', value: latin1Text(element.contents) };
    case 0x86:
      return { kind: 'uri', value: latin1Text(element.contents) };
    case 0x87:
      return { kind: 'ip', value: addressText(element.contents) };
    case 0x88:
      return { kind: 'registered-id', value: oidText(element.contents) };
    case 0xa4:
      return { kind: 'directory', value: printName(parseName(element.contents)) };
    case 0xa0:
      return otherName(element);
    default:
      return { kind: 'other', value: `#${toHex(element.der)}` };
  }
}

function otherName(element: Element): GeneralName {
  const [type, wrapped] = children(element.contents, 'otherName');
  if (type?.tag === TAG.oid && wrapped && oidText(type.contents) === UPN) {
    return { kind: 'upn', value: stringText(readElement(wrapped.contents, 0, 'otherName')) };
  }
  return { kind: 'other', value: `#${toHex(element.der)}` };
}

/** IPv4 dotted, IPv6 in groups without shortening, with the mask of a name constraint as hex. */
function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length !== 16) return `#${toHex(bytes)}`;
  return (toHex(bytes).match(/.{4}/g) ?? []).map((group) => group.replace(/^0{1,3}/, '')).join(':');
}
