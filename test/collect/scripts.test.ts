import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import vm from 'node:vm';
import { expect, test } from 'vitest';
import { cmdScript } from '../../src/machine/collection/cmd.ts';
import { ITEMS } from '../../src/machine/collection/items.ts';
import { powershellScript } from '../../src/machine/collection/powershell.ts';
import { handclasp } from '../support/cli.ts';
import { powershellTokens } from './powershell-tokens.ts';

// PowerShell and cmd.exe are not here: the scripts are held to rules that can be checked without them.

const ps1 = powershellScript('0.0.0');
const cmd = cmdScript('0.0.0');

test.each([
  ['PowerShell', ps1],
  ['cmd', cmd],
])('%s: ASCII, CRLF everywhere, no tab, no blank at the end of a line', (_, script) => {
  expect(/^[\x20-\x7e\r\n]*$/.test(script)).toBe(true);
  expect(script.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(script.endsWith('\r\n')).toBe(true);
  expect(script.split('\r\n').filter((line) => /\s$/.test(line))).toEqual([]);
});

test('both collect every item of the list but the wire, each with why', () => {
  for (const { id, why, from } of ITEMS) {
    const isThere = (script: string): boolean => script.includes(`${id}: ${why}`);
    expect([id, isThere(ps1), isThere(cmd)]).toEqual([id, from.is !== 'wire', from.is !== 'wire']);
  }
});

test('the command prints them, byte for byte', async () => {
  const version = (await handclasp(['--version'])).out.trim();
  expect((await handclasp(['collect', '--script'])).out).toBe(powershellScript(version));
  expect((await handclasp(['collect', '--script', 'cmd'])).out).toBe(cmdScript(version));
  expect(await handclasp(['collect', '--script', 'bash'])).toMatchObject({
    code: 64,
    err: expect.stringMatching(/--script bash: no such script[\s\S]*powershell, cmd/),
  });
});

/** What the script may call: nothing that changes a host. Those that write do so below $Out only, see the next test. */
const READING = new Set(
  'Get-ChildItem Get-Command Get-Content Get-Date Get-FileHash Get-Item Get-ItemProperty Select-Object Select-Xml Sort-Object Where-Object ForEach-Object Test-Path Join-Path Split-Path Resolve-Path ConvertTo-Json Out-Null Write-Host Write-Warning'.split(
    ' ',
  ),
);
const WRITING: Readonly<Record<string, RegExp>> = {
  'New-Item':
    /^New-Item -ItemType Directory (?:-Force -Path \(Split-Path -Parent \$target\)|-Path \$Out -ErrorAction Stop)/,
  'Set-Content': /^Set-Content -LiteralPath (?:\(Join-Path \$Out [^)]+\)|\$target) /,
  'Copy-Item': /^Copy-Item -LiteralPath \$log\.path -Destination \$target /,
  'Remove-Item': /^Remove-Item -LiteralPath (?:\$Complaint|\$path)\b/,
  'Export-Certificate': /^Export-Certificate -Type P7B -FilePath \(Join-Path \$Out \$name\) /,
  'Compress-Archive':
    /^Compress-Archive -Path \(Join-Path \$Out '\*'\) -DestinationPath \(\$Out \+ '\.zip'\) /,
};
const KEYWORDS = new Set('param if else elseif foreach in try catch return exit function'.split(' '));

test('PowerShell: braces and quotes are closed, and it calls what only reads, by full names', () => {
  const { commands, depth, open } = powershellTokens(ps1);
  expect([depth, open]).toEqual([0, null]);
  const own = new Set([...ps1.matchAll(/^function ([\w-]+) \{/gm)].map((m) => m[1]!));
  const called = commands.filter(({ name }) => !KEYWORDS.has(name.toLowerCase()));
  expect(called.length).toBeGreaterThan(80);
  for (const { name, rest } of called) {
    if (READING.has(name) || own.has(name)) continue;
    const allowed = WRITING[name];
    expect(allowed, `${name} is not on the list of what the script may call`).toBeDefined();
    expect(`${name}${rest}`).toMatch(allowed!);
  }
  for (const name of own) expect(ps1.split(name).length, `${name} is used`).toBeGreaterThan(2);
});

test('PowerShell: $target is always below $Out, and programs only show', () => {
  const targets = [...ps1.matchAll(/\$target = (.*)/g)].map((m) => m[1]!.trim());
  expect(new Set(targets)).toEqual(new Set(['Join-Path $Out $Name', 'Join-Path $Out $log.name']));
  expect([...ps1.matchAll(/^\s*(?:&|.*[(=] ?&) (\S+)/gm)].map((m) => m[1]!)).toEqual([
    'whoami.exe',
    '$env:ComSpec',
    '$env:ComSpec',
  ]);
  const lines = [...ps1.matchAll(/^Save-Output @\{[^}]*\} \(?'([^']*)/gm)].map((m) => m[1]!);
  expect(lines.length).toBeGreaterThan(8);
  for (const line of lines)
    expect(line).toMatch(
      /^(?:netsh (?:http|winhttp) show |reg query |wevtutil qe |w32tm \/query |certutil -silent (?:-enterprise )?-store )/,
    );
});

