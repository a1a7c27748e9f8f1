/** Extended key usages by the names that OpenSSL (obj_mac) and keytool (RFC 5280) print. */
const USAGES: Readonly<Record<string, string>> = {
  'tls web server authentication': '1.3.6.1.5.5.7.3.1',
  serverauth: '1.3.6.1.5.5.7.3.1',
  'tls web client authentication': '1.3.6.1.5.5.7.3.2',
  clientauth: '1.3.6.1.5.5.7.3.2',
  'code signing': '1.3.6.1.5.5.7.3.3',
  codesigning: '1.3.6.1.5.5.7.3.3',
  'e-mail protection': '1.3.6.1.5.5.7.3.4',
  emailprotection: '1.3.6.1.5.5.7.3.4',
  'time stamping': '1.3.6.1.5.5.7.3.8',
  timestamping: '1.3.6.1.5.5.7.3.8',
  'ocsp signing': '1.3.6.1.5.5.7.3.9',
  ocspsigning: '1.3.6.1.5.5.7.3.9',
  'microsoft smartcard login': '1.3.6.1.4.1.311.20.2.2',
  'microsoft smartcardlogin': '1.3.6.1.4.1.311.20.2.2',
  'any extended key usage': '2.5.29.37.0',
  anyextendedkeyusage: '2.5.29.37.0',
};

/** Dotted OIDs; a name that nobody knows stays as it is printed. */
export const usagesIn = (text: string): string[] =>
  text
    .split(/,\s*/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => USAGES[one.toLowerCase()] ?? one);
