import {
  type JsonObject,
  type ReadJson,
  readBoolean,
  readList,
  readNumber,
  readObject,
  readOneOf,
  readOptional,
  readText,
  Unfit,
} from '../base/json.ts';
import type {
  BindingPast,
  EventCase,
  EventsSeen,
  FailedRequest,
  HttpErrors,
  IisSetting,
  ListedCertificate,
  MachineSetting,
  NotCollected,
  RevocationCheck,
  StoreListing,
} from '../evidence/claims.ts';
import { IIS_SETTINGS, MACHINE_SETTINGS } from '../evidence/claims.ts';
import { parseKey } from '../windows/http-sys/key.ts';
import type { Observed } from './observed.ts';
import type { OfHost } from './picture.ts';
import { locus, said } from './serialize-locus.ts';

/** What was seen beside the state of hosts. The claims are plain data, so that only reading needs care. */
export function observedFromJson(picture: JsonObject, place: string): Observed {
  return {
    ...readOptional(picture, 'listings', readList(listing), place),
    ...readOptional(picture, 'pastBindings', readList(pastBinding), place),
    ...readOptional(picture, 'events', readList(events), place),
    ...readOptional(picture, 'httpErrors', readList(httpErrors), place),
    ...readOptional(picture, 'failedRequests', readList(failedRequest), place),
    ...readOptional(picture, 'settings', readList(setting), place),
    ...readOptional(picture, 'machineSettings', readList(machineSetting), place),
    ...readOptional(picture, 'revocationChecks', readList(revocationCheck), place),
    ...readOptional(picture, 'notCollected', readList(notCollected), place),
  };
}

/** Host and place, which all of them have. */
const common = (read: JsonObject, place: string) => ({
  host: readText(read.host, `${place}.host`),
  at: locus(read.at, `${place}.at`),
});

const pastBinding: ReadJson<OfHost<BindingPast>> = (json, place) => {
  const read = readObject(json, place);
  const { kind, value } = readObject(read.key, `${place}.key`);
  const key = parseKey(`${readText(kind, `${place}.key.kind`)}=${readText(value, `${place}.key.value`)}`);
  if (!key) throw new Unfit(`${place}.key`, 'the key of a record');
  return {
    says: said('binding-past', read, place),
    how: readOneOf(['listing', 'command'])(read.how, `${place}.how`),
    key,
    values: readObject(read.values, `${place}.values`) as BindingPast['values'],
    ...common(read, place),
  };
};

const listing: ReadJson<OfHost<StoreListing>> = (json, place) => {
  const read = readObject(json, place);
  return {
    says: said('store-listing', read, place),
    ...readOptional(read, 'store', readText, place),
    ...readOptional(read, 'of', readOneOf(['machine', 'user', 'enterprise', 'group-policy']), place),
    whole: readBoolean(read.whole, `${place}.whole`),
    ...readOptional(read, 'only', readOneOf(['not-self-signed']), place),
    certificates: readList(listed)(read.certificates, `${place}.certificates`),
    ...common(read, place),
  };
};

const listed: ReadJson<ListedCertificate> = (json, place) => {
  const read = readObject(json, place);
  return {
    ...readOptional(read, 'thumbprint', readText, place),
    ...readOptional(read, 'subject', readText, place),
    ...readOptional(read, 'issuer', readText, place),
    ...readOptional(read, 'serial', readText, place),
    ...readOptional(read, 'notBefore', readText, place),
    ...readOptional(read, 'notAfter', readText, place),
    ...readOptional(read, 'hasKey', readBoolean, place),
    ...readOptional(read, 'root', readBoolean, place),
    ...readOptional(read, 'usages', usages, place),
    ...readOptional(read, 'isCa', readBoolean, place),
    at: locus(read.at, `${place}.at`),
  };
};

const usages: ReadJson<readonly string[] | null> = (json, place) =>
  json === null ? null : readList(readText)(json, place);

