import crypto from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { answerOf, Unanswered } from '../../src/base/known.ts';
import { utf8Bytes } from '../../src/base/text.ts';
import * as tables from '../../src/codes/names.generated.ts';
import { openNames } from '../../src/codes/names.ts';
import { readers } from '../../src/evidence/index.ts';
import { openReading } from '../../src/evidence/read.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import type { CommandContext } from '../../src/windows/commands/command.ts';
import { commands } from '../../src/windows/commands/index.ts';
import { emptyHost, type Host, store } from '../../src/windows/host.ts';
import { freshRegistry } from '../../src/windows/registry/registry.ts';
import { encodePkcs7 } from '../../src/wire/identity/pkcs7.ts';
import { issue } from '../support/pki.ts';
import { stored, wholeHost } from './support.ts';

const NOW = Date.now();
const root = issue({ subject: 'Root CA', ca: true });
const issuing = issue({ subject: 'Issuing CA', ca: true, issuer: root });
const user = issue({ subject: 'user', issuer: issuing });
const [storedRoot] = stored(root);
const [storedIssuing] = stored(issuing);

const lab = (stores: Parameters<typeof wholeHost>[0]): Host => ({
  ...wholeHost(stores),
  registry: freshRegistry(),
});
const host = (build: '2022' | '2012r2' = '2022') =>
  lab({ build, stores: { Root: stored(root), CA: stored(issuing), My: stored(user) } });

const files: Readonly<Record<string, Uint8Array>> = {
  'root.cer': root.der,
  'issuing.cer': issuing.der,
  'user.cer': user.der,
  'bag.p7b': encodePkcs7([root.der, issuing.der]),
  'not.cer': utf8Bytes('hello'),
};
const context: CommandContext = {
  read: (name) => files[name] ?? null,
  digest: nodeCrypto,
  names: openNames(tables),
  now: NOW,
  hasKey: (thumbprint) => thumbprint === stored(user)[0]!.thumbprint,
  isSignedBy: (one, by) =>
    new crypto.X509Certificate(one.der).verify(new crypto.X509Certificate(by.der).publicKey),
};
const certutil = (one: Host, line: string, more: CommandContext = context) =>
  commands.certutil!(line.split(' '), one, more);
const text = (one: Host, line: string) => certutil(one, line).output.split('\r\n');
const held = (one: Host, name: string) => answerOf(store(one, name)).map((each) => each.thumbprint);

describe('-error', () => {
  test.each([
    ['5', '0x5 (WIN32: 5 ERROR_ACCESS_DENIED) -- 5 (5)', 'Access is denied.'],
    [
      '0x80070005',
      '0x80070005 (WIN32: 5 ERROR_ACCESS_DENIED) -- 2147942405 (-2147024891)',
      'Access is denied.',
    ],
    [
      '2148204809',
      '0x800b0109 (-2146762487 CERT_E_UNTRUSTEDROOT) -- 2148204809 (-2146762487)',
      'A certificate chain',
    ],
    [
      '-2146762487',
      '0x800b0109 (-2146762487 CERT_E_UNTRUSTEDROOT) -- 2148204809 (-2146762487)',
      'A certificate chain',
    ],
    [
      '0xc00000fd',
      '0xc00000fd (NT: 0xc00000fd STATUS_STACK_OVERFLOW) -- 3221225725 (-1073741571)',
      '(the lab has no text',
    ],
  ])('%s', (code, first, message) => {
    const { output, exitCode } = certutil(host(), `-error ${code}`);
    const [line, second, third] = output.split('\r\n');
    expect(line).toBe(first);
    expect(second).toMatch(/^Error message text: /);
    expect(second).toContain(message);
    expect([third, exitCode]).toEqual(['CertUtil: -error command completed successfully.', 0]);
  });

  test.each(['-error', '-error {error code}', '-error nonsense'])('%s fails', (line) => {
    expect(certutil(host(), line).exitCode).toBe(-2147024809);
  });
});

