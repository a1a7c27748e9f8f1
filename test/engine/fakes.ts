import { known, unknown } from '../../src/base/known.ts';
import { type Diagnosis, defineDiagnosis } from '../../src/engine/diagnosis.ts';
import type { Picture } from '../../src/picture/picture.ts';
import type { Host } from '../../src/windows/host.ts';
import type { BindingKey, SslBinding } from '../../src/windows/http-sys/binding.ts';
import { assuming } from '../../src/windows/hypotheses.ts';

/** Hosts and diagnoses that hold only what the engine looks at. */

export const key = (value: string, kind: BindingKey['kind'] = 'hostnameport'): BindingKey => ({
  kind,
  value,
});

export const record = (value: string, kind?: BindingKey['kind']): SslBinding => ({
  key: key(value, kind),
  fields: {},
  because: [],
});

export function fakeHost(parts: Partial<Host> = {}): Host {
  return {
    name: 'WEB01',
    build: known('2022'),
    bindings: known([record('www.example.com:443')]),
    schannel: {
      sendTrustedIssuerList: known(1),
      clientAuthTrustMode: known(2),
      eventLogging: unknown('the SCHANNEL key'),
    },
    stores: new Map(),
    sites: unknown('applicationHost.config'),
    assume: assuming(),
    ...parts,
  };
}

export function fakePicture(...hosts: Host[]): Picture {
  return { hosts, logons: [], handshakes: [], certificates: [], sources: [], notes: [] };
}

export function fakeDiagnosis(parts: Partial<Diagnosis> & Pick<Diagnosis, 'check'>): Diagnosis {
  return defineDiagnosis({
    id: 'fake',
    title: 'A fake',
    severity: 'blocks-logon',
    cites: ['nowhere'],
    about: 'endpoint',
    sentence: 'A fake.',
    needs: {},
    ...parts,
  }) as Diagnosis;
}
