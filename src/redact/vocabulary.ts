/**
 * Words that stay, whoever's name they are part of: a name may hold a word that is also one of a format (a host called
 * web-01 and web.config), and the words of every PKI tell nobody's name.
 */
const KEPT = `
com net org edu gov mil int info biz local lan localdomain localhost corp intern internal intranet extranet home test
example invalid domain www http https ldap ldaps ftp smtp imap html htm asp aspx php json xml log txt png css
and the for with von der die das und
root issuing issuer intermediate authority authorities certificate certificates certification policy sub primary
client clients server servers user users web site sites default system secure security public private global class
code device devices service services trust trusted key keys crl ocsp aia cert certs pki tls ssl sha256 sha384 rsa ecc
microsoft windows schannel iis asp dotnet net framework version culture neutral publickeytoken
config configuration applicationhost location path access sslflags none sslnegotiatecert sslrequirecert ssl128 sslmapcert
binding bindings bindinginformation protocol name value add remove clear section sectiongroup type handlers modules
application applications virtualdirectory physicalpath inetpub wwwroot systemdrive windir systemroot system32 logfiles
inetsrv directory enabled true false password username removed redacted
ipport hostnameport hostname port hash appid store ctl identifier verify revocation usage check freshness time url
retrieval timeout mapper negotiate reject connections disable enable disabled http2 quic legacy versions session ticket
token extended events properties propertyid receive window null set not only using cached
hkey_local_machine hklm software currentcontrolset control securityproviders parameters sslbindinginfo
sslsnibindinginfo sslccsbindinginfo systemcertificates enterprisecertificates certificates blob dword hex reg_sz
reg_dword reg_binary sendtrustedissuerlist clientauthtrustmode eventlogging protocols ciphers
ciphersuites hashes keyexchangealgorithms registry editor
my ca clientauthissuer authroot disallowed smartcardroot trustedpeople trustedpublisher webhosting flightroot
trusteddevices ntauth addressbook localmachine currentuser
fields date software internet information get post head put delete options
uri stem query method status substatus win32 taken agent referer cookie mozilla referrer
event provider eventid level task opcode keywords timecreated systemtime computer channel data execution
schemas eventlog httpevent kdc capi2 operational localhost
schema probe why target request serverName servername address authorities askedwith
cn ou dc uid
certutil netsh command completed successfully personal begin end
admin administrator administrators guest
host alert warning error info debug java javax that other api handshake finished
`;

const KEPT_WORDS: ReadonlySet<string> = new Set(KEPT.toLowerCase().split(/\s+/));

/** Shorter ones are everywhere, and tell little. */
const SHORTEST = 3;

/** Words of a name that are replaced wherever they stand. */
export function wordsOf(name: string): string[] {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => word.length >= SHORTEST && !/^\d+$/.test(word) && !KEPT_WORDS.has(word));
}
