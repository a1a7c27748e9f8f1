import { fromBase64 } from '../../base/base64.ts';
import { known } from '../../base/known.ts';
import { utf8Text } from '../../base/text.ts';
import { type Certificate, parseCertificate } from '../../wire/x509/certificate.ts';
import type { Run, UserCertificate, UserStores } from './user-certificate.ts';

/** Who looks into the user's store; into the computer's own store do services only. */
const USER_CLIENTS = [
  'chrome-windows',
  'firefox',
  'schannel',
  'dotnet-httpclient',
  'dotnet-sslstream-windows',
];
const SERVICE_CLIENTS = ['schannel', 'dotnet-httpclient', 'dotnet-sslstream-windows'];

/**
 * The stores of this user and this computer by Windows PowerShell 5.1. Keys are not touched, so that neither a card nor
 * a PIN is asked for, and keys that cannot be exported count as well. Not run on a real Windows host yet.
 */
export async function readWindowsStores(run: Run): Promise<UserStores> {
  const ran = await run(['powershell', '-NoProfile', '-NonInteractive', '-Command', SCRIPT]);
  const answer = answerIn(ran.output);
  if (answer) return storesOf(answer);
  const why = ran.missing ? 'powershell does not start' : `powershell ended with ${ran.exitCode}`;
  return { certificates: [], notes: [`the certificate stores of Windows cannot be read: ${why}`] };
}

interface Answer {
  readonly my: readonly {
    readonly where: string;
    readonly raw: string;
    readonly hasPrivateKey: boolean;
    readonly provider: string | null;
    readonly name: string | null;
  }[];
  /** CA certificates of the user's view, which holds those of the computer as well; base64. */
  readonly authorities: readonly string[];
}

const MARK = 'handclasp:';

/**
 * One line of base64 of UTF-8 JSON: no code page can spoil that, and no console breaks it. The provider of a key comes
 * from the property CERT_KEY_PROV_INFO (2); .NET would open the key to tell it. In the open, not as an encoded command,
 * for whoever watches this computer; and without double quotes, which each program on the way reads differently.
 */
const SCRIPT = `
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$native = $null
try {
  $native = Add-Type -Namespace Handclasp -Name Crypt32 -PassThru -MemberDefinition ('[DllImport(~crypt32.dll~)] public static extern bool CertGetCertificateContextProperty(System.IntPtr context, uint id, System.IntPtr data, ref uint size);' -replace '~', [char]34)
} catch {}
function Get-Provider($certificate) {
  if (-not $native) { return $null }
  $memory = [Runtime.InteropServices.Marshal]
  $size = [uint32]0
  if (-not $native::CertGetCertificateContextProperty($certificate.Handle, 2, [IntPtr]::Zero, [ref]$size)) { return $null }
  $data = $memory::AllocHGlobal([int]$size)
  try {
    if (-not $native::CertGetCertificateContextProperty($certificate.Handle, 2, $data, [ref]$size)) { return $null }
    $memory::PtrToStringUni($memory::ReadIntPtr($data, [IntPtr]::Size))
  } finally { $memory::FreeHGlobal($data) }
}
function Get-Held($place, $name) {
  try {
    $store = New-Object Security.Cryptography.X509Certificates.X509Store($name, $place)
    $store.Open('ReadOnly, OpenExistingOnly')
    $store.Certificates
  } catch {}
}
$my = @(foreach ($place in 'CurrentUser', 'LocalMachine') {
  foreach ($one in Get-Held $place 'My') {
    @{ where = $place + '\\My'; raw = [Convert]::ToBase64String($one.RawData); hasPrivateKey = $one.HasPrivateKey; provider = Get-Provider $one; name = $one.FriendlyName }
  }
})
$authorities = @(foreach ($name in 'CA', 'Root') { foreach ($one in Get-Held 'CurrentUser' $name) { [Convert]::ToBase64String($one.RawData) } })
$json = ConvertTo-Json -Compress -Depth 4 @{ my = $my; authorities = $authorities }
[Console]::Out.Write('${MARK}' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($json)))
`;

function answerIn(output: string): Answer | null {
  const [, encoded] = new RegExp(`${MARK}([A-Za-z0-9+/=]+)`).exec(output) ?? [];
  if (encoded === undefined) return null;
  try {
    const answer: Partial<Answer> = JSON.parse(utf8Text(fromBase64(encoded)));
    return Array.isArray(answer.my) && Array.isArray(answer.authorities) ? (answer as Answer) : null;
  } catch {
    return null;
  }
}

function storesOf({ my, authorities }: Answer): UserStores {
  const reachable = known(authorities.flatMap((raw) => certificateOf(raw) ?? []));
  const notes: string[] = [];
  const certificates: UserCertificate[] = [];
  for (const { where, raw, hasPrivateKey, provider, name } of my) {
    const leaf = certificateOf(raw);
    if (!leaf) notes.push(`a certificate of ${where} cannot be read`);
    else
      certificates.push({
        identity: { leaf, hasPrivateKey, held: [], reachable },
        where,
        label: name ?? '',
        hasPrivateKey,
        ...(provider ? { provider } : {}),
        clients: where.startsWith('CurrentUser') ? USER_CLIENTS : SERVICE_CLIENTS,
      });
  }
  return { certificates, notes };
}

function certificateOf(raw: string): Certificate | null {
  try {
    return parseCertificate(fromBase64(raw));
  } catch {
    return null;
  }
}
