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
import type { AlertSeen, ClientAnswer, HandshakesUnread, RequestInWords } from '../evidence/claims.ts';
import type { Picture } from './picture.ts';
import { locus, said } from './serialize-locus.ts';

/** What recorded TLS told beside requests. The claims are plain data, so that only reading needs care. */
export function recordedTlsFromJson(
  picture: JsonObject,
  place: string,
): Pick<Picture, 'unread' | 'requestsInWords'> {
  return {
    ...readOptional(picture, 'unread', readList(unread), place),
    ...readOptional(picture, 'requestsInWords', readList(inWords), place),
  };
}

/** JSON has no `undefined`: what may only be true is absent or true. */
export const onlyTrue: ReadJson<true> = (json, place) => {
  if (json !== true) throw new Unfit(place, 'true');
  return json;
};

const side = readOneOf(['client', 'server']);

const unread: ReadJson<HandshakesUnread> = (json, place) => {
  const read = readObject(json, place);
  return {
    says: said('handshakes-unread', read, place),
    ...readOptional(read, 'address', readText, place),
    port: readNumber(read.port, `${place}.port`),
    ...readOptional(read, 'serverName', readText, place),
    ...readOptional(read, 'serverCertificate', readText, place),
    ...readOptional(read, 'version', readNumber, place),
    why: readOneOf(['encrypted', 'renegotiation', 'resumed', 'cut-off', 'refused'])(read.why, `${place}.why`),
    count: readNumber(read.count, `${place}.count`),
    ...readOptional(read, 'first', readNumber, place),
    ...readOptional(read, 'last', readNumber, place),
    answers: readList(clientAnswer)(read.answers, `${place}.answers`),
    at: locus(read.at, `${place}.at`),
  };
};

const inWords: ReadJson<RequestInWords> = (json, place) => {
  const read = readObject(json, place);
  return {
    says: said('request-in-words', read, place),
    tool: readText(read.tool, `${place}.tool`),
    ...readOptional(read, 'host', readText, place),
    ...readOptional(read, 'port', readNumber, place),
    ...readOptional(read, 'serverName', readText, place),
    ...readOptional(read, 'version', readNumber, place),
    ...readOptional(read, 'asked', readBoolean, place),
    ...readOptional(read, 'authorities', readList(readText), place),
    ...readOptional(read, 'authorityCount', readNumber, place),
    ...readOptional(read, 'certificateTypes', readList(readNumber), place),
    ...readOptional(read, 'signatureAlgorithms', readList(readNumber), place),
    ...readOptional(read, 'late', readOneOf(['renegotiation', 'post-handshake']), place),
    ...readOptional(read, 'answer', clientAnswer, place),
    ...readOptional(read, 'status', readNumber, place),
    ...readOptional(read, 'time', readNumber, place),
    ...readOptional(read, 'server', printedServer, place),
    ...readOptional(read, 'resumed', onlyTrue, place),
    at: locus(read.at, `${place}.at`),
  };
};

const printedServer: ReadJson<NonNullable<RequestInWords['server']>> = (json, place) => {
  const read = readObject(json, place);
  return {
    ...readOptional(read, 'subject', readText, place),
    ...readOptional(read, 'issuer', readText, place),
  };
};

export const clientAnswer: ReadJson<ClientAnswer> = (json, place) => {
  const read = readObject(json, place);
  return {
    sent: readOneOf(['certificate', 'none', 'unseen'])(read.sent, `${place}.sent`),
    ...readOptional(read, 'leaf', leaf, place),
    ...readOptional(read, 'chainLength', readNumber, place),
    ...readOptional(read, 'proved', onlyTrue, place),
    ...readOptional(read, 'alerts', readList(alert), place),
    ...readOptional(read, 'closed', closed, place),
    ...readOptional(read, 'completed', readBoolean, place),
    count: readNumber(read.count, `${place}.count`),
  };
};

const leaf: ReadJson<NonNullable<ClientAnswer['leaf']>> = (json, place) => {
  const read = readObject(json, place);
  return {
    ...readOptional(read, 'thumbprint', readText, place),
    subject: readText(read.subject, `${place}.subject`),
    ...readOptional(read, 'issuer', readText, place),
  };
};

const alert: ReadJson<AlertSeen> = (json, place) => {
  const read = readObject(json, place);
  return {
    from: side(read.from, `${place}.from`),
    level: readOneOf(['warning', 'fatal'])(read.level, `${place}.level`),
    code: readNumber(read.code, `${place}.code`),
  };
};

const closed: ReadJson<NonNullable<ClientAnswer['closed']>> = (json, place) => {
  const read = readObject(json, place);
  return { by: side(read.by, `${place}.by`), how: readOneOf(['fin', 'reset'])(read.how, `${place}.how`) };
};
