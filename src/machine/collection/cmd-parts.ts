import type { Limits } from './item.ts';
import type { SECRETS } from './secrets.ts';

/** What stands before and behind the items in the .cmd. */

export const OPENING = (version: string, limits: Limits, manifest: string, head: string): string[] =>
  `@if (@CodeSection == @Batch) @then
@echo off
rem Handclasp ${version}: collects what tells why a TLS client certificate is not asked for, not offered or not accepted.
rem
rem It only reads. It writes into one new folder, takes no private keys and no passwords, changes no setting, opens no
rem connection and sends nothing anywhere. What it cannot read it writes down, and goes on.
rem
rem   handclasp-collect.cmd [FOLDER]          FOLDER must not exist; default: handclasp-HOST in the current folder
rem
rem Run it in an elevated prompt: else the configuration of IIS and most logs are denied. It needs what comes with
rem Windows (reg, netsh, certutil, wevtutil, robocopy, and cscript to take passwords out of configuration files).
rem It was made by: handclasp collect --script cmd

setlocal enableextensions disabledelayedexpansion
rem Age of logs and events (24 at most); most of one log file in MB; most events of a log; 1: also traces of failed
rem requests, which hold headers and cookies.
set "DAYS=${limits.days}"
set "MEGABYTES=${limits.megabytes}"
set "EVENTS=${limits.events}"
set "TRACES=0"

set "OUT=%~1"
if not defined OUT set "OUT=handclasp-%COMPUTERNAME%"
for %%p in ("%OUT%") do set "OUT=%%~fp"
if exist "%OUT%" goto exists
md "%OUT%"
if not exist "%OUT%\\" exit /b 64
set "MANIFEST=%OUT%\\${manifest}"
set "APPCMD=%SystemRoot%\\System32\\inetsrv\\appcmd.exe"
set /a SECONDS=DAYS*86400
set /a BYTES=MEGABYTES*1048576
set "ELEVATED=false"
whoami /groups 2>nul | findstr "S-1-16-12288 S-1-16-16384" >nul
if not errorlevel 1 set "ELEVATED=true"
if "%ELEVATED%"=="false" echo Not elevated: much will be denied.
set "BUILD="
set "KIND="
for /f "tokens=2,*" %%a in ('reg query "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion" /v CurrentBuild 2^>nul ^| findstr REG_SZ') do set "BUILD=%%b"
for /f "tokens=2,*" %%a in ('reg query "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion" /v InstallationType 2^>nul ^| findstr REG_SZ') do set "KIND=%%b"
rem The time by the JScript at the end of this file: date and time of cmd.exe depend on the language.
set "TIMES="
for /f "delims=" %%t in ('cscript //nologo //E:JScript "%~f0" now 2^>nul') do set "TIMES=%%t"
if not defined TIMES set "TIMES="notes":["cscript is shut: no time in UTC, no configuration files"]"
>"%MANIFEST%" echo ${head},"host":"%COMPUTERNAME%","elevated":%ELEVATED%,"os":{"build":"%BUILD%","installationType":"%KIND%"},%TIMES%,"items":[

rem ---- What is collected ----
`.split('\n');

