import { describe, expect, test } from 'vitest';
import { assemble } from '../../src/picture/assemble.ts';
import { read } from '../evidence/readings.ts';
import { writeEvtx } from '../support/evtx.ts';

const applicationHost = (folders: string): string => `<configuration>
  <system.applicationHost>
    <sites>
      <site name="Shop" id="1">${folders}
        <bindings><binding protocol="https" bindingInformation="*:443:" /></bindings>
      </site>
      <site name="Intern" id="2">
        <application path="/"><virtualDirectory path="/" physicalPath="D:\\sites\\intern" /></application>
        <bindings><binding protocol="https" bindingInformation="*:8443:" /></bindings>
      </site>
    </sites>
  </system.applicationHost>
  <location path="Shop/login"><system.webServer><security><access sslFlags="Ssl" /></security></system.webServer></location>
</configuration>`;
const shop = `
  <application path="/"><virtualDirectory path="/" physicalPath="%SystemDrive%\\inetpub\\shop" /></application>
  <application path="/api"><virtualDirectory path="/" physicalPath="E:\\apps\\api" /></application>`;
const webConfig =
  '<configuration><system.webServer><security><access sslFlags="Ssl, SslNegotiateCert, SslRequireCert" /></security></system.webServer></configuration>';

describe('the access rule of a web.config', () => {
  test.each([
    ['inetpub/shop/web.config', 1, ''],
    ['WEB01/C/inetpub/shop/Login/web.config', 1, 'Login'],
    ['shop/login/web.config', 1, 'login'],
    ['bundle.zip/e/apps/api/v1/web.config', 1, 'api/v1'],
    ['intern\\web.config', 2, ''],
    ['web.config', null, ''],
    ['other/web.config', null, ''],
  ])('in %s is of site %s, path "%s"', (name, id, path) => {
    const { hosts, notes } = assemble([
      read('applicationHost.config', applicationHost(shop)),
      read(name, webConfig),
    ]);
    const sites = hosts[0]!.sites.is === 'known' ? hosts[0]!.sites.value : [];
    const found = sites.flatMap((site) =>
      site.access.filter((rule) => rule.sslFlags.length === 3).map((rule) => [site.id, rule.path]),
    );
    expect(found).toEqual(id === null ? [] : [[id, path]]);
    expect(notes.some(({ message }) => message.includes('was not used'))).toBe(id === null);
  });

  test('takes the place of the rule of applicationHost.config for the same path', () => {
    const readings = [
      read('applicationHost.config', applicationHost(shop)),
      read('shop/LOGIN/web.config', webConfig),
    ];
    const { hosts } = assemble(readings);
    const [site] = hosts[0]!.sites.is === 'known' ? hosts[0]!.sites.value : [];
    expect(site!.access.map((rule) => [rule.path, rule.sslFlags.length])).toEqual([['LOGIN', 3]]);
  });

  test('of a folder that two sites share is used for neither', () => {
    const twice =
      '<application path="/"><virtualDirectory path="/" physicalPath="D:\\sites\\intern" /></application>';
    const readings = [
      read('applicationHost.config', applicationHost(twice)),
      read('sites/intern/web.config', webConfig),
    ];
    expect(assemble(readings).notes.some(({ message }) => message.includes('was not used'))).toBe(true);
  });
});

test('what was seen beside the state of a host carries its name', () => {
  const time = Date.UTC(2026, 2, 3, 2, 14);
  const log = writeEvtx([
    {
      provider: 'Schannel',
      id: 36887,
      computer: 'WEB01.example.com',
      time: time + 1000,
      data: { AlertDesc: '46' },
    },
    {
      provider: 'Microsoft-Windows-HttpEvent',
      id: 15300,
      computer: 'WEB01.example.com',
      time,
      data: { Endpoint: '0.0.0.0:443' },
    },
  ]);
  const certutil = `C:\\>certutil -store Root\nRoot "X"\n================ Certificate 0 ================
Serial Number: 01\nIssuer: CN=A\n NotBefore: 1/2/2020 8:00 AM\n NotAfter: 1/2/2040 8:00 AM\nSubject: CN=B
Cert Hash(sha1): 0123456789abcdef0123456789abcdef01234567\nCertUtil: -store command completed successfully.\n`;
  const picture = assemble([read('System.evtx', log), read('root.txt', certutil)]);
  expect(picture.hosts.map(({ name }) => name)).toEqual(['WEB01']);
  expect(picture.events?.map(({ host, id }) => [host, id])).toEqual([
    ['WEB01', 15300],
    ['WEB01', 36887],
  ]);
  expect(picture.listings).toMatchObject([
    { host: 'WEB01', store: 'Root', of: 'machine', whole: true, certificates: [{ root: false }] },
  ]);
  expect(picture.httpErrors).toBeUndefined();
});
