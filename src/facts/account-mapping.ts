import { known, unknown } from '../base/known.ts';
import { printName } from '../wire/x509/name.ts';
import { isNameInWords } from '../wire/x509/name-in-words.ts';
import { clientCertificates, theOne } from './exchange/client-certificates.ts';
import { ask, type Question } from './question.ts';

/** szOID_NTDS_CA_SECURITY_EXT, the account's SID inside the certificate (KB5014754). */
const SID = '1.3.6.1.4.1.311.25.2';

/** Whether the client's certificate carries the SID of its account. */
export const carriesSid: Question<boolean> = (subject) => {
  const one = theOne(ask(subject, clientCertificates));
  return one?.certificate
    ? known(
        one.certificate.extensions.some(({ oid }) => oid === SID),
        [one.at],
      )
    : unknown("the client's certificate (client.cer, without its key)");
};

/** Of the KDC: no strong mapping (39; 41 on 2008 R2), older than its account (40, 48), another SID (41, 49). */
const WEAK = [39, 40, 41, 48, 49];

/** What domain controllers say of weak mappings, as 'event 39, 12 times'; null: their log has none. */
export const weakMappingEvents: Question<string | null> = ({ picture }) => {
  const kdc = (picture.events ?? []).filter(({ provider }) =>
    /Kerberos-Key-Distribution|^KDC$/i.test(provider),
  );
  const weak = kdc.filter(({ id }) => WEAK.includes(id));
  if (kdc.length === 0) return unknown('the System log of the domain controllers (KDC events 39, 40, 41)');
  const told = weak.map(({ id, count }) => `event ${id}${count > 1 ? `, ${count} times` : ''}`).join('; ');
  return known<string | null>(
    told === '' ? null : told,
    (weak.length > 0 ? weak : kdc).map(({ at }) => at),
  );
};

/** StrongCertificateBindingEnforcement: 0 off, 1 compatibility, 2 enforced, which is what holds without it since 2025. */
export const mappingEnforcement: Question<number> = ({ picture }) => {
  const seen = (picture.machineSettings ?? []).filter(
    ({ name }) => name === 'kdc.strong-certificate-binding-enforcement',
  );
  const last = seen.at(-1);
  return last
    ? known(Number(last.value), [last.at])
    : unknown('`reg query HKLM\\SYSTEM\\CurrentControlSet\\Services\\Kdc` of the domain controllers');
};

/** Logons that a valid certificate did not bring to an account: 401 and 403.12 (domain 5.1). */
export const unmappedLogons: Question<number> = ({ picture: { logons } }) => {
  if (logons.length === 0) return unknown('the W3C log of the site from the time of a refused logon');
  const refused = logons.filter(
    ({ status, substatus, path }) =>
      (status === 403 && substatus === 12) ||
      (status === 401 && !logons.some((one) => one.status < 400 && one.path === path)),
  );
  return known(
    refused.reduce((sum, { count }) => sum + count, 0),
    (refused.length > 0 ? refused : logons).map(({ at }) => at),
  );
};

/** Printed name of the client's issuer where NTAuth, the CAs that may vouch for accounts, lacks it; null: it is there. */
export const issuerOutsideNtAuth: Question<string | null> = (subject) => {
  const one = theOne(ask(subject, clientCertificates));
  if (!one?.certificate) return unknown("the client's certificate (client.cer, without its key)");
  const { issuer } = one.certificate;
  const { picture, host } = subject;
  const stored = host.stores.get('ntauth');
  const listed = (picture.listings ?? []).filter(({ store = '' }) => /^ntauth$/i.test(store));
  const inStore = stored?.is === 'known' ? stored.value : [];
  const held = inStore.filter(({ certificate }) => printName(certificate.subject) === printName(issuer));
  const lines = listed.flatMap(({ certificates }) =>
    certificates.filter((it) => it.subject !== undefined && isNameInWords(it.subject, issuer)),
  );
  if (held.length + lines.length > 0)
    return known<string | null>(null, [
      ...held.flatMap(({ because }) => because),
      ...lines.map(({ at }) => at),
    ]);
  if (stored?.is !== 'known' && !listed.some(({ whole }) => whole))
    return unknown('output of `certutil -enterprise -store NTAuth` on the server');
  return known<string | null>(printName(issuer), [one.at, ...listed.map(({ at }) => at)]);
};
