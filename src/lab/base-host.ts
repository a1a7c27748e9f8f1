import { known } from '../base/known.ts';
import type { BuildId } from '../windows/builds.ts';
import { emptyHost, type Host, type StoredCertificate, withStore } from '../windows/host.ts';
import { assuming, type HypothesisId } from '../windows/hypotheses.ts';
import { freshRegistry } from '../windows/registry/registry.ts';
import type { Issued } from './issue.ts';
import { type LabPki, SITE_HOST } from './pki.ts';

/** Whole Windows hosts to start scenarios from: nothing about them is unknown. */

export const stored = ({ certificate, thumbprint }: Issued): StoredCertificate => ({
  certificate,
  thumbprint,
  because: [],
});

/** A machine as set up: two roots it trusts, an issuing CA, no records and no sites, Schannel at its defaults. */
export function freshHost(
  pki: LabPki,
  build: BuildId,
  variants: Partial<Record<HypothesisId, string>> = {},
): Host {
  const host: Host = {
    ...emptyHost('WEB01'),
    build: known(build),
    bindings: known([]),
    // EventLogging 1 is what every installation has; the other two are absent (domain 4.1).
    schannel: {
      sendTrustedIssuerList: known(undefined),
      clientAuthTrustMode: known(undefined),
      eventLogging: known(1),
    },
    sites: known([]),
    registry: freshRegistry(),
    assume: assuming(variants),
  };
  const stores = {
    Root: [pki.otherRoot, pki.root],
    CA: [pki.issuing],
    My: [],
    ClientAuthIssuer: [],
    WebHosting: [],
  };
  return Object.entries(stores).reduce((all, [name, certificates]) => {
    return withStore(all, name, certificates.map(stored));
  }, host);
}

/** A site for the lab's name on `port`; whoever asks for /secure must show a certificate. */
export function withSite(host: Host, port: number): Host {
  const site = {
    id: 1,
    name: 'Handclasp Lab',
    bindings: [{ protocol: 'https', information: `*:${port}:${SITE_HOST}`, sslFlags: 1 }],
    access: [
      { path: '', sslFlags: ['Ssl'], because: [] },
      { path: 'secure', sslFlags: ['Ssl', 'SslNegotiateCert', 'SslRequireCert'], because: [] },
    ],
    because: [],
  };
  return { ...host, sites: known([site]) };
}

/** Adds a certificate behind those that a store holds. */
export function addToStore(host: Host, name: string, certificate: Issued): Host {
  const held = host.stores.get(name.toLowerCase());
  const before = held?.is === 'known' ? held.value : [];
  return withStore(host, name, [...before, stored(certificate)]);
}
