import { describe, expect, test } from 'vitest';
import { known, Unanswered } from '../../src/base/known.ts';
import { commands } from '../../src/windows/commands/index.ts';
import { emptyHost, type Host } from '../../src/windows/host.ts';
import { SCHANNEL_KEY } from '../../src/windows/schannel/registry.ts';
import { wholeHost } from './support.ts';

const reg = (host: Host, verb: string, ...options: string[]) =>
  commands.reg!([verb, SCHANNEL_KEY, ...options], host);
const NAME = ['/v', 'SendTrustedIssuerList'];
const DATA = ['/t', 'REG_DWORD', '/d', '1'];

describe('reg on the SCHANNEL key', () => {
  test('add writes a value, with the command as its evidence', () => {
    const { host, output, exitCode } = reg(emptyHost('x'), 'add', ...NAME, ...DATA, '/f');
    expect([output, exitCode]).toEqual(['The operation completed successfully.\r\n', 0]);
    const source = `foreseen: reg add ${SCHANNEL_KEY} /v SendTrustedIssuerList /t REG_DWORD /d 1 /f`;
    expect(host.schannel.sendTrustedIssuerList).toEqual(known(1, [{ source }]));
  });

  test('add without /f overwrites nothing', () => {
    expect(reg(wholeHost(), 'add', ...NAME, ...DATA).exitCode).toBe(0);
    const set = wholeHost({ sendList: 0 });
    expect(reg(set, 'add', ...NAME, ...DATA)).toMatchObject({ host: set, exitCode: 1 });
  });

  test('delete takes it away, once', () => {
    const { host, exitCode } = reg(wholeHost({ sendList: 1 }), 'delete', ...NAME, '/f');
    expect([host.schannel.sendTrustedIssuerList, exitCode]).toMatchObject([{ value: undefined }, 0]);
    expect(reg(host, 'delete', ...NAME, '/f').output).toContain('unable to find');
  });

  test('query prints it as reg does', () => {
    expect(reg(wholeHost({ trustMode: 2 }), 'query', '/v', 'clientauthtrustmode').output).toBe(
      '\r\nHKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\r\n' +
        '    ClientAuthTrustMode    REG_DWORD    0x2\r\n\r\n',
    );
    expect(reg(wholeHost(), 'query', ...NAME).exitCode).toBe(1);
    expect(() => reg(emptyHost('x'), 'query', ...NAME)).toThrow(Unanswered);
  });

  test('the root may be spelled out', () => {
    const key = SCHANNEL_KEY.replace('HKLM', 'hkey_local_machine');
    expect(commands.reg!(['add', key, ...NAME, ...DATA, '/f'], wholeHost()).exitCode).toBe(0);
  });

  test.each([
    ['no verb', ['copy', SCHANNEL_KEY]],
    ['a name of every object', ['constructor', SCHANNEL_KEY]],
    ['a type that is none', ['add', SCHANNEL_KEY, ...NAME, '/t', 'REG_WORD', '/d', '1', '/f']],
    ['a value that is no number', ['add', SCHANNEL_KEY, ...NAME, '/t', 'REG_DWORD', '/d', 'x', '/f']],
    ['an option without value', ['add', SCHANNEL_KEY, '/v']],
  ])('%s is wrong syntax', (_, argv) => {
    expect(commands.reg!(argv, wholeHost())).toMatchObject({ exitCode: 1 });
    expect(commands.reg!(argv, wholeHost()).output).toContain('Invalid syntax');
  });

  test('what the model has no place for ends in Unanswered', () => {
    expect(() => commands.reg!(['add', 'HKLM\\SOFTWARE\\X', ...NAME, ...DATA, '/f'], wholeHost())).toThrow(
      Unanswered,
    );
    expect(() => reg(wholeHost(), 'add', '/v', 'Other', ...DATA, '/f')).toThrow(Unanswered);
  });
});