describe('-store', () => {
  test('lists as certutil does, and the reader of such texts understands it', () => {
    const { output } = certutil(host(), '-store Root');
    expect(output).toMatch(
      /^Root "Trusted Root Certification Authorities"\r\n={16} Certificate 0 ={16}\r\nSerial Number: /,
    );
    expect(output).toContain('Signature matches Public Key\r\nRoot Certificate: Subject matches Issuer\r\n');
    expect(output).toMatch(/CertUtil: -store command completed successfully\.\r\n$/);
    const reading = openReading({ name: 'root.txt' }, readers, nodeCrypto);
    reading.push(utf8Bytes(`C:\\>certutil -store Root\r\n${output}`));
    const { kind, notes } = reading.end();
    expect([kind, notes.map(({ message }) => message)]).toEqual(['certutil', []]);
  });

  test('tells a certificate with its key from one without', () => {
    expect(text(host(), '-store my')).toContainEqual(expect.stringMatching(/^ {2}Key Container = /));
    expect(text(host(), '-store CA')).toContain('No key provider information');
  });

  test('finds by number, hash, serial number and subject, and writes the certificate', () => {
    const { thumbprint, certificate } = storedIssuing!;
    for (const id of ['0', thumbprint.toUpperCase(), certificate.serial, 'Issuing'])
      expect(text(host(), `-store CA ${id}`).join()).toContain('Subject: CN=Issuing CA');
    expect(certutil(host(), '-store CA 0 out.cer').written).toEqual([
      { name: 'out.cer', bytes: issuing.der },
    ]);
  });

  test('what is not there has the codes of Windows', () => {
    expect(certutil(host(), '-store CA nobody')).toMatchObject({ exitCode: -2146885628 });
    expect(text(host(), '-store CA nobody').slice(1, 3)).toEqual([
      'CertUtil: -store command FAILED: 0x80092004 (-2146885628 CRYPT_E_NOT_FOUND)',
      'CertUtil: Cannot find object or property.',
    ]);
    expect(text(host(), '-store Nonsense')[0]).toBe(
      'CertUtil: -store command FAILED: 0x80070002 (WIN32: 2 ERROR_FILE_NOT_FOUND)',
    );
    // Every Windows has this one.
    expect(certutil(host(), '-store Disallowed').exitCode).toBe(0);
    expect(() => certutil(emptyHost('x'), '-store Root')).toThrow(Unanswered);
    expect(() => certutil(host(), '-user -store My')).toThrow(Unanswered);
  });

  test('-v shows the certificate at length', () => {
    const all = text(host('2012r2'), '-v -store Root');
    expect(all).toContain('X509 Certificate:');
    expect(all).toContain('    CN=Root CA');
    expect(all).toContain('        Subject Type=CA');
    const spaced = storedRoot!.thumbprint.match(/../g)!.join(' ');
    expect(all).toContain(`Cert Hash(sha1): ${spaced}`);
  });

  test('in German, as far as a sample shows it', () => {
    const { output } = certutil(host(), '-store My', { ...context, language: 'de' });
    expect(output).toMatch(/^My "Eigene Zertifikate"\r\n={16} Zertifikat 0 ={16}\r\nSeriennummer: /);
    expect(output).toMatch(/\r\n Nicht vor: \d\d\.\d\d\.\d{4} \d\d:\d\d\r\n/);
    expect(output).toContain('\r\nKein Stammzertifikat\r\n');
    expect(output).toMatch(/wurde erfolgreich ausgeführt\.\r\n$/);
  });
});

