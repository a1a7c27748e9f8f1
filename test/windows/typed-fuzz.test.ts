import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { utf8Bytes } from '../../src/base/text.ts';
import { readers } from '../../src/evidence/index.ts';
import { openReading } from '../../src/evidence/read.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { commands } from '../../src/windows/commands/index.ts';
import { emptyHost, type Host, type Site } from '../../src/windows/host.ts';
import { cmdlets } from '../../src/windows/powershell/cmdlets/index.ts';
import { freshRegistry } from '../../src/windows/registry/registry.ts';
import { SCHANNEL } from '../../src/windows/registry/view.ts';
import { hostFromJson, hostToJson } from '../../src/windows/serialize.ts';
import { runLine } from '../../src/windows/shell/run-line.ts';
import { issue } from '../support/pki.ts';
import { HASH, ip, record, sni, stored, wholeHost } from './support.ts';

/** Whatever is typed, there is an answer, and the host that it leaves can be kept. */

const root = issue({ subject: 'Root CA', ca: true });
const SITE: Site = {
  id: 1,
  name: 'Site',
  bindings: [{ protocol: 'https', information: '*:443:www.example.com', sslFlags: 1 }],
  access: [],
  because: [],
};
const lab = (): Host => ({
  ...wholeHost({
    trustMode: 2,
    bindings: [record(ip('0.0.0.0:443')), record(sni('www.example.com:443'))],
    stores: { Root: stored(root), CA: [], My: stored(root) },
    sites: [SITE],
  }),
  registry: freshRegistry(),
});

const WORDS = [
  ...Object.keys(commands),
  ...cmdlets.flatMap(({ name, positional, parameters = [], switches = [] }) => [
    name,
    ...[...positional, ...parameters, ...switches].map((one) => `-${one}`),
  ]),
  ...'http show add update delete sslcert list set config site query export import winhttp proxy'.split(' '),
  ...'-store -addstore -delstore -verify -dump -error -f -v /v /t /d /f /s /ve /va /y Root CA My x.cer a.reg 0 5'.split(
    ' ',
  ),
  ...'ipport=0.0.0.0:443 hostnameport=www.example.com:443 ccs=443 certstorename=My usagecheck=enable'.split(
    ' ',
  ),
  ...`certhash=${HASH} appid={4dc3e181-e14b-4a21-b022-59fc669b0914} -section:access -sslFlags:Ssl -commit:apphost`.split(
    ' ',
  ),
  ...`${SCHANNEL} HKLM:\\SYSTEM HKLM\\SOFTWARE\\X ClientAuthTrustMode REG_DWORD REG_SZ 1 Site Site/x`.split(
    ' ',
  ),
  ...'Cert:\\LocalMachine\\Root Cert:\\LocalMachine Cert:\\ | ; & && { } ( ) $_ . " \' ` ^ , -eq -ne -like @( $x = > >>'.split(
    ' ',
  ),
];
/** How commands that do something begin. */
const STARTS = [
  ...['show', 'add', 'update', 'delete'].map((verb) => `netsh http ${verb} sslcert`),
  ...['query', 'add', 'delete', 'export', 'import'].flatMap((verb) => [
    `reg ${verb}`,
    `reg ${verb} ${SCHANNEL}`,
  ]),
  ...['-error', '-store', '-addstore', '-delstore', '-verify', '-dump'].map((verb) => `certutil ${verb}`),
  ...['list site', 'set site', 'list config Site/x', 'set config Site/x'].map((words) => `appcmd ${words}`),
  ...cmdlets.map(({ name }) => name),
  'gci Cert:\\LocalMachine\\Root | Where-Object {',
  '(Get-WebBinding).AddSslCertificate(',
];
const line = fc
  .tuple(fc.constantFrom(...STARTS), fc.array(fc.constantFrom(...WORDS), { maxLength: 7 }))
  .map(([start, words]) => [start, ...words].join(' '));
const context = {
  now: Date.UTC(2026, 10, 25),
  digest: nodeCrypto,
  read: (name: string) => (name === 'x.cer' ? root.der : null),
};

describe('whatever is typed', () => {
  test.each(['cmd', 'powershell'] as const)('to %s', (shell) => {
    fc.assert(
      fc.property(line, fc.boolean(), (text, isWhole) => {
        const before = isWhole ? lab() : emptyHost('x');
        const { host, output, exitCode } = runLine(text, before, { ...context, shell });
        expect(output.replaceAll('\r\n', '')).not.toMatch(/undefined|\[object|NaN/);
        expect(Number.isInteger(exitCode)).toBe(true);
        expect(hostToJson(hostFromJson(JSON.parse(JSON.stringify(hostToJson(host)))))).toEqual(
          hostToJson(host),
        );
      }),
      { numRuns: 1500 },
    );
  });
});

test('what reg query prints is read back', () => {
  const { output } = runLine(`reg query ${SCHANNEL} /s`, lab());
  const reading = openReading({ name: 'query.txt' }, readers, nodeCrypto);
  reading.push(utf8Bytes(output));
  const { kind, claims } = reading.end();
  expect(kind).toBe('registry');
  expect(claims).toContainEqual(
    expect.objectContaining({ says: 'schannel-value', name: 'ClientAuthTrustMode', value: 2 }),
  );
});
