import { Malformed, toHex } from '../../base/bytes.ts';
import { latin1Text } from '../../base/text.ts';
import { children, type Element, expect, oidText, readElement, TAG } from './der.ts';
import { type GeneralName, readGeneralName } from './general-name.ts';

/** An extension as it stands: nothing of its value is read yet. */
export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  /** Contents of the OCTET STRING. */
  readonly value: Uint8Array;
}

/** What the extensions say that clients, servers and diagnoses ask for (RFC 5280 4.2). */
export interface ExtensionFacts {
  extendedKeyUsage?: readonly string[];
  keyUsage?: number;
  isCa: boolean;
  subjectKeyId?: string;
  authorityKeyId?: string;
  subjectAltNames: readonly GeneralName[];
  crlUrls: readonly string[];
  aiaIssuerUrls: readonly string[];
  ocspUrls: readonly string[];
}

/** Splits the [3] EXPLICIT extensions of a certificate; what does not fit becomes an oddity. */
export function readExtensions(wrapped: Element, oddities: string[]): Extension[] {
  const extensions: Extension[] = [];
  keepingOddities('extensions', oddities, () => {
    for (const one of children(expect(wrapped.contents, TAG.sequence, 'extensions').contents, 'extensions')) {
      keepingOddities('extension', oddities, () => extensions.push(readExtension(one)));
    }
  });
  return extensions;
}

function readExtension(element: Element): Extension {
  const parts = children(element.contents, 'extension');
  const [oid] = parts;
  const value = parts.at(-1);
  if (oid?.tag !== TAG.oid || value?.tag !== TAG.octetString) {
    throw new Malformed('extension', element.at, 'not an OID and an OCTET STRING');
  }
  const flag = parts.length > 2 ? parts[1] : undefined;
  const critical = flag?.tag === TAG.boolean && flag.contents[0] !== 0;
  return { oid: oidText(oid.contents), critical, value: value.contents };
}

/** Reads the extensions we know; one that is garbage or stands twice is noted and left out. */
export function extensionFacts(extensions: readonly Extension[], oddities: string[]): ExtensionFacts {
  const facts: ExtensionFacts = {
    isCa: false,
    subjectAltNames: [],
    crlUrls: [],
    aiaIssuerUrls: [],
    ocspUrls: [],
  };
  const seen = new Set<string>();
  for (const { oid, value } of extensions) {
    const known = KNOWN[oid];
    if (seen.has(oid)) oddities.push(`extension ${known?.title ?? oid}: stands twice; the first is used`);
    else if (known) keepingOddities(`extension ${known.title}`, oddities, () => known.read(value, facts));
    seen.add(oid);
  }
  return facts;
}

function keepingOddities(what: string, oddities: string[], read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    oddities.push(`${what}: ${error.why}`);
  }
}

interface KnownExtension {
  readonly title: string;
  read(value: Uint8Array, facts: ExtensionFacts): void;
}

const KNOWN: Readonly<Record<string, KnownExtension>> = {
  '2.5.29.14': {
    title: 'subjectKeyIdentifier',
    read: (value, facts) => {
      facts.subjectKeyId = toHex(expect(value, TAG.octetString, 'subjectKeyIdentifier').contents);
    },
  },
  '2.5.29.15': {
    title: 'keyUsage',
    read: (value, facts) => {
      facts.keyUsage = keyUsageBits(expect(value, TAG.bitString, 'keyUsage'));
    },
  },
  '2.5.29.17': {
    title: 'subjectAltName',
    read: (value, facts) => {
      facts.subjectAltNames = sequence(value, 'subjectAltName').map(readGeneralName);
    },
  },
  '2.5.29.19': {
    title: 'basicConstraints',
    read: (value, facts) => {
      const [first] = sequence(value, 'basicConstraints');
      facts.isCa = first?.tag === TAG.boolean && first.contents[0] !== 0;
    },
  },
  '2.5.29.31': {
    title: 'cRLDistributionPoints',
    read: (value, facts) => {
      facts.crlUrls = sequence(value, 'cRLDistributionPoints').flatMap(distributionPointUrls);
    },
  },
  '2.5.29.35': {
    title: 'authorityKeyIdentifier',
    read: (value, facts) => {
      const id = sequence(value, 'authorityKeyIdentifier').find((part) => part.tag === 0x80);
      if (id) facts.authorityKeyId = toHex(id.contents);
    },
  },
  '2.5.29.37': {
    title: 'extKeyUsage',
    read: (value, facts) => {
      facts.extendedKeyUsage = sequence(value, 'extKeyUsage').map((one) => oidOf(one, 'extKeyUsage'));
    },
  },
  '1.3.6.1.5.5.7.1.1': {
    title: 'authorityInfoAccess',
    read: (value, facts) => {
      const entries = sequence(value, 'authorityInfoAccess').map(accessDescription);
      facts.ocspUrls = entries.flatMap(({ method, url }) => (method === OCSP ? [url] : []));
      facts.aiaIssuerUrls = entries.flatMap(({ method, url }) => (method === CA_ISSUERS ? [url] : []));
    },
  },
};

const OCSP = '1.3.6.1.5.5.7.48.1';
const CA_ISSUERS = '1.3.6.1.5.5.7.48.2';

function sequence(value: Uint8Array, what: string): Element[] {
  return children(expect(value, TAG.sequence, what).contents, what);
}

function oidOf(element: Element, what: string): string {
  if (element.tag !== TAG.oid) throw new Malformed(what, element.at, 'not an OBJECT IDENTIFIER');
  return oidText(element.contents);
}

/** Bit 0 of the number is the first named bit (digitalSignature), as in the model's Certificate. */
function keyUsageBits({ contents }: Element): number {
  if (contents.length === 0) throw new Malformed('keyUsage', 0, 'an empty BIT STRING');
  let bits = 0;
  for (let i = 0; i < 9; i++) {
    if (((contents[1 + (i >> 3)] ?? 0) >> (7 - (i & 7))) & 1) bits |= 1 << i;
  }
  return bits;
}

/** URIs of a DistributionPoint's fullName (RFC 5280 4.2.1.13). */
function distributionPointUrls(point: Element): string[] {
  const named = children(point.contents, 'DistributionPoint').find((part) => part.tag === 0xa0);
  const full = named && readElement(named.contents, 0, 'DistributionPointName');
  if (full?.tag !== 0xa0) return [];
  return children(full.contents, 'fullName').flatMap((one) =>
    one.tag === 0x86 ? [latin1Text(one.contents)] : [],
  );
}

function accessDescription(element: Element): { method: string; url: string } {
  const [method, location] = children(element.contents, 'AccessDescription');
  if (!method || !location)
    throw new Malformed('AccessDescription', element.at, 'not a method and a location');
  return {
    method: oidOf(method, 'AccessDescription'),
    url: location.tag === 0x86 ? latin1Text(location.contents) : '',
  };
}
