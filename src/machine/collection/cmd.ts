import { MANIFEST_NAME, MANIFEST_SCHEMA } from '../../evidence/bundle/manifest.ts';
import { CLEANER, OPENING, SUBROUTINES } from './cmd-parts.ts';
import { commandLine, eventQuery, type From, type Item, LIMITS, type Logs, storeFile } from './item.ts';
import { ITEMS } from './items.ts';
import { SECRETS } from './secrets.ts';

/**
 * The list of items as a .cmd for hosts on which PowerShell is shut. What cmd.exe cannot do (take secrets out of a
 * file, tell the time in UTC) the same file does as JScript, by Windows' own cscript.exe; where that is shut too,
 * configuration files are left out. Stores come as certutil lists them, their certificates by the registry beside it.
 */
export function cmdScript(version: string): string {
  const head = `{"schema":"${MANIFEST_SCHEMA}","by":"cmd","version":"${version}"`;
  const lines = [
    ...OPENING(version, LIMITS, MANIFEST_NAME, head),
    ...ITEMS.flatMap(itemLines),
    ...SUBROUTINES,
    ...CLEANER(SECRETS),
  ];
  return `${lines.join('\n').replaceAll('\n', '\r\n')}\r\n`;
}

function itemLines(item: Item): string[] {
  const lines = linesOf(item);
  if (lines.length === 0) return [];
  const label = `past_${item.id.replaceAll('-', '_')}`;
  const guarded =
    item.only === 'traces' ? [`if not "%TRACES%"=="1" goto ${label}`, ...lines, `:${label}`] : lines;
  return [`rem ${item.id}: ${item.why}.`, ...guarded, ''];
}

function linesOf(item: Item): string[] {
  const { from } = item;
  switch (from.is) {
    case 'command':
      return printed(item, commandLine(from.argv), from.file);
    case 'registry':
      return exported(item, from.key, from.file);
    case 'store':
      return [
        `call :store "${from.store}" "${item.id}" "store:${from.store}"`,
        ...exported(
          { ...item, kind: 'registry', answers: undefined, mayBeAbsent: true },
          `HKLM\\SOFTWARE\\Microsoft\\SystemCertificates\\${from.store}\\Certificates`,
          storeFile(from.store, 'reg'),
        ),
      ];
    case 'stores-of-records':
      return STORES_OF_RECORDS;
    case 'configuration':
      return [
        `set "J=${facts(item, `copy ${from.path}, secrets taken out`)}"`,
        `call :config "${from.path}" "${from.file}"`,
      ];
    case 'web-configurations':
      return webConfigurations(item);
    case 'logs':
      return logs(item, from.logs);
    case 'events':
      return events(item, from);
    case 'wire':
      return [];
  }
}

type Told = Pick<Item, 'id' | 'kind'> & {
  readonly answers?: string | undefined;
  readonly mayBeAbsent?: true | undefined;
};

function printed(item: Told, line: string, file: string): string[] {
  return [
    `${percent(line)} >"%OUT%\\${file}" 2>"%OUT%\\complaint.tmp"`,
    'set "RC=%ERRORLEVEL%"',
    `set "J=${facts(item, line)}"`,
    `call :note "${file}"`,
  ];
}

function exported(item: Told, key: string, file: string): string[] {
  return [
    `reg export "${key}" "%OUT%\\${file}" /y >nul 2>"%OUT%\\complaint.tmp"`,
    'set "RC=%ERRORLEVEL%"',
    `set "J=${facts(item, `reg export "${key}"`)}"`,
    `call :note "${file}"`,
  ];
}

const HTTP_PARAMETERS = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters';

const STORES_OF_RECORDS = [
  `for /f "tokens=1,2,*" %%a in ('reg query "${HTTP_PARAMETERS}" /s 2^>nul ^| findstr /i "CertStoreName CtlStore"') do call :store "%%c" "stores-of-records" ""`,
];

function webConfigurations(item: Item): string[] {
  return [
    'rem Only the folders themselves, not those below them.',
    `set "J=${facts(item, 'copy web.config, secrets taken out')}"`,
    'if exist "%APPCMD%" for /f "delims=" %%p in (\'"%APPCMD%" list vdir /text:physicalPath 2^>nul\') do call :webconfig "%%p"',
  ];
}

function logs(item: Item, { folder, told, below, pattern, into }: Logs): string[] {
  const subfolder = into.replaceAll('/', '');
  const call = (from: string): string => `call :logs "${from}" "${below ?? ''}" "${pattern}" "${subfolder}"`;
  const fromSites = (told ?? []).includes('logFile')
    ? [
        `if exist "%APPCMD%" for /f "delims=" %%p in ('"%APPCMD%" list site /text:logFile.directory 2^>nul') do ${call('%%p')}`,
      ]
    : [];
  return [`set "J=${facts(item, `copy the newest ${pattern} of ${folder}`)}"`, call(folder), ...fromSites];
}

function events(item: Item, { channel, providers, file }: Extract<From, { is: 'events' }>): string[] {
  const query = `/q:${eventQuery(providers, 'MILLISECONDS')}`;
  const line = commandLine(['wevtutil', 'qe', channel, query, '/f:xml', '/rd:true', '/uni:true']);
  const [, ...rest] = printed(item, `${line} /c:5000`, file);
  const run = `${percent(line).replace('MILLISECONDS', '%SECONDS%000')} /c:%EVENTS%`;
  return [`${run} >"%OUT%\\${file}" 2>"%OUT%\\complaint.tmp"`, ...rest];
}

/** In a batch file a lone % begins a variable. */
const percent = (text: string): string => text.replaceAll('%', '%%');

/** The members of an item in the manifest that are known now. */
function facts({ id, kind, answers, mayBeAbsent }: Told, command: string): string {
  return [
    `"id":${json(id)}`,
    `"command":${json(command)}`,
    ...(kind === null ? [] : [`"kind":${json(kind)}`]),
    ...(answers === undefined ? [] : [`"answers":${json(answers)}`]),
    ...(mayBeAbsent ? ['"mayBeAbsent":true'] : []),
  ].join(',');
}

/** A JSON string that has no character with a meaning to cmd.exe, inside quotes or outside. */
function json(text: string): string {
  const escaped = [...text].map((char) =>
    /[\w .:/=@*+,[\]()-]/.test(char) ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${escaped.join('')}"`;
}
