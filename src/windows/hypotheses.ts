/**
 * Points on which sources disagree or are silent. Each is several models; which one holds is read through
 * the Host (`host.assume.variant(id)`), so that the engine can run a question again under the others.
 */
export type HypothesisId =
  | 'issuer-list-without-store'
  | 'trust-without-store'
  | 'machine-trust-outside-list'
  | 'wildcard-before-sni'
  | 'wildcard-of-other-family'
  | 'update-omitted-fields'
  | 'rebinding-and-negotiation';

export interface Variant {
  readonly id: string;
  readonly says: string;
  readonly source: string;
  readonly confidence: 'stated' | 'observed' | 'inferred' | 'unverified';
}

export interface Hypothesis {
  readonly id: HypothesisId;
  readonly question: string;
  /** The first is tried first. */
  readonly variants: readonly Variant[];
  /** The evidence that tells them apart, as a thing to collect. */
  readonly decidedBy: string;
}

export interface Assumptions {
  /** The variant of a hypothesis that this run of the model goes by. */
  variant(id: HypothesisId): string;
}

export const HYPOTHESES: Readonly<Record<HypothesisId, Hypothesis>> = {
  'issuer-list-without-store': {
    id: 'issuer-list-without-store',
    question:
      'Which store feeds the issuer list when ClientAuthTrustMode is 1 or 2 and the record names no store?',
    variants: [
      {
        id: 'microsoft-order',
        says: 'ClientAuthIssuer if it is not empty, else Root, in every mode',
        source: 'Microsoft, What is new in TLS/SSL (Schannel SSP)',
        confidence: 'stated',
      },
      {
        id: 'root-in-mode-1-or-2',
        says: 'Root directly, although ClientAuthIssuer is filled',
        source: 'the incident that started this project (gradenegger.eu)',
        confidence: 'observed',
      },
    ],
    decidedBy: 'the list on the wire: handclasp why https://HOST:PORT/',
  },
  'trust-without-store': {
    id: 'trust-without-store',
    question: 'What does a record without a store trust when ClientAuthTrustMode is 1 or 2?',
    variants: [
      {
        id: 'fallback-store',
        says: 'the store that the list fell back to',
        source: 'inferred from the order of stores; unverified',
        confidence: 'unverified',
      },
      {
        id: 'nothing',
        says: 'nothing: whoever sends a certificate gets 403.16',
        source: 'inferred from the words caller-specified store; unverified',
        confidence: 'unverified',
      },
    ],
    decidedBy: 'one logon of a client that ignores the list (curl --cert) and its line in the IIS log',
  },
  'machine-trust-outside-list': {
    id: 'machine-trust-outside-list',
    question:
      'In ClientAuthTrustMode 0 with the list sent: is a certificate accepted whose issuer the list does not name?',
    variants: [
      {
        id: 'accepted',
        says: 'yes: whatever the machine trusts is accepted, the list is only a hint for clients',
        source: 'the incident that started this project (gradenegger.eu): any chain marked as trusted',
        confidence: 'stated',
      },
      {
        id: 'refused',
        says: 'no: its issuer must be in the list of trusted issuers',
        source: 'Microsoft, What is new in TLS/SSL (Schannel SSP): machine trust',
        confidence: 'stated',
      },
    ],
    decidedBy: 'one logon of a client that ignores the list (curl --cert) and its line in the IIS log',
  },
  'wildcard-before-sni': {
    id: 'wildcard-before-sni',
    question: 'Does a wildcard ipport record answer before a hostnameport record?',
    variants: [
      {
        id: 'sni-first',
        says: 'exact IP, then host name (SNI), then CCS, then the wildcard',
        source: 'K. Panday (Microsoft IIS), 2012',
        confidence: 'stated',
      },
      {
        id: 'wildcard-first',
        says: 'any ipport record on the port, wildcards included, wins over SNI',
        source: 'tokentimer field notes; the wildcard case is only asserted there',
        confidence: 'unverified',
      },
    ],
    decidedBy: 'two probes of the port, with the name as SNI and without: handclasp why',
  },
  'wildcard-of-other-family': {
    id: 'wildcard-of-other-family',
    question: 'Which wildcard record answers an IPv4 client when both 0.0.0.0 and [::] have one?',
    variants: [
      {
        id: 'own-family-first',
        says: '0.0.0.0, the one of its own address family',
        source: 'inferred; unverified',
        confidence: 'unverified',
      },
      {
        id: 'ipv6-first',
        says: '[::], before 0.0.0.0',
        source: 'not told anywhere; unverified',
        confidence: 'unverified',
      },
    ],
    decidedBy: 'two probes of the port, over IPv4 and over IPv6: handclasp why',
  },
  'update-omitted-fields': {
    id: 'update-omitted-fields',
    question: 'What does netsh http update sslcert do with parameters that are not given?',
    variants: [
      {
        id: 'keeps',
        says: 'keeps their values',
        source: 'undocumented; unverified',
        confidence: 'unverified',
      },
      {
        id: 'resets',
        says: 'sets them to their defaults',
        source: 'undocumented; unverified',
        confidence: 'unverified',
      },
    ],
    decidedBy: 'netsh http show sslcert before and after the update',
  },
  'rebinding-and-negotiation': {
    id: 'rebinding-and-negotiation',
    question:
      'Does a tool that binds a certificate by CreateSSLBinding switch Negotiate Client Certificate off?',
    variants: [
      {
        id: 'switched-off',
        says: 'yes, unless the sslFlags of the build carry it (Server 2025)',
        source: 'five arguments of CreateSSLBinding in public stack traces; field reports (domain 1.6)',
        confidence: 'inferred',
      },
      {
        id: 'kept',
        says: 'no: the server goes on asking in the handshake',
        source:
          'the incident that started this project (gradenegger.eu) shows the CertificateRequest in the first handshake',
        confidence: 'inferred',
      },
    ],
    decidedBy: 'netsh http show sslcert before and after the renewal',
  },
};

/** Fixed variants, the first of each hypothesis unless told otherwise. */
export function assuming(chosen: Partial<Record<HypothesisId, string>> = {}): Assumptions {
  return { variant: (id) => chosen[id] ?? HYPOTHESES[id].variants[0]!.id };
}
