import { expect, test } from 'vitest';
import { withoutSecrets } from '../../src/machine/collection/secrets.ts';

test.each([
  ['<virtualDirectory path="/" userName="CORP\\svc" password="[enc:AesProvider:SECRET:enc]" />'],
  ["<processModel identityType='SpecificUser' password='SECRET' />"],
  ['<machineKey validationKey="SECRET" decryptionKey = "SECRET" validation="SHA1" />'],
  ['<add name="db" connectionString="Server=db;User Id=sa;Password=SECRET;" />'],
  ['<sessionState sqlConnectionString="data source=db;pwd=SECRET" stateConnectionString="SECRET" />'],
  ['<appSettings><add key="Anything" value="SECRET" /></appSettings>'],
  ["<add value='SECRET' key='Anything'/>"],
  ['<environmentVariable name="X" value="SECRET" />'],
  ['<customHeaders><add name="X-Api-Key" value="SECRET" /></customHeaders>'],
  ['<add name="AesProvider" type="x" keyContainerName="iis" sessionKey="SECRET" />'],
  ['<x note="Data Source=a;PASSWORD = SECRET;b" />'],
  ['<password>SECRET</password>'],
  ['<EncryptedData><CipherData><CipherValue>SECRET==</CipherValue></CipherData></EncryptedData>'],
  ['<add\n  name="db"\n  connectionString="SECRET"\n/>'],
])('%s', (text) => {
  expect(withoutSecrets(text)).not.toContain('SECRET');
  expect(withoutSecrets(text)).toContain('[removed]');
});

test('what bears on logons by certificate stays as it is', () => {
  const text = `<configuration>
  <sites><site name="Default Web Site" id="1"><bindings><binding protocol="https" bindingInformation="*:443:www.example.com" sslFlags="1" /></bindings></site></sites>
  <location path="x"><security><access sslFlags="Ssl, SslNegotiateCert" /></security></location>
  <iisClientCertificateMappingAuthentication enabled="true"><oneToOneMappings><add enabled="true" certificate="MIIC" /></oneToOneMappings></iisClientCertificateMappingAuthentication>
  <windowsAuthentication enabled="true"><extendedProtection tokenChecking="None" /></windowsAuthentication>
  <customMetadata><key path="LM/W3SVC/1"><property id="5506" value="00 11" /></key></customMetadata>
</configuration>`;
  expect(withoutSecrets(text)).toBe(text);
});

test('a mapping keeps its place, so that mappings are still counted', () => {
  const text =
    '<oneToOneMappings><add enabled="true" userName="u" password="SECRET" certificate="MII" /></oneToOneMappings>';
  expect(withoutSecrets(text)).toBe(text.replace('SECRET', '[removed]'));
});
