import crypto from 'node:crypto';
import { answerOf, known } from '../../src/base/known.ts';
import type { BuildId } from '../../src/windows/builds.ts';
import { BUILDS } from '../../src/windows/builds.ts';
import {
  bindingByKey,
  emptyHost,
  type Host,
  type Site,
  type StoredCertificate,
  underAssumptions,
} from '../../src/windows/host.ts';
import type { BindingKey, BindingValues, SslBinding } from '../../src/windows/http-sys/binding.ts';
import { IIS_APPID } from '../../src/windows/http-sys/owners.ts';
import { newRecord } from '../../src/windows/http-sys/record.ts';
import { assuming, type HypothesisId } from '../../src/windows/hypotheses.ts';
import { type Certificate, parseCertificate } from '../../src/wire/x509/certificate.ts';
import type { Issued } from '../support/pki.ts';

export const certificate = (issued: Issued): Certificate => parseCertificate(issued.der);

export function stored(...all: readonly Issued[]): StoredCertificate[] {
  return all.map((one) => ({
    thumbprint: crypto.createHash('sha1').update(one.der).digest('hex'),
    certificate: certificate(one),
    because: [],
  }));
}

export const HASH = '846762724f99a530cae257c8d18ceafb46723cd2';
export const OTHER_HASH = 'ab'.repeat(20);

export const ip = (value: string): BindingKey => ({ kind: 'ipport', value });
export const sni = (value: string): BindingKey => ({ kind: 'hostnameport', value });

/** A record as a build makes it. */
export function record(
  key: BindingKey,
  values: Partial<BindingValues> = {},
  build: BuildId = '2022',
): SslBinding {
  return newRecord(key, BUILDS[build].netshColumn, {
    appid: IIS_APPID,
    certhash: HASH,
    certstorename: 'My',
    ...values,
  });
}

export interface Parts {
  readonly build?: BuildId;
  readonly bindings?: readonly SslBinding[];
  /** SendTrustedIssuerList and ClientAuthTrustMode; undefined: the value is absent. */
  readonly sendList?: number;
  readonly trustMode?: number;
  readonly stores?: Readonly<Record<string, readonly StoredCertificate[]>>;
  readonly sites?: readonly Site[];
  readonly assume?: Partial<Record<HypothesisId, string>>;
}

/** A host without unknowns, except stores that are not named. */
export function wholeHost(parts: Parts = {}): Host {
  const stores = Object.entries(parts.stores ?? {}).map(
    ([name, all]) => [name.toLowerCase(), known(all)] as const,
  );
  return {
    ...emptyHost('lab'),
    build: known(parts.build ?? '2022'),
    bindings: known(parts.bindings ?? []),
    schannel: {
      sendTrustedIssuerList: known(parts.sendList),
      clientAuthTrustMode: known(parts.trustMode),
      eventLogging: known(undefined),
    },
    stores: new Map(stores),
    sites: known(parts.sites ?? []),
    assume: assuming(parts.assume),
  };
}

export const under = (host: Host, chosen: Partial<Record<HypothesisId, string>>): Host =>
  underAssumptions(host, assuming(chosen));

/** Hypotheses that a run read. */
export function reads(host: Host, run: (host: Host) => unknown): HypothesisId[] {
  const read = new Set<HypothesisId>();
  const assume = {
    variant: (id: HypothesisId) => {
      read.add(id);
      return host.assume.variant(id);
    },
  };
  run(underAssumptions(host, assume));
  return [...read];
}

/** Known values of a record, without their evidence. */
export function valuesOf(host: Host, key: BindingKey): Record<string, unknown> | undefined {
  const found = answerOf(bindingByKey(host, key));
  return (
    found &&
    Object.fromEntries(
      Object.entries(found.fields).map(([name, leaf]) => [
        name,
        leaf.is === 'known' ? leaf.value : `<${leaf.is}>`,
      ]),
    )
  );
}
