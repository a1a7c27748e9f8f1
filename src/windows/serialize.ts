import { fromBase64, toBase64 } from '../base/base64.ts';
import type { Known } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import { parseCertificate } from '../wire/x509/certificate.ts';
import { BUILDS, type BuildId } from './builds.ts';
import type { AccessRule, Host, Site, SiteBinding, StoredCertificate } from './host.ts';
import type { BindingValues, FieldRow, SslBinding } from './http-sys/binding.ts';
import { fieldRow, isBindingField } from './http-sys/fields.ts';
import { isBindingKind } from './http-sys/key.ts';
import { assuming, HYPOTHESES, type HypothesisId } from './hypotheses.ts';
import {
  keyOf,
  type Registry,
  type RegistryData,
  type RegistryKey,
  type RegistryValue,
} from './registry/registry.ts';

/** A Host as JSON and back, exactly: certificates as base64 DER, stores in order of name. */

/** The JSON is no host: the place in it and what belongs there. */
export class NotAHost extends Error {
  constructor(place: string, belongs: string) {
    super(`${place}: not ${belongs}`);
  }
}

export function hostToJson(host: Host): unknown {
  return {
    name: host.name,
    build: host.build,
    bindings: host.bindings,
    ...(host.partialBindings ? { partialBindings: host.partialBindings } : {}),
    schannel: host.schannel,
    stores: [...host.stores]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, leaf]) => ({ name, certificates: mapLeaf(leaf, (all) => all.map(certificateToJson)) })),
    sites: host.sites,
    ...(host.registry ? { registry: registryToJson(host.registry) } : {}),
    assume: Object.fromEntries(hypothesisIds().map((id) => [id, host.assume.variant(id)])),
  };
}

function certificateToJson(one: StoredCertificate): unknown {
  return { thumbprint: one.thumbprint, der: toBase64(one.certificate.der), because: one.because };
}

function registryToJson(registry: Registry): unknown {
  return [...registry.values()].map(({ path, values }) => ({
    path,
    values: values.map(({ name, data }) => ({
      name,
      data: data.is === 'bytes' ? { ...data, value: toBase64(data.value) } : data,
    })),
  }));
}

const hypothesisIds = (): HypothesisId[] => Object.keys(HYPOTHESES) as HypothesisId[];

/** Like mapKnown, but keeps a leaf's own shape for JSON. */
function mapLeaf<T, U>(leaf: Known<T>, map: (value: T) => U): Known<U> {
  if (leaf.is === 'known') return { ...leaf, value: map(leaf.value) };
  if (leaf.is === 'unknown') return leaf;
  return { is: 'conflict', sides: leaf.sides.map((side) => ({ ...side, value: map(side.value) })) };
}

/** Throws NotAHost with the place of the first thing that does not fit. */
export function hostFromJson(json: unknown): Host {
  const host = object(json, 'host');
  const schannel = object(host.schannel, 'schannel');
  return {
    name: text(host.name, 'name'),
    build: leaf(host.build, 'build', buildId),
    bindings: leaf(host.bindings, 'bindings', listOf(binding)),
    ...(host.partialBindings === undefined
      ? {}
      : { partialBindings: listOf(binding)(host.partialBindings, 'partialBindings') }),
    schannel: {
      sendTrustedIssuerList: leaf(
        schannel.sendTrustedIssuerList,
        'schannel.sendTrustedIssuerList',
        maybe(number),
      ),
      clientAuthTrustMode: leaf(schannel.clientAuthTrustMode, 'schannel.clientAuthTrustMode', maybe(number)),
      eventLogging: leaf(schannel.eventLogging, 'schannel.eventLogging', maybe(number)),
    },
    stores: new Map(listOf(storeEntry)(host.stores, 'stores')),
    sites: leaf(host.sites, 'sites', listOf(site)),
    ...(host.registry === undefined ? {} : { registry: registry(host.registry, 'registry') }),
    assume: assuming(variants(host.assume, 'assume')),
  };
}

type Read<T> = (json: unknown, place: string) => T;

function leaf<T>(json: unknown, place: string, value: Read<T>): Known<T> {
  const read = object(json, place);
  if (read.is === 'unknown') return { is: 'unknown', wants: text(read.wants, `${place}.wants`) };
  if (read.is === 'conflict')
    return { is: 'conflict', sides: listOf(supported(value))(read.sides, `${place}.sides`) };
  if (read.is !== 'known') throw new NotAHost(`${place}.is`, 'known, unknown or conflict');
  return { is: 'known', ...supported(value)(read, place) };
}

/** A value and its evidence. */
function supported<T>(value: Read<T>): Read<{ value: T; because: readonly Locus[] }> {
  return (json, place) => {
    const read = object(json, place);
    return {
      value: value(read.value, `${place}.value`),
      because: loci(read.because, `${place}.because`),
    };
  };
}

const loci: Read<Locus[]> = (json, place) => listOf(locus)(json, place);

const locus: Read<Locus> = (json, place) => {
  const read = object(json, place);
  const part = <T>(name: keyof Locus, value: Read<T>) =>
    read[name] === undefined ? {} : { [name]: value(read[name], `${place}.${name}`) };
  return {
    source: text(read.source, `${place}.source`),
    ...part('line', number),
    ...part('byte', number),
    ...part('byteEnd', number),
    ...part('text', text),
  };
};

