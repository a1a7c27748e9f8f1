/**
 * Programs known by the application id of their records (domain 1.7). http.sys does not check it: an id tells
 * who probably made the record, the zero GUID nothing at all.
 */
export interface Owner {
  readonly appid: string;
  readonly title: string;
  /** A program that manages its records itself: what to use instead of netsh. */
  readonly useInstead?: string;
}

export const IIS_APPID = '{4dc3e181-e14b-4a21-b022-59fc669b0914}';

const OWNERS: readonly Owner[] = [
  { appid: IIS_APPID, title: 'IIS' },
  {
    appid: '{5d89a20c-beab-4389-9447-324788eb944a}',
    title: 'AD FS',
    useInstead: 'Set-AdfsSslCertificate or Set-AdfsAlternateTlsClientBinding',
  },
  { appid: '{214124cd-d05b-4309-9af9-9caa44b2b74a}', title: 'IIS Express' },
  {
    appid: '{b46ab86f-c090-1a64-f966-ba2e0b30b1d7}',
    title: 'Citrix Broker',
    useInstead: "Citrix's own tools (the id varies by installation)",
  },
];

/** Scripts use it too, and the Web Management Service (port 8172). */
export const NO_OWNER = '{00000000-0000-0000-0000-000000000000}';

export function ownerOf(appid: string): Owner | undefined {
  return OWNERS.find((owner) => owner.appid === appid.toLowerCase());
}
