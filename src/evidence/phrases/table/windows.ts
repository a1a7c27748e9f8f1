import type { Phrase } from '../phrase.ts';

/**
 * Windows by its error numbers, symbols and sentences (winerror.h), in English and German, and the error pages of IIS
 * (domain 5.1). A number beside another certificate than a client's means that one: the side stays open then.
 */
export const WINDOWS: readonly Phrase[] = [
  {
    code: 'no-common-algorithm',
    says: /0x80090331|-2146893007|SEC_E_ALGORITHM_MISMATCH|0x80090029|-2146893783|NTE_NOT_SUPPORTED|do(?:es)? not possess a common algorithm|nicht über einen gemeinsamen Algorithmus/i,
    example:
      'System.ComponentModel.Win32Exception (0x80090331): The client and server cannot communicate, because they do not possess a common algorithm.',
  },
  {
    code: 'key-unusable',
    // Schannel's event 36870 speaks of the server's own key.
    unless: /36870|kryptogra|cryptographic module/i,
    says: /0x8009030D|-2146893043|SEC_E_UNKNOWN_CREDENTIALS|credentials supplied to the package were not recognized|übergebenen Anmeldeinformationen wurden (?:vom Paket )?nicht erkannt/i,
    example:
      'AcquireCredentialsHandle failed with 0x8009030D: The credentials supplied to the package were not recognized',
  },
  {
    code: 'key-unusable',
    says: /0x80090016|-2146893802|NTE_BAD_KEYSET|Keyset does not exist|Der Schlüsselsatz ist nicht vorhanden|Schlüsselsatz nicht vorhanden|0x8009000D|NTE_NO_KEY\b|No private key is available|does not have a private key/i,
    example: 'CryptographicException: Keyset does not exist (0x80090016)',
  },
  {
    code: 'certificate-refused',
    side: 'client',
    says: /0x80090327|-2146893017|SEC_E_CERT_UNKNOWN|unknown error occurred while processing the certificate/i,
    example: 'schannel: next InitializeSecurityContext failed: SEC_E_CERT_UNKNOWN (0x80090327)',
  },
  {
    code: 'no-certificate-chosen',
    side: 'client',
    says: /(?:error|code|fehler|WinHttp\w*)\W{0,8}12044\b|12044 \(0x2EFC\)|0x80072F0C|-2147012852|0x2EFC|ERROR_(?:WINHTTP|INTERNET)_CLIENT_AUTH_CERT_NEEDED(?!_PROXY)|certificate is required to complete client authentication|SEC_I_INCOMPLETE_CREDENTIALS|0x00090320/i,
    example: 'WinHttpSendRequest: 12044 (0x2EFC) ERROR_WINHTTP_CLIENT_AUTH_CERT_NEEDED',
  },
  {
    code: 'handshake-failure',
    side: 'client',
    says: /0x80072F7D|-2147012739|ERROR_WINHTTP_SECURE_(?:CHANNEL|FAILURE)|(?:error|code|fehler|WinHttp\w*)\W{0,8}12157\b|An error occurred in the secure channel support|Could not create SSL\/TLS secure channel|Es konnte kein geschützter SSL\/TLS-Kanal erstellt werden|0x80090326|SEC_E_ILLEGAL_MESSAGE|message received was unexpected or badly formatted/i,
    example: 'The request was aborted: Could not create SSL/TLS secure channel.',
  },
  {
    code: 'issuer-unknown',
    says: /0x800B0109|-2146762487|(?:403[ .]1\d |win32\S{0,8}\W{1,3})2148204809\b|CERT_E_UNTRUSTEDROOT|0x800B010A|-2146762486|(?:403[ .]1\d |win32\S{0,8}\W{1,3})2148204810\b|CERT_E_CHAINING|0x80090325|SEC_E_UNTRUSTED_ROOT|CERT_TRUST_IS_UNTRUSTED_ROOT|CERT_TRUST_IS_PARTIAL_CHAIN|terminated in a root certificate which is not trusted|chain could not be built to a trusted root|chain was issued by an authority that is not trusted|endete jedoch mit einem Stammzertifikat|keiner vertrauenswürdigen (?:Stamm)?zertifizierungsstelle/i,
    example:
      'A certificate chain processed, but terminated in a root certificate which is not trusted by the trust provider. 0x800b0109 (-2146762487 CERT_E_UNTRUSTEDROOT)',
  },
  {
    code: 'certificate-expired',
    says: /0x800B0101|-2146762495|(?:403[ .]1\d |win32\S{0,8}\W{1,3})2148204801\b|CERT_E_EXPIRED|CERT_TRUST_IS_NOT_TIME_VALID|not within its validity period|nicht im Gültigkeitszeitraum|0x80090328|SEC_E_CERT_EXPIRED/i,
    example:
      'A required certificate is not within its validity period when verifying against the current system clock',
  },
  {
    code: 'certificate-revoked',
    says: /0x80092010|(?:403[ .]1\d |win32\S{0,8}\W{1,3})2148081680\b|-2146885616|CRYPT_E_REVOKED|0x800B010C|(?:403[ .]1\d |win32\S{0,8}\W{1,3})2148204812\b|-2146762484|CERT_E_REVOKED|CERT_TRUST_IS_REVOKED|certificate is revoked|Zertifikat (?:ist|wurde) gesperrt/i,
    example: 'The certificate is revoked. 0x80092010 (-2146885616 CRYPT_E_REVOKED)',
  },
  {
    code: 'revocation-unavailable',
    says: /0x80092013|(?:403[ .]1\d |win32\S{0,8}\W{1,3})2148081683\b|-2146885613|CRYPT_E_REVOCATION_OFFLINE|0x80092012|(?:403[ .]1\d |win32\S{0,8}\W{1,3})2148081682\b|-2146885614|CRYPT_E_NO_REVOCATION_CHECK|0x800B010E|(?:403[ .]1\d |win32\S{0,8}\W{1,3})2148204814\b|CERT_E_REVOCATION_FAILURE|CERT_TRUST_REVOCATION_STATUS_UNKNOWN|CERT_TRUST_IS_OFFLINE_REVOCATION|revocation function was unable to check revocation|revocation server was offline|Sperrserver offline|Sperrfunktion (?:konnte|war)/i,
    example:
      'The revocation function was unable to check revocation because the revocation server was offline. 0x80092013 (-2146885613 CRYPT_E_REVOCATION_OFFLINE)',
  },
  {
    code: 'usage-refused',
    says: /0x800B0110|-2146762480|(?:403[ .]1\d |win32\S{0,8}\W{1,3})2148204816\b|CERT_E_WRONG_USAGE|CERT_TRUST_IS_NOT_VALID_FOR_USAGE|certificate is not valid for the requested usage|0x80090349|SEC_E_CERT_WRONG_USAGE|für die angeforderte Verwendung (?:nicht gültig|ungültig)/i,
    example: 'The certificate is not valid for the requested usage. 0x800b0110 (CERT_E_WRONG_USAGE)',
  },
  {
    code: 'late-request-not-supported',
    program: 'IIS',
    side: 'server',
    says: /0x80070032|-2147024846|\bERROR_NOT_SUPPORTED\b|\b500[ .]0 50\b/i,
    example: 'Error Code 0x80070032',
  },
  {
    code: 'connection-reset',
    says: /forcibly closed by the remote host|vom Remotehost geschlossen|WSAECONNRESET|(?:error|code|fehler|errno|WSA\w*)\W{0,8}10054\b|0x80072EF[EF]|-214701286[56]|0x80072746|underlying connection was closed|connection with the server was (?:reset|terminated abnormally)|Verbindung mit dem Server wurde (?:zurückgesetzt|aufgrund eines Fehlers beendet)/i,
    example: 'An existing connection was forcibly closed by the remote host.',
  },
  {
    code: 'no-certificate-sent',
    program: 'IIS',
    side: 'server',
    says: /(?:HTTP|error|fehler|erreur|errore|fout|erro|status|code)\b\W{0,12}403\.7(?![\d.]\d|\d)|(?<![\d.])403\.7\W{1,4}Forbidden|sc-status\W{0,3}403\W{1,4}sc-substatus\W{0,3}7\b|page you are attempting to access requires (?:your browser to have )?an? (?:Secure Sockets Layer \(SSL\) )?client certificate|erfordert (?:Ihr Browser )?ein SSL-Clientzertifikat/i,
    facts: { status: 403, substatus: 7 },
    example: 'HTTP-Fehler 403.7 - Forbidden',
  },
  {
    // A line cut out of a log, whose last numbers are status, substatus and win32 status before bytes and time.
    code: 'no-certificate-sent',
    program: 'IIS',
    side: 'server',
    says: /(?:GET|HEAD|POST|PUT|OPTIONS|PROPFIND) \/\S* \S+ \d{1,5} .* 403 7 (?<win32>\d{1,10})(?: \d+){0,3}$/i,
    facts: { status: 403, substatus: 7 },
    example: '2025-06-03 10:11:12 10.0.0.1 GET /secure/ - 443 - 10.0.0.9 Mozilla/5.0 - 403 7 5 15',
  },
  {
    code: 'http-certificate-error',
    program: 'IIS',
    side: 'server',
    says: /(?:HTTP|error|fehler|erreur|errore|fout|erro|status|code)\b\W{0,12}(?<status>403)\.(?<substatus>12|13|16)(?![\d.]\d|\d)|(?<![\d.])403\.(?:12|13|16)\W{1,4}Forbidden|sc-status\W{0,3}403\W{1,4}sc-substatus\W{0,3}1[236]\b/i,
    example: 'HTTP Error 403.16 - Forbidden',
  },
  {
    code: 'certificate-expired',
    program: 'IIS',
    side: 'server',
    says: /(?:HTTP|error|fehler|erreur|errore|fout|erro|status|code)\b\W{0,12}403\.17(?![\d.]\d|\d)|sc-status\W{0,3}403\W{1,4}sc-substatus\W{0,3}17\b/i,
    facts: { status: 403, substatus: 17 },
    example: 'HTTP Error 403.17 - Forbidden',
  },
  {
    code: 'no-certificate-sent',
    side: 'server',
    says: /\b403\b\W{1,4}(?:Forbidden\W{1,4})?Client Certificate Required/i,
    facts: { status: 403 },
    example: 'The remote server returned: 403 Client Certificate Required',
  },
  {
    code: 'issuers-counted',
    program: '.NET',
    side: 'client',
    says: /The server has specified (?<issuers>\d+) issuer\(s\)/i,
    example:
      'SecureChannel#34948909 - We have user-provided certificates. The server has specified 137 issuer(s). Looking for certificates that match any of the issuers.',
  },
  {
    code: 'no-issuers-named',
    program: '.NET',
    side: 'client',
    says: /server has not specified any issuers|The server has specified 0 issuer/i,
    example:
      'SecureChannel#1 - We have user-provided certificates. The server has not specified any issuers, so try all the certificates.',
  },
  {
    code: 'no-certificate-chosen',
    program: '.NET',
    side: 'client',
    says: /Left with (?<left>0) client certificates to choose from|InitializeSecurityContext\(.*returned code=CredentialsNeeded|returned code=CredentialsNeeded/i,
    example: 'SecureChannel#34948909 - Left with 0 client certificates to choose from.',
  },
  {
    code: 'certificate-refused',
    program: '.NET',
    side: 'server',
    says: /remote certificate (?:is invalid|was rejected).{0,60}RemoteCertificateNotAvailable|RemoteCertificateNotAvailable/i,
    example: 'AuthenticationException: The remote certificate was rejected: RemoteCertificateNotAvailable',
  },
  {
    code: 'server-untrusted',
    program: '.NET',
    side: 'client',
    says: /remote certificate is invalid (?:according to the validation procedure|because of errors in the certificate chain)|Could not establish trust relationship for the SSL\/TLS secure channel|Es konnte keine Vertrauensstellung für den sicheren SSL\/TLS-Kanal/i,
    example:
      'The remote certificate is invalid according to the validation procedure: RemoteCertificateChainErrors',
  },
  {
    code: 'usage-refused',
    program: '.NET',
    side: 'client',
    says: /does not have the (?:required )?(?:Client Authentication|clientAuth) (?:EKU|usage|enhanced key usage)|no Client Authentication \(1\.3\.6\.1\.5\.5\.7\.3\.2\)|lacks (?:the )?(?:Client Authentication|clientAuth)|EKU lacks 1\.3\.6\.1\.5\.5\.7\.3\.2/i,
    example: 'CertificateHelper skips it: its EKU lacks 1.3.6.1.5.5.7.3.2',
  },
];
