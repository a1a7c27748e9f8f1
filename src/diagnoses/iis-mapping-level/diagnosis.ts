import { clear, defineDiagnosis, evidence, found, notApplicable } from '../../engine/diagnosis.ts';
import { iisMappings } from '../../facts/iis-mapping.ts';

/** IIS evaluates one-to-one and many-to-one mappings at the site alone; those of an application are ignored. */
export default defineDiagnosis({
  id: 'iis-mapping-level',
  title: 'Certificates are mapped to accounts at an application, where IIS does not look',
  severity: 'blocks-logon',
  cites: ['Chiranth (Microsoft), 403.7 and 500 client certificate authentication errors in IIS (2016)'],
  about: 'host',
  sentence:
    'The mapping of client certificates stands at {location}, below the site; IIS reads it at the site alone, so that ' +
    'it has no effect.',
  needs: { mappings: iisMappings },
  check({ mappings }) {
    const all = mappings.value;
    if (all.length === 0) return notApplicable('IIS maps no certificates to accounts by itself');
    const low = all.find(
      ({ location, isBelowSite }) => isBelowSite && !all.some((one) => covers(one, location)),
    );
    if (!low) return clear;
    return found({
      because: evidence({ because: low.because }),
      facts: { location: low.location },
    });
  },
});

/** The site above has mappings of its own, or the server has. */
const covers = (one: { location: string; isBelowSite: boolean }, location: string): boolean =>
  !one.isBelowSite &&
  (one.location === '' || location.toLowerCase().startsWith(`${one.location.toLowerCase()}/`));
