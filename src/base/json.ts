/** Foreign JSON, taken apart by hand: each reader names the place that does not fit, and what belongs there. */

export class Unfit extends Error {
  constructor(place: string, belongs: string) {
    super(`${place}: not ${belongs}`);
  }
}

export type ReadJson<T> = (json: unknown, place: string) => T;

export type JsonObject = Readonly<Record<string, unknown>>;

export const readObject: ReadJson<JsonObject> = (json, place) => {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as JsonObject;
  throw new Unfit(place, 'an object');
};

export const readText: ReadJson<string> = (json, place) => {
  if (typeof json === 'string') return json;
  throw new Unfit(place, 'a text');
};

export const readNumber: ReadJson<number> = (json, place) => {
  if (typeof json === 'number' && Number.isFinite(json)) return json;
  throw new Unfit(place, 'a number');
};

export const readBoolean: ReadJson<boolean> = (json, place) => {
  if (typeof json === 'boolean') return json;
  throw new Unfit(place, 'true or false');
};

export function readList<T>(read: ReadJson<T>): ReadJson<T[]> {
  return (json, place) => {
    if (!Array.isArray(json)) throw new Unfit(place, 'a list');
    return json.map((one, i) => read(one, `${place}[${i}]`));
  };
}

/** One of these texts. */
export function readOneOf<const T extends readonly string[]>(values: T): ReadJson<T[number]> {
  return (json, place) => {
    const value: T[number] | undefined = values.find((one) => one === json);
    if (value === undefined) throw new Unfit(place, `one of ${values.join(', ')}`);
    return value;
  };
}

/** The property as `{name: value}`, or `{}` when it is absent: for optional properties of exact types. */
export function readOptional<N extends string, T>(
  from: JsonObject,
  name: N,
  read: ReadJson<T>,
  place: string,
): { [K in N]?: T } {
  const value = from[name];
  return value === undefined ? {} : ({ [name]: read(value, `${place}.${name}`) } as { [K in N]?: T });
}