describe('-addstore and -delstore', () => {
  test('add what the file holds, once', () => {
    const after = certutil(host(), '-f -addstore ClientAuthIssuer issuing.cer');
    expect(after.output.split('\r\n').slice(0, 2)).toEqual([
      'ClientAuthIssuer "Client Authentication Issuers"',
      'Certificate "Issuing CA" added to store.',
    ]);
    expect(held(after.host, 'clientauthissuer')).toEqual([storedIssuing!.thumbprint]);
    const again = certutil(after.host, '-addstore ClientAuthIssuer bag.p7b');
    expect(again.output).toContain('"Issuing CA" already in store.');
    expect(held(again.host, 'clientauthissuer')).toHaveLength(2);
  });

  test('a name that Windows does not know makes a store', () => {
    expect(
      held(certutil(host(), '-addstore ClientAuthIssuers issuing.cer').host, 'clientauthissuers'),
    ).toHaveLength(1);
  });

  test('Root takes others than roots with -f alone', () => {
    const one = host();
    expect(certutil(one, '-addstore Root issuing.cer')).toMatchObject({ host: one, exitCode: -2147024809 });
    expect(held(certutil(one, '-f -addstore Root issuing.cer').host, 'root')).toHaveLength(2);
  });

  test('take away what an id names', () => {
    const after = certutil(host(), `-delstore CA ${storedIssuing!.certificate.serial}`);
    expect([held(after.host, 'ca'), after.exitCode]).toEqual([[], 0]);
    expect(certutil(after.host, '-delstore CA 0').exitCode).toBe(-2146885628);
  });

  test.each([
    ['no file', '-addstore CA gone.cer', -2147024894],
    ['no certificate', '-addstore CA not.cer', -2147024883],
    ['no store', '-addstore', -2147024809],
    ['no id', '-delstore CA', -2147024809],
    ['a switch that is none', '-foo -store CA', -2147024809],
  ])('%s changes nothing', (_, line, exitCode) => {
    const one = host();
    expect(certutil(one, line)).toMatchObject({ host: one, exitCode });
  });

  test('without a file at hand the model does not know', () => {
    expect(() => commands.certutil!(['-addstore', 'CA', 'x.cer'], host())).toThrow(Unanswered);
  });
});

describe('-verify', () => {
  const verdict = (one: Host, file: string, more = context) =>
    certutil(one, `-verify -urlfetch ${file}`, more)
      .output.split('-'.repeat(36))
      .at(-1)!
      .trim()
      .split('\r\n');

  test('a chain to a root of the machine', () => {
    expect(verdict(host(), 'user.cer')[0]).toBe('Verified Issuance Policies: None');
    const all = certutil(host(), '-verify user.cer').output;
    expect(all.match(/CertContext\[0\]\[\d\]: dwInfoStatus=\w+ dwErrorStatus=0\r\n/g)).toHaveLength(3);
  });

  test('no root, no issuer, out of date, distrusted', () => {
    const noRoot = lab({ stores: { Root: [], CA: stored(issuing, root) } });
    expect(verdict(noRoot, 'user.cer')[0]).toBe('Verifies against UNTRUSTED root');
    const noIssuer = lab({ stores: { Root: stored(root), CA: [] } });
    expect(verdict(noIssuer, 'user.cer').slice(0, 3)).toEqual([
      'Incomplete certificate chain',
      'Cannot find certificate:',
      '    CN=Issuing CA',
    ]);
    const later = { ...context, now: NOW + 100 * 365 * 86_400_000 };
    expect(verdict(host(), 'user.cer', later)[0]).toBe('Expired certificate');
    const banned = lab({ stores: { Root: stored(root), CA: stored(issuing), Disallowed: stored(issuing) } });
    expect(verdict(banned, 'user.cer').join()).toMatch(/explicitly distrusted/);
  });
});

describe('-dump', () => {
  test('one certificate at length, several in short', () => {
    expect(text(host(), '-dump user.cer')[0]).toBe('X509 Certificate:');
    expect(text(host(), 'user.cer')[0]).toBe('X509 Certificate:');
    expect(certutil(host(), '-dump bag.p7b').output.match(/= Certificate \d =/g)).toHaveLength(2);
    expect(certutil(host(), '-dump not.cer').exitCode).toBe(-2147024883);
  });
});