const binding: Read<SslBinding> = (json, place) => {
  const read = object(json, place);
  const key = object(read.key, `${place}.key`);
  const kind = text(key.kind, `${place}.key.kind`);
  if (!isBindingKind(kind)) throw new NotAHost(`${place}.key.kind`, 'a kind of key');
  const fields = Object.entries(object(read.fields, `${place}.fields`)).map(([name, value]) => {
    if (!isBindingField(name)) throw new NotAHost(`${place}.fields.${name}`, 'a field of a record');
    return [name, leaf(value, `${place}.fields.${name}`, FIELD_READS[fieldRow(name).shape])];
  });
  return {
    key: { kind, value: text(key.value, `${place}.key.value`) },
    fields: Object.fromEntries(fields),
    because: loci(read.because, `${place}.because`),
  };
};

const FIELD_READS: Readonly<Record<FieldRow['shape'], Read<BindingValues[keyof BindingValues]>>> = {
  hash: (json, place) => maybe(text)(json, place),
  guid: (json, place) => text(json, place),
  text: (json, place) => maybe(text)(json, place),
  number: (json, place) => number(json, place),
  enabled: (json, place) => boolean(json, place),
  set: (json, place) => boolean(json, place),
};

const storeEntry: Read<[string, Known<readonly StoredCertificate[]>]> = (json, place) => {
  const read = object(json, place);
  const name = text(read.name, `${place}.name`);
  return [name, leaf(read.certificates, `${place}.certificates`, listOf(storedCertificate))];
};

const storedCertificate: Read<StoredCertificate> = (json, place) => {
  const read = object(json, place);
  return {
    thumbprint: text(read.thumbprint, `${place}.thumbprint`),
    certificate: parseCertificate(fromBase64(text(read.der, `${place}.der`))),
    because: loci(read.because, `${place}.because`),
  };
};

const site: Read<Site> = (json, place) => {
  const read = object(json, place);
  return {
    id: number(read.id, `${place}.id`),
    name: text(read.name, `${place}.name`),
    bindings: listOf(siteBinding)(read.bindings, `${place}.bindings`),
    access: listOf(accessRule)(read.access, `${place}.access`),
    because: loci(read.because, `${place}.because`),
  };
};

const siteBinding: Read<SiteBinding> = (json, place) => {
  const read = object(json, place);
  return {
    protocol: text(read.protocol, `${place}.protocol`),
    information: text(read.information, `${place}.information`),
    sslFlags: number(read.sslFlags, `${place}.sslFlags`),
  };
};

const accessRule: Read<AccessRule> = (json, place) => {
  const read = object(json, place);
  return {
    path: text(read.path, `${place}.path`),
    sslFlags: listOf(text)(read.sslFlags, `${place}.sslFlags`),
    because: loci(read.because, `${place}.because`),
  };
};

const registry: Read<Registry> = (json, place) =>
  new Map(listOf(registryKey)(json, place).map((key) => [keyOf(key.path), key]));

const registryKey: Read<RegistryKey> = (json, place) => {
  const read = object(json, place);
  return {
    path: text(read.path, `${place}.path`),
    values: listOf(registryValue)(read.values, `${place}.values`),
  };
};

const registryValue: Read<RegistryValue> = (json, place) => {
  const read = object(json, place);
  return { name: text(read.name, `${place}.name`), data: registryData(read.data, `${place}.data`) };
};

const registryData: Read<RegistryData> = (json, place) => {
  const { is, value, type } = object(json, place);
  if (is === 'text') return { is, value: text(value, `${place}.value`) };
  if (is === 'dword') return { is, value: number(value, `${place}.value`) };
  if (is !== 'bytes') throw new NotAHost(`${place}.is`, 'text, dword or bytes');
  return { is, type: number(type, `${place}.type`), value: fromBase64(text(value, `${place}.value`)) };
};

const buildId: Read<BuildId> = (json, place) => {
  const id = text(json, place);
  if (!Object.hasOwn(BUILDS, id)) throw new NotAHost(place, 'a build that the model knows');
  return id as BuildId;
};

const variants: Read<Partial<Record<HypothesisId, string>>> = (json, place) => {
  const read = object(json, place);
  for (const [id, variant] of Object.entries(read)) {
    const known = Object.hasOwn(HYPOTHESES, id) ? HYPOTHESES[id as HypothesisId].variants : [];
    if (!known.some((one) => one.id === variant))
      throw new NotAHost(`${place}.${id}`, 'a variant that the model knows');
  }
  return read as Partial<Record<HypothesisId, string>>;
};

function object(json: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new NotAHost(place, 'an object');
  return json as Readonly<Record<string, unknown>>;
}

const text: Read<string> = (json, place) => {
  if (typeof json !== 'string') throw new NotAHost(place, 'a text');
  return json;
};

const number: Read<number> = (json, place) => {
  if (typeof json !== 'number') throw new NotAHost(place, 'a number');
  return json;
};

const boolean: Read<boolean> = (json, place) => {
  if (typeof json !== 'boolean') throw new NotAHost(place, 'true or false');
  return json;
};

/** JSON has no undefined: an absent value is one. */
function maybe<T>(value: Read<T>): Read<T | undefined> {
  return (json, place) => (json === undefined ? undefined : value(json, place));
}

function listOf<T>(item: Read<T>): Read<T[]> {
  return (json, place) => {
    if (!Array.isArray(json)) throw new NotAHost(place, 'a list');
    return json.map((one, i) => item(one, `${place}[${i}]`));
  };
}
