import { describe, expect, test } from 'vitest';
import { planChange } from '../../src/changes/index.ts';
import { commands } from '../../src/windows/commands/index.ts';
import { emptyHost, type Host, withSchannel } from '../../src/windows/host.ts';
import { wholeHost } from '../windows/support.ts';
import { conflictOf } from '../windows/support-leaves.ts';

describe('schannel/set', () => {
  const change = { kind: 'schannel/set', name: 'ClientAuthTrustMode', value: 2 } as const;
  const run = (host: Host, lines: readonly (readonly string[])[]): Host =>
    lines.reduce((before, [program, ...argv]) => commands[program!]!(argv, before).host, host);

  test.each([undefined, 0, 1])('from %s, and back', (before) => {
    const host = wholeHost(before === undefined ? {} : { trustMode: before });
    const planned = planChange(change, host);
    expect(planned).toMatchObject({ title: 'Set ClientAuthTrustMode to 2', refusals: [] });
    expect(planned.notes.join()).toContain('restart');
    const after = run(host, planned.commands);
    expect(after.schannel.clientAuthTrustMode).toMatchObject({ is: 'known', value: 2 });
    expect(run(after, planned.undo).schannel.clientAuthTrustMode).toMatchObject({
      is: 'known',
      value: before,
    });
  });

  test('the line is that of Microsoft', () => {
    expect(planChange({ ...change, name: 'SendTrustedIssuerList', value: 1 }, wholeHost()).commands).toEqual([
      [
        'reg',
        'add',
        'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL',
        '/v',
        'SendTrustedIssuerList',
        '/t',
        'REG_DWORD',
        '/d',
        '1',
        '/f',
      ],
    ]);
  });

  test('a value that was not read, or is disputed, is not written over', () => {
    expect(planChange(change, emptyHost('x')).refusals.join()).toContain('SCHANNEL');
    const disputed = withSchannel(wholeHost(), { clientAuthTrustMode: conflictOf<number | undefined>(1, 2) });
    expect(planChange(change, disputed).refusals).toEqual([
      'ClientAuthTrustMode is disputed: netsh.txt:9 against http.reg:4',
    ]);
  });
});

describe('stores are changed by hand', () => {
  test('stores/add', () => {
    const planned = planChange(
      { kind: 'stores/add', store: 'clientauthissuer', subject: 'CN=Issuing CA' },
      wholeHost(),
    );
    expect(planned.title).toBe('Add CN=Issuing CA to the machine store ClientAuthIssuer');
    expect(planned.commands).toEqual([
      ['certutil', '-f', '-addstore', 'ClientAuthIssuer', 'certificate.cer'],
    ]);
    expect(planned.refusals).toHaveLength(1);
  });

  test('a store with hidden characters in its name gets no line to paste', () => {
    const planned = planChange({ kind: 'stores/add', store: 'Root\u202e', subject: 'CN=x' }, wholeHost());
    expect(planned.commands).toEqual([]);
  });

  test('stores/remove', () => {
    const planned = planChange(
      { kind: 'stores/remove', store: 'root', subject: 'CN=Issuing CA', thumbprint: 'ab'.repeat(20) },
      wholeHost(),
    );
    expect(planned.commands).toEqual([['certutil', '-delstore', 'Root', 'ab'.repeat(20)]]);
    expect(planned.refusals).toHaveLength(1);
    expect(planned.notes.join()).toContain('group policy');
  });
});
