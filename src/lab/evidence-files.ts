import { answerOf } from '../base/known.ts';
import { utf8Bytes } from '../base/text.ts';
import type { EvidenceFile } from '../machine/machine.ts';
import type { Host, Site } from '../windows/host.ts';
import { exportBytes } from '../windows/registry/export.ts';
import { registryTree, SCHANNEL } from '../windows/registry/view.ts';
import { spelledStore } from '../windows/stores/names.ts';
import { encodePkcs7 } from '../wire/identity/pkcs7.ts';

/** The lab's host as the files that an administrator would collect on a real one, byte for byte in their form. */

/** Every machine store, as Export-Certificate -Type P7B writes it; an empty one as an empty list. */
export function storeFiles(host: Host): EvidenceFile[] {
  return [...host.stores].map(([name, store]) => ({
    name: `${spelledStore(name)}.p7b`,
    bytes: encodePkcs7(answerOf(store).map((one) => one.certificate.der)),
  }));
}

/** `reg export` of the SCHANNEL key. */
export function schannelFile(host: Host): EvidenceFile {
  return { name: 'schannel.reg', bytes: exportBytes(registryTree(host, SCHANNEL)) };
}

/** applicationHost.config as far as it says anything here: sites with their bindings, access rules by location. */
export function configurationFile(host: Host): EvidenceFile {
  const sites = answerOf(host.sites);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<configuration>',
    '',
    '    <system.applicationHost>',
    '        <sites>',
    ...sites.flatMap(siteLines),
    '            <siteDefaults>',
    '                <logFile logFormat="W3C" directory="%SystemDrive%\\inetpub\\logs\\LogFiles" />',
    '            </siteDefaults>',
    '        </sites>',
    '    </system.applicationHost>',
    '',
    '    <system.webServer>',
    '        <security>',
    '            <access sslFlags="None" />',
    '        </security>',
    '    </system.webServer>',
    '',
    ...sites.flatMap(locationLines),
    '</configuration>',
  ];
  return { name: 'applicationHost.config', bytes: utf8Bytes(crlf(lines)) };
}

function siteLines({ id, name, bindings }: Site): string[] {
  const binding = ({ protocol, information, sslFlags }: Site['bindings'][number]) =>
    `                    <binding protocol="${protocol}" bindingInformation="${xml(information)}" sslFlags="${sslFlags}" />`;
  return [
    `            <site name="${xml(name)}" id="${id}" serverAutoStart="true">`,
    '                <application path="/">',
    '                    <virtualDirectory path="/" physicalPath="%SystemDrive%\\inetpub\\wwwroot" />',
    '                </application>',
    '                <bindings>',
    ...bindings.map(binding),
    '                </bindings>',
    '            </site>',
  ];
}

/** Rules that IIS Manager writes for a path stand in a <location> at the end of the file. */
function locationLines(site: Site): string[] {
  return site.access.flatMap(({ path, sslFlags }) => [
    `    <location path="${xml(path === '' ? site.name : `${site.name}/${path.replace(/^\//, '')}`)}">`,
    '        <system.webServer>',
    '            <security>',
    `                <access sslFlags="${sslFlags.join(', ') || 'None'}" />`,
    '            </security>',
    '        </system.webServer>',
    '    </location>',
  ]);
}

function xml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}

const crlf = (lines: readonly string[]): string => lines.map((line) => `${line}\r\n`).join('');