export const SUBROUTINES: readonly string[] =
  String.raw`rem ---- The end of the manifest, and an archive where Windows can make one ----
>>"%MANIFEST%" echo null]}
if exist "%OUT%\complaint.tmp" del "%OUT%\complaint.tmp"
where tar >nul 2>nul
if not errorlevel 1 tar -a -c -f "%OUT%.zip" -C "%OUT%" .
echo.
echo Collected in %OUT%
echo Look through it before you hand it on. Then: handclasp examine, on any computer, with that as its argument.
exit /b 0

:exists
echo %OUT% exists already: name a folder that does not.
exit /b 64

rem ---- Subroutines. J: what is known of the item, as JSON; RC: exit code of its command ----

rem :note FILE writes the item down with its file. A file without a byte is none.
:note
set "NAME=%~1"
set "FILE=%OUT%\%~1"
set "SIZE=0"
if exist "%FILE%" for %%z in ("%FILE%") do set "SIZE=%%~zz"
if "%SIZE%"=="0" goto nothing
set "SHA="
for /f "skip=1 delims=" %%h in ('certutil -hashfile "%FILE%" SHA256 2^>nul') do if not defined SHA set "SHA=%%h"
if defined SHA set "SHA=%SHA: =%"
set "NAME=%NAME:\=/%"
>>"%MANIFEST%" echo {%J%,"exitCode":%RC%,"files":[{"name":"%NAME%","bytes":%SIZE%,"sha256":"%SHA%"}]},
echo collected  %NAME%
exit /b 0

:nothing
if exist "%FILE%" del "%FILE%"
rem What the command said is kept beside the manifest: it cannot be quoted safely here.
if not exist "%OUT%\complaint.tmp" goto silent
if not exist "%OUT%\complaints" md "%OUT%\complaints"
copy /y "%OUT%\complaint.tmp" "%OUT%\complaints\%~n1.txt" >nul
:silent
>>"%MANIFEST%" echo {%J%,"exitCode":%RC%,"files":[]},
echo nothing    %NAME%
exit /b 0

rem :store NAME ITEM ANSWERS lists a machine store. The command stands above, so that it is known to be whole.
:store
set "STORE=%~1"
if exist "%OUT%\LocalMachine-%STORE%.txt" exit /b 0
rem A name that needs quoting is left to people.
echo "%STORE%"| findstr /r /x /c:"\"[A-Za-z0-9_.-][A-Za-z0-9_.-]*\" *" >nul
if errorlevel 1 exit /b 0
>"%OUT%\LocalMachine-%STORE%.txt" echo certutil -silent -store %STORE%
certutil -silent -store %STORE% >>"%OUT%\LocalMachine-%STORE%.txt" 2>"%OUT%\complaint.tmp"
set "RC=%ERRORLEVEL%"
set "J="id":"%~2","command":"certutil -silent -store %STORE%","kind":"certutil""
if not "%RC%"=="0" set "J=%J%,"error":"it ended with an error, which stands in the file""
if not "%~3"=="" set "J=%J%,"answers":"%~3""
call :note "LocalMachine-%STORE%.txt"
exit /b 0

rem :config FILE NAME copies an XML file, secrets taken out by the JScript below; never without it.
:config
set "RC=0"
set "FROM=%~1"
call set "FROM=%FROM%"
if exist "%OUT%\complaint.tmp" del "%OUT%\complaint.tmp"
if not exist "%FROM%" set "RC=2"
if exist "%FROM%" cscript //nologo //E:JScript "%~f0" clean "%FROM%" "%OUT%\%~2" >nul 2>"%OUT%\complaint.tmp"
if exist "%FROM%" set "RC=%ERRORLEVEL%"
call :note "%~2"
exit /b 0

rem :webconfig FOLDER copies its web.config; the name keeps the whole path.
:webconfig
set "FOLDER=%~1"
call set "FOLDER=%FOLDER%"
if not exist "%FOLDER%\web.config" exit /b 0
for %%f in ("%FOLDER%\web.config") do set "DRIVE=%%~df"
for %%f in ("%FOLDER%\web.config") do set "BELOW=%%~pnxf"
set "DRIVE=%DRIVE::=%"
if exist "%OUT%\%DRIVE%%BELOW%" exit /b 0
call :place "%OUT%\%DRIVE%%BELOW%"
call :config "%FOLDER%\web.config" "%DRIVE%%BELOW%"
exit /b 0

:place
if not exist "%~dp1" md "%~dp1"
exit /b 0

rem :logs FOLDER SUBFOLDERS PATTERN INTO copies the newest logs. robocopy also copies what is still being written.
:logs
set "FOLDER=%~1"
call set "FOLDER=%FOLDER%"
set "INTO="
if not "%~4"=="" set "INTO=%~4\"
set "RC=2"
if exist "%OUT%\complaint.tmp" del "%OUT%\complaint.tmp"
if not exist "%FOLDER%\" goto nologs
pushd "%FOLDER%"
if "%~2"=="" call :copylogs "%FOLDER%" "%INTO%" "%~3"
if not "%~2"=="" for /d %%d in (%~2) do call :copylogs "%FOLDER%\%%d" "%INTO%%%d\" "%~3"
popd
if "%RC%"=="0" exit /b 0
:nologs
call :note "no-logs"
exit /b 0

:copylogs
robocopy "%~1" "%OUT%\%~2." %~3 /MAXAGE:%DAYS% /MAX:%BYTES% /R:0 /W:0 /NJH /NJS /NP /NDL /NFL >nul 2>"%OUT%\complaint.tmp"
if not exist "%OUT%\%~2" exit /b 0
pushd "%OUT%\%~2"
for %%f in (%~3) do call :noted "%~2%%f"
popd
exit /b 0

:noted
set "RC=0"
call :note "%~1"
exit /b 0

@end
`.split('\n');

/** The part that cscript reads: everything above is skipped by its conditional compilation. */
export const CLEANER = (secrets: typeof SECRETS): string[] => {
  const list = secrets.map((one) => `  [${JSON.stringify(one.pattern)}, ${JSON.stringify(one.with)}]`);
  return `// JScript of Windows. now: the time in UTC; clean FROM TO: a copy without secrets.
var SECRETS = [
${list.join(',\n')}
];

function two(number) {
  return number < 10 ? "0" + number : String(number);
}

// Bytes as characters of the same number, so that no encoding is lost.
function open() {
  var stream = new ActiveXObject("ADODB.Stream");
  stream.Type = 2;
  stream.Charset = "iso-8859-1";
  stream.Open();
  return stream;
}

function clean(from, to) {
  var source = open();
  source.LoadFromFile(from);
  var text = source.ReadText();
  source.Close();
  for (var i = 0; i < SECRETS.length; i++) text = text.replace(new RegExp(SECRETS[i][0], "gi"), SECRETS[i][1]);
  var target = open();
  target.WriteText(text);
  target.SaveToFile(to, 2);
  target.Close();
}

function now() {
  var d = new Date();
  var day = d.getUTCFullYear() + "-" + two(d.getUTCMonth() + 1) + "-" + two(d.getUTCDate());
  var time = two(d.getUTCHours()) + ":" + two(d.getUTCMinutes()) + ":" + two(d.getUTCSeconds());
  WScript.Echo("\\"takenAt\\":\\"" + day + "T" + time + "Z\\",\\"utcOffset\\":" + -d.getTimezoneOffset());
}

if (WScript.Arguments(0) == "now") now();
else clean(WScript.Arguments(1), WScript.Arguments(2));`.split('\n');
};
