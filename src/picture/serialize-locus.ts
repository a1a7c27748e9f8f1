import {
  type JsonObject,
  type ReadJson,
  readNumber,
  readObject,
  readOptional,
  readText,
  Unfit,
} from '../base/json.ts';
import type { Locus } from '../base/locus.ts';

export const locus: ReadJson<Locus> = (json, place) => {
  const read = readObject(json, place);
  return {
    source: readText(read.source, `${place}.source`),
    ...readOptional(read, 'line', readNumber, place),
    ...readOptional(read, 'byte', readNumber, place),
    ...readOptional(read, 'byteEnd', readNumber, place),
    ...readOptional(read, 'text', readText, place),
  };
};

export function said<S extends string>(says: S, read: JsonObject, place: string): S {
  if (read.says !== says) throw new Unfit(`${place}.says`, `"${says}"`);
  return says;
}
