/** What `netsh http show sslcert` prints of one record, as far as Windows Server 2016 prints it. */
export interface ListedRecord {
  /** '0.0.0.0:443', or a host name with port. */
  readonly key?: string;
  readonly hash?: string;
  readonly store?: string;
  readonly negotiates?: boolean;
}

export function netshListing({
  key = '0.0.0.0:443',
  hash = '846762724f99a530cae257c8d18ceafb46723cd2',
  store = '(null)',
  negotiates = true,
}: ListedRecord = {}): string {
  const label = /^[\d[]/.test(key) ? 'IP:port                      ' : 'Hostname:port                ';
  return `
SSL Certificate bindings:
-------------------------

    ${label}: ${key}
    Certificate Hash             : ${hash}
    Application ID               : {4dc3e181-e14b-4a21-b022-59fc669b0914}
    Certificate Store Name       : My
    Verify Client Certificate Revocation : Enabled
    Verify Revocation Using Cached Client Certificate Only : Disabled
    Usage Check                  : Enabled
    Revocation Freshness Time    : 0
    URL Retrieval Timeout        : 0
    Ctl Identifier               : (null)
    Ctl Store Name               : ${store}
    DS Mapper Usage              : Disabled
    Negotiate Client Certificate : ${negotiates ? 'Enabled' : 'Disabled'}
    Reject Connections           : Disabled

`;
}
