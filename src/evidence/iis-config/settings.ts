import type { IisSettingName } from '../claims.ts';
import type { XmlElement } from '../xml.ts';

/** A setting beside sites and access rules, and where it holds. */
export interface FoundSetting {
  /** '' the whole server; of 5506 the metabase key. */
  readonly location: string;
  readonly name: IisSettingName;
  readonly value: string;
  readonly line: number;
}

type Read = (element: XmlElement) => readonly (readonly [IisSettingName, string | undefined])[];

const attribute = (element: XmlElement, name: string): string | undefined =>
  element.attributes.get(name)?.trim();

/** How many <add> a list of mappings has; their accounts and certificates are nobody's business. */
function mappings(element: XmlElement, name: string): string | undefined {
  const list = element.children.find((child) => child.name === name);
  return list && `${list.children.filter((child) => child.name === 'add').length}`;
}

/** What bears on certificate logon (domain 5.3): by the name of its element. */
const SECTIONS: Readonly<Record<string, Read>> = {
  serverRuntime: (element) => [['uploadReadAheadSize', attribute(element, 'uploadReadAheadSize')]],
  iisClientCertificateMappingAuthentication: (element) => [
    ['iisClientCertificateMapping.enabled', attribute(element, 'enabled')],
    ['iisClientCertificateMapping.oneToOne', mappings(element, 'oneToOneMappings')],
    ['iisClientCertificateMapping.manyToOne', mappings(element, 'manyToOneMappings')],
  ],
  clientCertificateMappingAuthentication: (element) => [
    ['clientCertificateMapping.enabled', attribute(element, 'enabled')],
  ],
  configurationRedirection: (element) => [
    ['redirection.enabled', attribute(element, 'enabled')],
    ['redirection.path', attribute(element, 'path')],
  ],
};

/** Property of the old metabase by which a site's certificate hash makes the ABO layer rewrite records (domain 1.6). */
const CERTIFICATE_HASH = '5506';

/** Every setting, with the paths of the <location>s around it joined. */
export function findSettings(
  roots: readonly XmlElement[],
  join: (outer: string, path?: string) => string,
): FoundSetting[] {
  const found: FoundSetting[] = [];
  const left = roots.map((element) => ({ element, location: '' })).reverse();
  for (let next = left.pop(); next; next = left.pop()) {
    const { element, location } = next;
    const inside = element.name === 'location' ? join(location, element.attributes.get('path')) : location;
    const read = Object.hasOwn(SECTIONS, element.name) ? SECTIONS[element.name] : undefined;
    for (const [name, value] of read?.(element) ?? [])
      if (value !== undefined) found.push({ location: inside, name, value, line: element.line });
    if (element.name === 'customMetadata') found.push(...certificateHashes(element));
    for (const child of element.children.toReversed()) left.push({ element: child, location: inside });
  }
  return found;
}

function certificateHashes(metadata: XmlElement): FoundSetting[] {
  return metadata.children.flatMap((key) =>
    key.children
      .filter((property) => property.name === 'property' && attribute(property, 'id') === CERTIFICATE_HASH)
      .map((property) => ({
        location: attribute(key, 'path') ?? '',
        name: 'metabase.5506' as const,
        value: attribute(property, 'value') ?? '',
        line: property.line,
      })),
  );
}
