import type { NetshColumn } from './http-sys/binding.ts';

/** Windows versions as far as they differ in this field (domain 2.3, 4.1, 6.4). */
export type BuildId = '2008r2' | '2012r2' | '2016' | '2019' | '2022' | '2025';

export interface Build {
  readonly id: BuildId;
  readonly title: string;
  /** Column of the table of netsh lines (domain 2.3). */
  readonly netshColumn: NetshColumn;
  /**
   * Whether netsh knows the verb `update`. The call behind it needs client 1703; that older netsh lacks the
   * verb is inferred (domain 1.4 [SDK]).
   */
  readonly netshUpdate: boolean;
  /** Whether `revocationfreshnesstime=0` and `urlretrievaltimeout=0` are taken (domain 1.5 [TOK]: not on 2025). */
  readonly takesZeroTimes: boolean;
  readonly tls13: boolean;
  /** Default of SendTrustedIssuerList when the value is absent (domain 4.1). */
  readonly sendsListByDefault: boolean;
  /** What a certificate wanted after a TLS 1.3 handshake ends in (domain 6.4). */
  readonly lateUnderTls13: 'reset' | '500.0' | 'no TLS 1.3';
}

/** Build numbers of the server releases (Microsoft, Windows Server release information). */
const BUILD_NUMBERS: Readonly<Record<string, BuildId>> = {
  '7600': '2008r2',
  '7601': '2008r2',
  '9200': '2012r2',
  '9600': '2012r2',
  '14393': '2016',
  '17763': '2019',
  '20348': '2022',
  '26100': '2025',
};

/** By CurrentBuild of the registry; a client of the same number is another product. */
export const buildOf = (number: string): BuildId | undefined =>
  Object.hasOwn(BUILD_NUMBERS, number) ? BUILD_NUMBERS[number] : undefined;

/** The number of a release, the latest where it had several. */
export const buildNumber = (id: BuildId): string =>
  Object.keys(BUILD_NUMBERS).findLast((number) => BUILD_NUMBERS[number] === id)!;

export const BUILDS: Readonly<Record<BuildId, Build>> = {
  '2008r2': {
    id: '2008r2',
    title: 'Windows Server 2008 R2',
    netshColumn: 'A',
    netshUpdate: false,
    takesZeroTimes: true,
    tls13: false,
    sendsListByDefault: true,
    lateUnderTls13: 'no TLS 1.3',
  },
  '2012r2': {
    id: '2012r2',
    title: 'Windows Server 2012 R2',
    netshColumn: 'A',
    netshUpdate: false,
    takesZeroTimes: true,
    tls13: false,
    sendsListByDefault: false,
    lateUnderTls13: 'no TLS 1.3',
  },
  '2016': {
    id: '2016',
    title: 'Windows Server 2016',
    netshColumn: 'B',
    netshUpdate: false,
    takesZeroTimes: true,
    tls13: false,
    sendsListByDefault: false,
    lateUnderTls13: 'no TLS 1.3',
  },
  '2019': {
    id: '2019',
    title: 'Windows Server 2019',
    netshColumn: 'C',
    netshUpdate: true,
    takesZeroTimes: true,
    tls13: false,
    sendsListByDefault: false,
    lateUnderTls13: 'no TLS 1.3',
  },
  '2022': {
    id: '2022',
    title: 'Windows Server 2022',
    netshColumn: 'D',
    netshUpdate: true,
    takesZeroTimes: true,
    tls13: true,
    sendsListByDefault: false,
    lateUnderTls13: 'reset',
  },
  '2025': {
    id: '2025',
    title: 'Windows Server 2025',
    netshColumn: 'E',
    netshUpdate: true,
    takesZeroTimes: false,
    tls13: true,
    sendsListByDefault: false,
    lateUnderTls13: '500.0',
  },
};
