import { toBase64 } from '../../base/base64.ts';
import { MANIFEST_NAME, MANIFEST_SCHEMA } from '../../evidence/bundle/manifest.ts';
import { encodePkcs7 } from '../../wire/identity/pkcs7.ts';
import { commandLine, eventQuery, type From, type Item, LIMITS, type Logs } from './item.ts';
import { ITEMS } from './items.ts';
import { HELPERS, OPENING } from './powershell-parts.ts';
import { SECRETS } from './secrets.ts';

/**
 * The list of items as a script for Windows PowerShell 5.1: ASCII, CRLF, nothing to install. It calls programs through
 * cmd.exe, whose redirection keeps bytes as they are; PowerShell 5.1 would decode and encode them.
 */
export function powershellScript(version: string): string {
  const lines = [
    ...OPENING(version, LIMITS),
    '$Secrets = @(',
    SECRETS.map((one) => `    @(${quoted(one.pattern)}, ${quoted(one.with)})`).join(',\n'),
    ')',
    `$EmptyStore = @('-----BEGIN PKCS7-----', ${quoted(toBase64(encodePkcs7([])))}, '-----END PKCS7-----')`,
    '',
    ...HELPERS,
    '# ---- What is collected ----',
    '',
    ...ITEMS.flatMap(itemLines),
    ...ending(version),
  ];
  return `${lines.join('\n').replaceAll('\n', '\r\n')}\r\n`;
}

function itemLines(item: Item): string[] {
  const call = callOf(item);
  if (call === null) return [];
  const guarded = item.only === 'traces' ? [`if ($Traces) {`, `    ${call}`, '}'] : [call];
  return [`# ${item.id}: ${item.why}.`, ...guarded, ''];
}

/** null: what no script can collect. */
function callOf(item: Item): string | null {
  const told = hash(item);
  const { from } = item;
  switch (from.is) {
    case 'command':
      return `Save-Output ${told} ${quoted(commandLine(from.argv))} ${quoted(from.file)}`;
    case 'registry':
      return `Save-Registry ${told} ${quoted(from.key)} ${quoted(from.file)}`;
    case 'store':
      return `Save-Store ${told} ${quoted(from.store)}`;
    case 'stores-of-records':
      return `Save-StoresOfRecords ${told} @(${listedStores().map(quoted).join(', ')})`;
    case 'configuration':
      return `Save-Configuration ${told} (Get-Expanded ${quoted(from.path)}) ${quoted(from.file)}`;
    case 'web-configurations':
      return `Save-WebConfigurations ${told}`;
    case 'logs':
      return logsCall(told, from.logs);
    case 'events':
      return eventsCall(told, from);
    case 'wire':
      return null;
  }
}

const listedStores = (): string[] => ITEMS.flatMap(({ from }) => (from.is === 'store' ? [from.store] : []));

function logsCall(told: string, { folder, told: elements, below, pattern, into }: Logs): string {
  const xpath = (elements ?? []).map((name) => `//${name}/@directory`).join(' | ');
  return `Save-Logs ${told} ${quoted(folder)} ${quoted(xpath)} ${quoted(below ?? '')} ${quoted(pattern)} ${quoted(into)}`;
}

function eventsCall(told: string, { channel, providers, file }: Extract<From, { is: 'events' }>): string {
  const query = eventQuery(providers, DAYS);
  const argv = ['wevtutil', 'qe', channel, `/q:${query}`, '/f:xml', '/rd:true', '/uni:true'];
  const [before = '', after = ''] = commandLine(argv).split(DAYS);
  return `Save-Output ${told} (${quoted(before)} + $Milliseconds + ${quoted(`${after} /c:`)} + $Events) ${quoted(file)}`;
}

/** Stands in the query for the number that the script fills in. */
const DAYS = 'MILLISECONDS';

function hash({ id, kind, answers, mayBeAbsent }: Item): string {
  const parts = [
    `id = ${quoted(id)}`,
    ...(kind === null ? [] : [`kind = ${quoted(kind)}`]),
    ...(answers === undefined ? [] : [`answers = ${quoted(answers)}`]),
    ...(mayBeAbsent ? ['mayBeAbsent = $true'] : []),
  ];
  return `@{ ${parts.join('; ')} }`;
}

/** Nothing is special between single quotes but themselves. */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function ending(version: string): string[] {
  const head = `{"schema":"${MANIFEST_SCHEMA}","by":"powershell","version":"${version}",`;
  return `# ---- The manifest: whose this is, when it was taken, and what failed ----

$current = Get-ItemProperty -LiteralPath 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion' -ErrorAction SilentlyContinue
$about = @{
    host = $env:COMPUTERNAME
    takenAt = $TakenAt
    utcOffset = $UtcOffset
    elevated = $Elevated
    os = @{ build = [string] $current.CurrentBuild; installationType = [string] $current.InstallationType }
    notes = $Notes
    items = $script:Entries
}
# The schema comes first, so that a reader knows the file by its first bytes.
$json = ConvertTo-Json -InputObject $about -Depth 6
$json = ${quoted(head)} + $json.Substring($json.IndexOf('{') + 1)
Set-Content -LiteralPath (Join-Path $Out ${quoted(MANIFEST_NAME)}) -Value $json -Encoding UTF8

$made = $Out
if (Get-Command Compress-Archive -ErrorAction SilentlyContinue) {
    try {
        Compress-Archive -Path (Join-Path $Out '*') -DestinationPath ($Out + '.zip') -ErrorAction Stop
        $made = $Out + '.zip'
    } catch {
        Write-Warning ('No archive was made: ' + $_.Exception.Message)
    }
}
Write-Host ''
Write-Host ('Collected in ' + $made)
Write-Host 'Look through it before you hand it on. Then: handclasp examine, on any computer, with that as its argument.'
exit 0`.split('\n');
}
