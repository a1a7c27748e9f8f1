import type { Limits } from './item.ts';

/** What stands before the items in the PowerShell script. */

export const OPENING = (version: string, limits: Limits): string[] =>
  `# Handclasp ${version}: collects what tells why a TLS client certificate is not asked for, not offered or not accepted.
#
# It only reads. It writes into one new folder (and a .zip beside it), takes no private keys and no passwords, changes
# no setting, opens no connection and sends nothing anywhere. What it cannot read it writes down, and goes on.
#
#   powershell -NoProfile -ExecutionPolicy Bypass -File handclasp-collect.ps1
#   ... -Out D:\\web01 -Days 30 -MegaBytes 500 -Traces
#
# Run it in an elevated 64-bit prompt: else the configuration of IIS and most logs are denied.
# It needs Windows PowerShell 5.1 (3.0 does, with less) or PowerShell 7. It keeps to what Constrained Language Mode
# allows, but for the export of stores where Export-Certificate is missing (Windows Server 2008 R2).
# It was made by: handclasp collect --script

[CmdletBinding()]
param(
    # A folder that does not exist yet.
    [string] $Out = '',
    # Age of logs and events.
    [int] $Days = ${limits.days},
    # Most of each kind of logs, newest first.
    [int] $MegaBytes = ${limits.megabytes},
    # Most of each event log, newest first.
    [int] $Events = ${limits.events},
    # Also traces of failed requests, which hold headers and cookies.
    [switch] $Traces
)

$ErrorActionPreference = 'Continue'
if ($env:PROCESSOR_ARCHITEW6432) {
    Write-Warning 'This is a 32-bit PowerShell, from which Windows hides half of what is wanted: use the 64-bit one.'
    exit 64
}

# Year and hour as numbers: formats of dates depend on the language and calendar of the host.
$Now = Get-Date
$Utc = $Now.ToUniversalTime()
$UtcOffset = [int] ($Now - $Utc).TotalMinutes
$TakenAt = '{0:0000}-{1:00}-{2:00}T{3:00}:{4:00}:{5:00}Z' -f $Utc.Year, $Utc.Month, $Utc.Day, $Utc.Hour, $Utc.Minute, $Utc.Second
if ($Out -eq '') {
    $Out = 'handclasp-{0}-{1:0000}{2:00}{3:00}-{4:00}{5:00}' -f $env:COMPUTERNAME, $Utc.Year, $Utc.Month, $Utc.Day, $Utc.Hour, $Utc.Minute
}
if (Test-Path -LiteralPath $Out) {
    Write-Warning ($Out + ' exists already: give -Out a folder that does not.')
    exit 64
}
New-Item -ItemType Directory -Path $Out -ErrorAction Stop | Out-Null
$Out = (Resolve-Path -LiteralPath $Out).ProviderPath
$Complaint = Join-Path $Out 'complaint.tmp'
$Milliseconds = [string] ([long] $Days * 86400000)
$ApplicationHost = Join-Path $env:windir 'System32\\inetsrv\\config\\applicationHost.config'
# The label of an elevated process, and that of SYSTEM.
$Elevated = @(& whoami.exe /groups | Where-Object { $_ -match 'S-1-16-(12288|16384)' }).Count -gt 0
if (-not $Elevated) { Write-Warning 'Not elevated: much will be denied.' }
$Notes = @()
$language = [string] $ExecutionContext.SessionState.LanguageMode
if ($language -ne 'FullLanguage') { $Notes = @('collected in ' + $language + ' of PowerShell') }
$script:Entries = @()

# Secrets in configuration files, and what is put in their place.`.split('\n');

