/** Who wrote a line, by its shape or by names that only its kind of program prints. */
export interface Speaker {
  readonly program: string;
  readonly side?: 'client' | 'server';
}

const SPEAKERS: readonly (Speaker & { readonly line: RegExp })[] = [
  { program: 'certutil', line: /^CertUtil: |\b(?:ChainContext|SimpleChain|Element)\.dw/ },
  { program: 'nginx', side: 'server', line: /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[[a-z]+\] \d+#\d+:/ },
  {
    program: 'Apache httpd',
    side: 'server',
    line: /^\[[A-Z][a-z]{2} [A-Z][a-z]{2} +\d+ [\d:.]+ \d{4}\] \[|\bAH\d{5}: /,
  },
  {
    program: 'HAProxy',
    side: 'server',
    line: /\bhaproxy\[\d+\]: |^\S+:\d+ \[\d\d\/[A-Z][a-z]{2}\/\d{4}:[\d:.]+\] \S+\/\S+: /,
  },
  { program: 'Caddy', side: 'server', line: /"logger":"(?:http|tls|caddy)|http\.log\.error/ },
  { program: 'Go', side: 'server', line: /\bhttp: TLS handshake error from / },
  { program: 'Go', side: 'client', line: /\b(?:Get|Post|Put|Head|Delete|Patch) "https?:[^"]*": / },
  { program: 'curl', side: 'client', line: /\bcurl: \(\d+\)|\bschannel: / },
  {
    program: 'Python',
    side: 'client',
    line: /\brequests\.exceptions\.|\burllib3\b|HTTPSConnectionPool\(|\bssl\.SSL\w*Error|\[SSL: [A-Z0-9_]+\]|\bwinrm\.exceptions|'Connection aborted\.'/,
  },
  {
    program: 'Node.js',
    side: 'client',
    line: /\bnode:internal|\bat TLSSocket\.|\bcode: '[A-Z_]+'|\bError: (?:read|write|connect) E[A-Z]+/,
  },
  {
    program: 'Ruby',
    side: 'client',
    line: /\bOpenSSL::SSL::SSLError|\bFaraday::\w+Error|\bSSL_connect returned=/,
  },
  { program: 'BouncyCastle', line: /\borg\.bouncycastle\./ },
  { program: 'Java', line: /\bjava[x]?\.(?:net|security)\.|\bsun\.security\./ },
  {
    program: '.NET',
    line: /\bSystem\.(?:Net|Security|ComponentModel|IO)\.|\bHttpRequestException\b|\bWin32Exception\b|\bSecureChannel#/,
  },
  { program: 'rustls', side: 'client', line: /\brustls::|\breqwest::|\bhyper(?:_util)?::/ },
  {
    program: 'PowerShell',
    side: 'client',
    line: /\b(?:Invoke-(?:WebRequest|RestMethod|Command)|New-PSSession|Test-WSMan)\b/,
  },
  { program: 'Chromium', side: 'client', line: /\bnet::ERR_|\bERR_[A-Z0-9_]+\b(?=.*\b(?:Chrome|Edge)\b)/ },
];

export function speakerOf(line: string): Speaker | null {
  const found = SPEAKERS.find((one) => one.line.test(line));
  if (!found) return null;
  const { program, side } = found;
  return side ? { program, side } : { program };
}