const events: ReadJson<OfHost<EventsSeen>> = (json, place) => {
  const read = readObject(json, place);
  return {
    says: said('events', read, place),
    provider: readText(read.provider, `${place}.provider`),
    id: readNumber(read.id, `${place}.id`),
    ...readOptional(read, 'level', readNumber, place),
    ...readOptional(read, 'computer', readText, place),
    count: readNumber(read.count, `${place}.count`),
    ...readOptional(read, 'first', readNumber, place),
    ...readOptional(read, 'last', readNumber, place),
    lastAt: locus(read.lastAt, `${place}.lastAt`),
    cases: readList(eventCase)(read.cases, `${place}.cases`),
    others: readNumber(read.others, `${place}.others`),
    ...common(read, place),
  };
};

const eventCase: ReadJson<EventCase> = (json, place) => {
  const read = readObject(json, place);
  const data = readObject(read.data, `${place}.data`);
  return {
    data: Object.fromEntries(
      Object.entries(data).map(([name, value]) => [name, readText(value, `${place}.data.${name}`)]),
    ),
    count: readNumber(read.count, `${place}.count`),
    ...readOptional(read, 'first', readNumber, place),
    ...readOptional(read, 'last', readNumber, place),
    at: locus(read.at, `${place}.at`),
  };
};

const httpErrors: ReadJson<OfHost<HttpErrors>> = (json, place) => {
  const read = readObject(json, place);
  return {
    says: said('http-errors', read, place),
    reason: readText(read.reason, `${place}.reason`),
    ...readOptional(read, 'status', readNumber, place),
    ...readOptional(read, 'serverIp', readText, place),
    ...readOptional(read, 'serverPort', readNumber, place),
    ...readOptional(read, 'site', readNumber, place),
    ...readOptional(read, 'queue', readText, place),
    count: readNumber(read.count, `${place}.count`),
    first: readNumber(read.first, `${place}.first`),
    last: readNumber(read.last, `${place}.last`),
    lastAt: locus(read.lastAt, `${place}.lastAt`),
    ...common(read, place),
  };
};

const failedRequest: ReadJson<OfHost<FailedRequest>> = (json, place) => {
  const read = readObject(json, place);
  return {
    says: said('failed-request', read, place),
    url: readText(read.url, `${place}.url`),
    ...readOptional(read, 'verb', readText, place),
    ...readOptional(read, 'site', readNumber, place),
    status: readNumber(read.status, `${place}.status`),
    substatus: readNumber(read.substatus, `${place}.substatus`),
    win32: readNumber(read.win32, `${place}.win32`),
    ...readOptional(read, 'module', readText, place),
    ...readOptional(read, 'time', readNumber, place),
    ...common(read, place),
  };
};

const setting: ReadJson<OfHost<IisSetting>> = (json, place) => {
  const read = readObject(json, place);
  return {
    says: said('iis-setting', read, place),
    location: readText(read.location, `${place}.location`),
    ...readOptional(read, 'file', readText, place),
    name: readOneOf(IIS_SETTINGS)(read.name, `${place}.name`),
    value: readText(read.value, `${place}.value`),
    ...common(read, place),
  };
};

const machineSetting: ReadJson<OfHost<MachineSetting>> = (json, place) => {
  const read = readObject(json, place);
  return {
    says: said('machine-setting', read, place),
    name: readOneOf(MACHINE_SETTINGS)(read.name, `${place}.name`),
    value: readText(read.value, `${place}.value`),
    ...common(read, place),
  };
};

const revocationCheck: ReadJson<OfHost<RevocationCheck>> = (json, place) => {
  const read = readObject(json, place);
  return {
    says: said('revocation-check', read, place),
    ...readOptional(read, 'subject', readText, place),
    ...readOptional(read, 'issuer', readText, place),
    ...readOptional(read, 'url', readText, place),
    outcome: readOneOf(['good', 'revoked', 'offline', 'stale', 'no-place'])(read.outcome, `${place}.outcome`),
    ...readOptional(read, 'error', readText, place),
    ...common(read, place),
  };
};

const notCollected: ReadJson<OfHost<NotCollected>> = (json, place) => {
  const read = readObject(json, place);
  return {
    says: said('not-collected', read, place),
    item: readText(read.item, `${place}.item`),
    ...readOptional(read, 'wants', readText, place),
    problem: readText(read.problem, `${place}.problem`),
    ...common(read, place),
  };
};
