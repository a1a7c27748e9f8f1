import { clear, defineDiagnosis, evidence, found, notApplicable } from '../../engine/diagnosis.ts';
import { asksForCertificate } from '../../facts/asking.ts';
import { fieldOf, recordOf } from '../../facts/endpoint.ts';
import { wholeListing } from '../../facts/records.ts';
import { type Divergence, divergences, siblingsOf } from '../../facts/siblings.ts';
import {
  BINDING_FIELDS,
  type BindingField,
  type BindingValues,
  type SslBinding,
} from '../../windows/http-sys/binding.ts';
import { printKey } from '../../windows/http-sys/key.ts';

/**
 * A site with a record for its name and one for an address treats a client by the one that answers: with SNI, by
 * address, by another name. Renewing or editing one leaves the other behind [SEED, "Related errors"].
 */
export default defineDiagnosis({
  id: 'binding-divergence-sni-vs-ip',
  title: "Two http.sys records of one site treat a client's certificate differently",
  severity: 'blocks-logon',
  cites: [
    'U. Gradenegger, 403 after renewing the web server certificate (gradenegger.eu), Related errors',
    'K. Panday (Microsoft IIS), 2012: which binding a connection gets',
  ],
  about: 'endpoint',
  explains: ['binding-lost-ctl-store', 'trust-mode-without-store'],
  sentence:
    'The http.sys records {key} and {other} belong to one site and differ in {fields}, so that logon depends on ' +
    'the name or address that a client uses.',
  needs: {
    record: recordOf,
    siblings: siblingsOf,
    whole: wholeListing,
    divergences,
    asks: asksForCertificate,
  },
  check({ record, siblings, whole, divergences: all, asks }) {
    const mine = record.value;
    if (all.value.length === 0 && whole.value)
      return siblings.value.length > 0
        ? clear
        : notApplicable('no other record on this port belongs to the same site');
    const told = all.value.map((one) => ({ ...one, fields: one.fields.filter((f) => isOdd(mine, one, f)) }));
    const [first] = told.filter(({ fields }) => fields.length > 0);
    if (!first)
      return notApplicable(`told at ${printKey(all.value[0]!.sibling.key)}, the record that lacks it`);
    // Where the sibling asks in the handshake, that this record never asks is the difference itself.
    if (asks.value === 'never' && !first.fields.includes('clientcertnegotiation'))
      return notApplicable('this endpoint never asks for a client certificate');
    const set = first.open ? {} : lackingIn(mine, first);
    return found({
      ...(first.likely
        ? { likely: 'unless ClientAuthTrustMode is 0 and both lists come from one store' }
        : {}),
      because: evidence(all, asks),
      facts: {
        key: printKey(mine.key),
        other: printKey(first.sibling.key),
        fields: first.fields.map(labelOf).join(', '),
      },
      changes: Object.keys(set).length > 0 ? [{ kind: 'http-sys/set-binding', key: mine.key, set }] : [],
    });
  },
});

/**
 * Of two records the one that lacks a store or the asking is the odd one; where both say something, the one for
 * an address ('ipport' sorts after the other kinds), so that a difference is told once.
 */
function isOdd(mine: SslBinding, { sibling }: Divergence, field: BindingField): boolean {
  const lacks = (record: SslBinding): boolean => {
    const leaf = fieldOf(record, field);
    return leaf.is === 'known' && (leaf.value === undefined || leaf.value === false);
  };
  const isWanted = field === 'sslctlstorename' || field === 'clientcertnegotiation';
  if (isWanted && lacks(mine) !== lacks(sibling)) return lacks(mine);
  return printKey(mine.key) > printKey(sibling.key);
}

/** Only what this record lacks is copied; which of two different settings is meant, the operator knows. */
function lackingIn(mine: SslBinding, { sibling, fields }: Divergence): Partial<BindingValues> {
  const set: Partial<BindingValues> = {};
  const store = fieldOf(sibling, 'sslctlstorename');
  const own = fieldOf(mine, 'sslctlstorename');
  if (fields.includes('sslctlstorename') && own.is === 'known' && own.value === undefined)
    if (store.is === 'known') set.sslctlstorename = store.value;
  if (fields.includes('clientcertnegotiation')) set.clientcertnegotiation = true;
  return set;
}

const labelOf = (field: BindingField): string =>
  BINDING_FIELDS.find(({ name }) => name === field)?.label ?? field;