export const HELPERS: readonly string[] = String.raw`# Writes an item down for the manifest.
function Add-Entry {
    param([hashtable] $Item, [string] $Command, $ExitCode, [string] $Problem, [string[]] $Names)
    $files = @()
    foreach ($name in $Names) {
        $path = Join-Path $Out $name
        if (Test-Path -LiteralPath $path -PathType Leaf) {
            $file = @{ name = $name.Replace('\', '/'); bytes = (Get-Item -LiteralPath $path -Force).Length }
            if (Get-Command Get-FileHash -ErrorAction SilentlyContinue) {
                $file.sha256 = (Get-FileHash -LiteralPath $path -Algorithm SHA256).Hash.ToLower()
            }
            $files += $file
        }
    }
    $entry = @{ command = $Command; files = $files }
    foreach ($key in $Item.Keys) { $entry[$key] = $Item[$key] }
    if ($null -ne $ExitCode) { $entry.exitCode = [int] $ExitCode }
    if ($Problem) { $entry.error = $Problem }
    $script:Entries += $entry
    $state = 'collected'
    if ($files.Count -eq 0) { $state = 'nothing' }
    Write-Host ('{0,-10} {1}' -f $state, $Item.id)
}

# The first lines of what a program said.
function Get-Words {
    param([string] $Path)
    if (-not (Test-Path -LiteralPath $Path)) { return '' }
    $lines = @(Get-Content -LiteralPath $Path -TotalCount 5 -ErrorAction SilentlyContinue | Where-Object { $_ })
    return ($lines -join ' ').Trim()
}

# What a program prints, byte for byte.
function Save-Output {
    param([hashtable] $Item, [string] $Line, [string] $Name)
    $path = Join-Path $Out $Name
    & $env:ComSpec /d /s /c ($Line + ' >"' + $path + '" 2>"' + $Complaint + '"')
    $code = $LASTEXITCODE
    $problem = ''
    if ($code -ne 0) {
        $problem = Get-Words $Complaint
        if (-not $problem) { $problem = Get-Words $path }
    }
    Remove-Item -LiteralPath $Complaint -ErrorAction SilentlyContinue
    if ((Test-Path -LiteralPath $path) -and ($code -ne 0) -and (Get-Item -LiteralPath $path).Length -eq 0) {
        Remove-Item -LiteralPath $path
    }
    Add-Entry $Item $Line $code $problem @($Name)
}

# A key of the registry with all below it.
function Save-Registry {
    param([hashtable] $Item, [string] $Key, [string] $Name)
    $path = Join-Path $Out $Name
    & $env:ComSpec /d /s /c ('reg export "' + $Key + '" "' + $path + '" /y >nul 2>"' + $Complaint + '"')
    $code = $LASTEXITCODE
    $problem = ''
    if ($code -ne 0) { $problem = Get-Words $Complaint }
    Remove-Item -LiteralPath $Complaint -ErrorAction SilentlyContinue
    Add-Entry $Item ('reg export "' + $Key + '"') $code $problem @($Name)
}

# The certificates of a machine store, without keys. An empty store is written as an empty list.
function Save-Store {
    param([hashtable] $Item, [string] $Store)
    $place = 'Cert:\LocalMachine\' + $Store
    $command = 'Get-ChildItem ' + $place
    try {
        $held = @(Get-ChildItem -LiteralPath $place -ErrorAction Stop)
        $name = 'LocalMachine-' + $Store + '.p7b'
        if ($held.Count -eq 0) {
            Set-Content -LiteralPath (Join-Path $Out $name) -Value $EmptyStore -Encoding Ascii -ErrorAction Stop
        } elseif (Get-Command Export-Certificate -ErrorAction SilentlyContinue) {
            $held | Export-Certificate -Type P7B -FilePath (Join-Path $Out $name) -ErrorAction Stop | Out-Null
        } else {
            $name = 'LocalMachine-' + $Store + '.pem'
            $pem = foreach ($one in $held) {
                '-----BEGIN CERTIFICATE-----'
                [Convert]::ToBase64String($one.RawData, 'InsertLineBreaks')
                '-----END CERTIFICATE-----'
            }
            Set-Content -LiteralPath (Join-Path $Out $name) -Value $pem -Encoding Ascii -ErrorAction Stop
        }
        Add-Entry $Item $command $null '' @($name)
    } catch {
        Add-Entry $Item $command $null $_.Exception.Message @()
    }
}

# The stores that records of http.sys name, by the registry.
function Save-StoresOfRecords {
    param([hashtable] $Item, [string[]] $Listed)
    $root = 'HKLM:\SYSTEM\CurrentControlSet\Services\HTTP\Parameters'
    $stores = @()
    foreach ($key in @(Get-ChildItem -LiteralPath $root -Recurse -ErrorAction SilentlyContinue)) {
        foreach ($name in @($key.Property | Where-Object { $_ -match 'CertStoreName$|CtlStore' })) {
            $store = [string] (Get-ItemProperty -LiteralPath $key.PSPath -ErrorAction SilentlyContinue).$name
            if ($store -match '^\w[\w .-]*$' -and $Listed -notcontains $store -and $stores -notcontains $store) {
                $stores += $store
            }
        }
    }
    foreach ($store in $stores) { Save-Store $Item $store }
}

# %SystemDrive% and the like.
function Get-Expanded {
    param([string] $Text)
    foreach ($variable in Get-ChildItem -Path Env:) {
        if ($variable.Name -match '^\w+$') {
            $Text = $Text -replace ('%' + $variable.Name + '%'), $variable.Value.Replace('$', '$$')
        }
    }
    return $Text
}

# An XML file, secrets taken out.
function Save-Configuration {
    param([hashtable] $Item, [string] $Path, [string] $Name)
    $command = 'copy ' + $Path + ', secrets taken out'
    try {
        $text = [string] (Get-Content -LiteralPath $Path -Raw -Encoding UTF8 -ErrorAction Stop)
        foreach ($secret in $Secrets) { $text = $text -replace $secret[0], $secret[1] }
        $target = Join-Path $Out $Name
        New-Item -ItemType Directory -Force -Path (Split-Path -Parent $target) | Out-Null
        Set-Content -LiteralPath $target -Value $text -Encoding UTF8 -ErrorAction Stop
        Add-Entry $Item $command $null '' @($Name)
    } catch {
        Add-Entry $Item $command $null $_.Exception.Message @()
    }
}

# Values of attributes of applicationHost.config.
function Get-Attributes {
    param([string] $XPath)
    if (-not $XPath -or -not (Test-Path -LiteralPath $ApplicationHost)) { return @() }
    $nodes = @(Select-Xml -LiteralPath $ApplicationHost -XPath $XPath -ErrorAction SilentlyContinue)
    return @($nodes | ForEach-Object { Get-Expanded $_.Node.Value } | Sort-Object -Unique)
}

# web.config of the folders of all sites and of three levels below. The name in the bundle keeps the whole path.
function Save-WebConfigurations {
    param([hashtable] $Item)
    $seen = @()
    foreach ($root in @(Get-Attributes '//virtualDirectory/@physicalPath')) {
        $found = @(Get-ChildItem -LiteralPath $root -Filter 'web.config' -Recurse -Depth 3 -Force -ErrorAction SilentlyContinue)
        foreach ($file in @($found | Select-Object -First 500)) {
            $path = $file.FullName
            if (-not $file.PSIsContainer -and $seen -notcontains $path) {
                $seen += $path
                $name = $path -replace '^\\\\', 'UNC\' -replace '^([A-Za-z]):', '$1'
                Save-Configuration $Item $path $name
            }
        }
    }
}

# The newest logs within the limits.
function Save-Logs {
    param([hashtable] $Item, [string] $Folder, [string] $XPath, [string] $Below, [string] $Pattern, [string] $Into)
    $since = $Now.AddDays(-$Days)
    $found = @()
    foreach ($root in @(@(Get-Expanded $Folder) + @(Get-Attributes $XPath) | Sort-Object -Unique)) {
        $places = @($root)
        if ($Below) {
            $inside = @(Get-ChildItem -LiteralPath $root -Filter $Below -ErrorAction SilentlyContinue)
            $places = @($inside | Where-Object { $_.PSIsContainer } | ForEach-Object { $_.FullName })
        }
        foreach ($place in $places) {
            $prefix = $Into.Replace('/', '\')
            if ($Below) { $prefix = $prefix + (Split-Path -Leaf $place) + '\' }
            foreach ($file in @(Get-ChildItem -LiteralPath $place -Filter $Pattern -ErrorAction SilentlyContinue)) {
                if (-not $file.PSIsContainer -and $file.LastWriteTime -ge $since) {
                    $found += @{ path = $file.FullName; name = $prefix + $file.Name; size = $file.Length; time = $file.LastWriteTime }
                }
            }
        }
    }
    if ($found.Count -eq 0) {
        Add-Entry $Item ('copy the newest ' + $Pattern + ' of ' + $Folder) $null ('none of the last ' + $Days + ' days, or not readable') @()
    }
    $room = [long] $MegaBytes * 1048576
    foreach ($log in @($found | Sort-Object -Property @{ Expression = { $_.time } } -Descending)) {
        $target = Join-Path $Out $log.name
        $problem = ''
        try {
            New-Item -ItemType Directory -Force -Path (Split-Path -Parent $target) | Out-Null
            if ($log.size -le $room) {
                Copy-Item -LiteralPath $log.path -Destination $target -ErrorAction Stop
            } elseif ($room -gt 0) {
                # Its directives, which tell what the values mean, and its end.
                $head = @(Get-Content -LiteralPath $log.path -TotalCount 20 | Where-Object { $_ -like '#*' })
                $tail = @(Get-Content -LiteralPath $log.path -Tail ($MegaBytes * 4000))
                Set-Content -LiteralPath $target -Value ($head + $tail) -Encoding UTF8 -ErrorAction Stop
                $problem = 'larger than what was left of the limit: its head and its last lines'
            } else {
                $problem = 'older than what the limit of ' + $MegaBytes + ' MB holds: left out'
            }
        } catch {
            $problem = $_.Exception.Message
        }
        $room = $room - $log.size
        Add-Entry $Item ('copy ' + $log.path) $null $problem @($log.name)
    }
}
`.split('\n');
