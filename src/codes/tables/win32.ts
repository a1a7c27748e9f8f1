import type { Entry } from '../entry.ts';

/** Win32 codes; also the low word of 0x8007xxxx. */
export const win32Codes: readonly Entry[] = [
  {
    code: 0,
    name: 'ERROR_SUCCESS',
    means: 'No error.',
    seen: 'IIS log; exit code of netsh, which proves little: it may say 0 and have done nothing',
    next: ['after a change read it back: netsh http show sslcert'],
    source: 'winerror.h; field notes on netsh of Server 2019',
  },
  {
    code: 2,
    name: 'ERROR_FILE_NOT_FOUND',
    means: 'http.sys has no record for exactly this key.',
    seen: 'netsh http show or delete sslcert; HttpQueryServiceConfiguration',
    next: [
      'list all of them: netsh http show sslcert. ipport and hostnameport are different keys, and so are 0.0.0.0 and a single address',
    ],
    source: 'SDK, HttpUpdateServiceConfiguration',
  },
  {
    code: 5,
    name: 'ERROR_ACCESS_DENIED',
    means:
      'In an IIS log it is the usual companion of 403.7: no client certificate arrived. From netsh or reg it means that the window is not elevated.',
    beside: {
      '403.7': 'No client certificate arrived: the usual companion of 403.7. It says nothing about why.',
    },
    seen: 'IIS log "403 7 5"; certutil -error 5; netsh',
    next: [
      'read what the server asks for, and who would offer the certificate: handclasp why https://HOST/ --cert user.cer',
      'from netsh: run it as administrator',
    ],
    diagnoses: ['binding-lost-ctl-store', 'binding-divergence-sni-vs-ip'],
    source: 'KB942067',
  },
  {
    code: 6,
    name: 'ERROR_INVALID_HANDLE',
    means: 'The HTTP API was not initialised, or was given a handle that it does not know.',
    seen: 'programs that write http.sys records by the API',
    next: ['a fault of the tool; do it with netsh instead'],
    source: 'SDK, HttpUpdateServiceConfiguration',
  },
  {
    code: 50,
    name: 'ERROR_NOT_SUPPORTED',
    means:
      'The server wanted the certificate after a TLS 1.3 handshake; TLS 1.3 has no renegotiation. Server 2025 and Windows 11 24H2 answer 500.0, older ones reset the connection.',
    seen: 'IIS log "500 0 50"; as 0x80070032 on the error page',
    next: [
      'let the record ask in the handshake: clientcertnegotiation=enable',
      'or switch TLS 1.3 off for this record: disabletls13=enable',
    ],
    source: 'Microsoft IIS support blog, 2025-08-29',
  },
  {
    code: 64,
    name: 'ERROR_NETNAME_DELETED',
    means:
      'The client went away: it closed the connection instead of answering, for example because it refuses to renegotiate, or the user closed the prompt.',
    seen: 'IIS log, beside 403.7 or any other status',
    next: [
      'see which clients do it: Go and many OpenSSL 3 programs refuse renegotiation',
      'if so, let the record ask in the handshake: clientcertnegotiation=enable',
    ],
    source: 'winerror.h; the pair 403.7 with 64 is unverified',
  },
  {
    code: 86,
    name: 'ERROR_INVALID_PASSWORD',
    means: 'The password does not open the PFX file.',
    seen: 'certutil, Import-PfxCertificate; as 0x80070056',
    next: ['check the password; a PFX protected by an account opens only for that account'],
    source: 'winerror.h',
  },
  {
    code: 87,
    name: 'ERROR_INVALID_PARAMETER',
    means:
      'netsh does not take a parameter: a thumbprint of wrong length, unquoted braces in PowerShell, a name this build does not know, or an explicit zero for a timeout on Server 2025.',
    seen: 'netsh http add or update sslcert',
    next: [
      'strip all but hex digits from the thumbprint: copied from the certificate window it starts with an invisible character',
      "in PowerShell quote the braces: appid='{…}'",
      'leave out revocationfreshnesstime and urlretrievaltimeout when they are 0',
    ],
    source: 'netsh http documentation; field notes on Server 2025',
  },
  {
    code: 122,
    name: 'ERROR_INSUFFICIENT_BUFFER',
    means: 'The HTTP API asks for a larger buffer: the normal first answer to a query.',
    seen: 'programs that read http.sys records by the API',
    next: [],
    source: 'SDK, HttpQueryServiceConfiguration',
  },
  {
    code: 183,
    name: 'ERROR_ALREADY_EXISTS',
    means: 'There is a record for this key already, and add does not overwrite it.',
    seen: 'netsh http add sslcert',
    next: [
      'use update instead of add, with every field written out: what update does with omitted ones is not documented',
      'if this build knows no update: note the old record, then delete and add',
    ],
    source: 'SDK, HttpSetServiceConfiguration',
  },
  {
    code: 259,
    name: 'ERROR_NO_MORE_ITEMS',
    means: 'The list of records is at its end: not an error.',
    seen: 'programs that read http.sys records by the API',
    next: [],
    source: 'SDK, HttpQueryServiceConfiguration',
  },
  {
    code: 995,
    name: 'ERROR_OPERATION_ABORTED',
    means: 'The operation was cancelled, mostly since its connection was closed meanwhile.',
    seen: 'IIS log, HttpService events',
    next: ['look at what the client did at that moment; by itself it says nothing on certificates'],
    source: 'winerror.h',
  },
  {
    code: 1236,
    name: 'ERROR_CONNECTION_ABORTED',
    means: 'The local side broke the connection off, for example in a renegotiation that did not come about.',
    seen: 'IIS log',
    next: ['see whether the record negotiates in the handshake; try once with TLS 1.2 only'],
    source: 'winerror.h; the connexion with renegotiation is unverified',
  },
  {
    code: 1312,
    name: 'ERROR_NO_SUCH_LOGON_SESSION',
    means:
      'http.sys cannot use the certificate: it is not in the named store of LocalMachine, its private key is missing, or the thumbprint carries a hidden character. Nothing to do with a logon.',
    seen: 'netsh http add or update sslcert',
    next: [
      'certutil -store My: is the certificate there, and does it say that the key test passed?',
      'certutil -repairstore My SERIAL joins a lost key to it',
      'type the thumbprint, or strip all but hex digits',
    ],
    source: 'SDK, HttpUpdateServiceConfiguration; KB981506',
  },
  {
    code: 1326,
    name: 'ERROR_LOGON_FAILURE',
    means:
      'The account behind the certificate mapping refused: wrong password, or a mapping that is not strong.',
    seen: 'IIS log beside 401.1',
    next: [
      'check the account of the mapping',
      'look for KDC events 39, 40, 41 on the domain controller (KB5014754)',
    ],
    source: 'winerror.h; the pairing with 401.1 is unverified',
  },
  {
    code: 1332,
    name: 'ERROR_NONE_MAPPED',
    means: 'No account belongs to this certificate.',
    seen: 'IIS log beside 403.12',
    next: ['look at the mapping rules and at the names in the certificate (UPN, SID extension)'],
    source: 'winerror.h; the pairing with 403.12 is unverified',
  },
  {
    code: 1732,
    name: 'RPC_S_UNSUPPORTED_TYPE',
    means: 'The HTTP service did not take the call: not elevated, or the service is in trouble.',
    seen: 'netsh http',
    next: ['run it as administrator; else look at the state of the service: sc query http'],
    source: 'field notes; unverified',
  },
  {
    code: 10054,
    name: 'WSAECONNRESET',
    means:
      'The other side reset the connection. Server 2022 does so when a path wants a certificate after a TLS 1.3 handshake; nothing of it gets into the IIS log.',
    seen: 'clients, as ERR_CONNECTION_RESET in browsers',
    next: [
      'try once with TLS 1.2: handclasp why https://HOST/ --tls 1.2',
      'if that works: clientcertnegotiation=enable, or disabletls13=enable for this record',
    ],
    source: 'Microsoft IIS support blog, 2025-08-29',
  },
  {
    code: 12044,
    name: 'ERROR_WINHTTP_CLIENT_AUTH_CERT_NEEDED',
    means:
      'The server asks for a client certificate and the program has set none. WinHTTP does not search by itself: the program must choose a certificate and send again.',
    seen: 'programs on WinHTTP and WinINet',
    next: [
      'see what the server accepts: handclasp why https://HOST/',
      'tell the program which certificate to use, or that it has none',
    ],
    source: 'Win32 documentation, WinHTTP error messages',
  },
  {
    code: 12175,
    name: 'ERROR_WINHTTP_SECURE_FAILURE',
    means:
      'The client does not accept the certificate of the server. The client certificate is not in question yet.',
    seen: 'programs on WinHTTP',
    next: ['look at the certificate that the server shows, and at the roots of the client'],
    source: 'Win32 documentation, WinHTTP error messages',
  },
  {
    code: 12185,
    name: 'ERROR_WINHTTP_CLIENT_CERT_NO_PRIVATE_KEY',
    means: 'The chosen client certificate has no private key on this computer.',
    seen: 'programs on WinHTTP',
    next: ['import the PFX with its key, or certutil -repairstore -user My SERIAL'],
    source: 'Win32 documentation, WinHTTP error messages',
  },
  {
    code: 12186,
    name: 'ERROR_WINHTTP_CLIENT_CERT_NO_ACCESS_PRIVATE_KEY',
    means: 'The private key of the client certificate is there, but this account may not use it.',
    seen: 'services on WinHTTP with a certificate in LocalMachine',
    next: ['give the service account read access: certlm.msc, All Tasks, Manage Private Keys'],
    source: 'Win32 documentation, WinHTTP error messages',
  },
];