test('PowerShell: under Constrained Language Mode no type is used but in the branch that says so', () => {
  const types = [...ps1.matchAll(/\[([A-Za-z][\w.]*)(?:\[\])?\]/g)].map((m) => m[1]!.toLowerCase());
  const core = ['string', 'int', 'long', 'switch', 'hashtable'];
  const others = types.filter(
    (type) => !core.includes(type) && !/^(?:removed|system|provider|timecreated)$/.test(type),
  );
  expect(new Set(others)).toEqual(new Set(['convert']));
  expect(ps1).not.toMatch(/New-Object|Add-Type|Invoke-Expression|\[pscustomobject\]|\[ordered\]/i);
});

test('cmd: labels that are called are there, and each is reached', () => {
  const labels = [...cmd.matchAll(/^:(\w+)\r$/gm)].map((m) => m[1]!);
  const called = [...cmd.matchAll(/\b(?:call :|goto )(\w+)/g)].map((m) => m[1]!);
  expect(new Set(labels).size).toBe(labels.length);
  expect([...new Set(called)].sort()).toEqual([...labels].sort());
  expect(cmd).not.toMatch(/\|\||&&/);
});

test('cmd: it writes below %OUT% only, and calls what only reads', () => {
  const batch = cmd.slice(0, cmd.indexOf('\r\n@end'));
  const redirections = [...batch.matchAll(/(?<![0-9^])>>?(?!nul)("?[^"\s]*)/g)].map((m) => m[1]!);
  expect(new Set(redirections.map((one) => one.replace(/\\.*/, '')))).toEqual(
    new Set(['"%OUT%', '"%MANIFEST%']),
  );
  const programs = batch
    .split('\r\n')
    .map(
      (line) =>
        /^(?:if (?:not )?(?:exist "[^"]*"|errorlevel \d|"[^"]*"=="[^"]*"|defined \w+) )*(?:for .* do (?:if not defined \w+ )?)?(\S+)/.exec(
          line,
        )?.[1] ?? '',
    )
    .filter((word) => /^[a-z]\w+$/i.test(word));
  expect([...new Set(programs)].sort()).toEqual(
    'call certutil copy cscript del echo exit goto md netsh popd pushd reg rem robocopy set setlocal tar w32tm wevtutil where whoami'.split(
      ' ',
    ),
  );
  for (const [, line] of batch.matchAll(/^(?:reg|netsh|certutil|wevtutil|w32tm) (.*)\r$/gm))
    expect(line).toMatch(/^(?:export|query|http show|winhttp show|-silent|qe|\/query) ?/);
});

/** The manifest's lines as cmd.exe would echo them. */
test('cmd: what it echoes is JSON', () => {
  const echoed = [...cmd.matchAll(/^set "J=(.*)"\r$/gm)].map((m) => m[1]!).filter((one) => !/%/.test(one));
  expect(echoed.length).toBeGreaterThan(25);
  for (const one of echoed) {
    const item = JSON.parse(`{${one}}`) as { id: string; command: string };
    expect(ITEMS.map(({ id }) => id)).toContain(item.id);
    expect(item.command).not.toBe('');
    // Nothing that cmd.exe would take for its own, inside quotes or outside.
    expect(one).not.toMatch(/[<>|&^%!]/);
  }
});

test("cmd: its JScript takes secrets out and tells the time (run here with stand-ins for Windows' objects)", async () => {
  const jscript = cmd.slice(cmd.indexOf('\r\n@end') + '\r\n@end'.length);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'handclasp-jscript-'));
  const from = path.join(folder, 'from.config');
  const to = path.join(folder, 'to.config');
  await writeFile(from, Buffer.from('\xef\xbb\xbf<a password="SECRET" name="M\xc3\xbcller" />', 'latin1'));
  const said: string[] = [];
  const pending: Promise<void>[] = [];
  const files = new Map([[from, (await readFile(from)).toString('latin1')]]);
  class Stream {
    text = '';
    Open() {}
    Close() {}
    LoadFromFile(name: string) {
      this.text = files.get(name)!;
    }
    ReadText() {
      return this.text;
    }
    WriteText(text: string) {
      this.text = text;
    }
    SaveToFile(name: string) {
      pending.push(writeFile(name, Buffer.from(this.text, 'latin1')));
    }
  }
  const run = (...args: string[]): void => {
    const WScript = { Arguments: (i: number) => args[i], Echo: (text: string) => said.push(text) };
    vm.runInNewContext(jscript, { WScript, ActiveXObject: Stream });
  };
  run('now');
  expect(JSON.parse(`{${said[0]}}`)).toEqual({
    takenAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    utcOffset: expect.any(Number),
  });
  run('clean', from, to);
  await Promise.all(pending);
  expect((await readFile(to)).toString('latin1')).toBe(
    '\xef\xbb\xbf<a password="[removed]" name="M\xc3\xbcller" />',
  );
  // What JScript of 1999 does not know.
  expect(jscript).not.toMatch(/\b(?:let|const)\b|=>|`|JSON\./);
  await rm(folder, { recursive: true });
});
