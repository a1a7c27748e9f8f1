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
import type { ProgramMessage, ServicePath, ServiceSeen } from '../evidence/claims.ts';
import { MESSAGE_CODES } from '../evidence/program-claims.ts';
import type { Picture } from './picture.ts';
import { locus, said } from './serialize-locus.ts';
import { onlyTrue } from './serialize-tls.ts';

/** What programs said and how servers that are not http.sys are configured. The claims are plain data. */
export function toldByProgramsFromJson(
  picture: JsonObject,
  place: string,
): Pick<Picture, 'messages' | 'services'> {
  return {
    ...readOptional(picture, 'messages', readList(message), place),
    ...readOptional(picture, 'services', readList(service), place),
  };
}

const message: ReadJson<ProgramMessage> = (json, place) => {
  const read = readObject(json, place);
  return {
    says: said('program-message', read, place),
    at: locus(read.at, `${place}.at`),
    code: readOneOf(MESSAGE_CODES)(read.code, `${place}.code`),
    ...readOptional(read, 'program', readText, place),
    ...readOptional(read, 'side', readOneOf(['client', 'server']), place),
    ...readOptional(read, 'host', readText, place),
    ...readOptional(read, 'port', readNumber, place),
    ...readOptional(read, 'path', readText, place),
    count: readNumber(read.count, `${place}.count`),
    ...readOptional(read, 'first', readNumber, place),
    ...readOptional(read, 'last', readNumber, place),
    ...readOptional(read, 'lastClock', readNumber, place),
    ...readOptional(read, 'peers', peers, place),
    ...readOptional(read, 'morePeers', onlyTrue, place),
    ...readOptional(read, 'facts', facts, place),
  };
};

const peers: ReadJson<Readonly<Record<string, number | null>>> = (json, place) =>
  Object.fromEntries(
    Object.entries(readObject(json, place)).map(([address, clock]) => [
      address,
      clock === null ? null : readNumber(clock, `${place}.${address}`),
    ]),
  );

const facts: ReadJson<Readonly<Record<string, string | number>>> = (json, place) => {
  const read = readObject(json, place);
  return Object.fromEntries(
    Object.entries(read).map(([name, value]) => {
      if (typeof value !== 'string' && typeof value !== 'number')
        throw new Unfit(`${place}.${name}`, 'a text or a number');
      return [name, value];
    }),
  );
};

const asks = readOneOf(['required', 'optional', 'never']);

const service: ReadJson<ServiceSeen> = (json, place) => {
  const read = readObject(json, place);
  return {
    says: said('service', read, place),
    at: locus(read.at, `${place}.at`),
    program: readText(read.program, `${place}.program`),
    ...readOptional(read, 'address', readText, place),
    ...readOptional(read, 'port', readNumber, place),
    names: readList(readText)(read.names, `${place}.names`),
    ...readOptional(read, 'isDefault', readBoolean, place),
    asks: asks(read.asks, `${place}.asks`),
    ...readOptional(read, 'askedAt', locus, place),
    ...readOptional(read, 'certificate', readText, place),
    ...readOptional(read, 'trust', readText, place),
    ...readOptional(read, 'advertises', readText, place),
    ...readOptional(read, 'depth', readNumber, place),
    ...readOptional(read, 'protocols', readList(readText), place),
    paths: readList(servicePath)(read.paths, `${place}.paths`),
    ...readOptional(read, 'strictSni', readBoolean, place),
    ...readOptional(read, 'http2', readBoolean, place),
  };
};

const servicePath: ReadJson<ServicePath> = (json, place) => {
  const read = readObject(json, place);
  return {
    path: readText(read.path, `${place}.path`),
    asks: asks(read.asks, `${place}.asks`),
    at: locus(read.at, `${place}.at`),
  };
};
