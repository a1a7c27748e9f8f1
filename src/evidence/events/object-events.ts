import type { Locus } from '../../base/locus.ts';
import { dataInOrder, dataInText, type SeenEvent, timeOf } from '../event.ts';
import { descendants, parseXml, type XmlElement } from '../xml.ts';

/** Events as PowerShell keeps objects: ConvertTo-Json and Export-Clixml of Get-WinEvent. */

type Plain = Readonly<Record<string, unknown>>;

/** null for what is no JSON. */
export function eventsInJson(text: string, at: Locus): SeenEvent[] | null {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return null;
  }
  const list = Array.isArray(json) ? json : [json];
  return list.flatMap((one) =>
    typeof one === 'object' && one !== null ? eventOfObject(one as Plain, at) : [],
  );
}

function eventOfObject(object: Plain, at: Locus): SeenEvent[] {
  const id = [object.Id, object.EventID, object.InstanceId].find((one) => typeof one === 'number');
  const provider = [object.ProviderName, object.Source].find((one) => typeof one === 'string');
  if (id === undefined || provider === undefined) return [];
  const time = timeIn(object.TimeCreated ?? object.TimeGenerated);
  const { Level: level, MachineName: computer, Properties: properties, Message: message } = object;
  const kept = Array.isArray(properties) ? properties.filter((one) => typeof one === 'object') : [];
  const values = kept.map(valueIn);
  const data =
    values.length > 0 ? dataInOrder(id, values) : dataInText(id, typeof message === 'string' ? message : '');
  return [
    {
      provider,
      id,
      ...(typeof level === 'number' ? { level } : {}),
      ...(typeof computer === 'string' ? { computer } : {}),
      ...(time === undefined ? {} : { time }),
      data,
      at,
    },
  ];
}

/** Where the depth of ConvertTo-Json ended, a property is no object but its type's name. */
function valueIn(property: unknown): string {
  const value = (property as Plain | null)?.Value;
  return typeof value === 'object' || value === undefined ? '' : String(value);
}

function timeIn(value: unknown): number | undefined {
  if (typeof value === 'object' && value !== null)
    return timeIn((value as Plain).value ?? (value as Plain).DateTime);
  if (typeof value !== 'string') return undefined;
  const ticks = /^\/Date\((-?\d{1,15})\)\/$/.exec(value)?.[1];
  if (ticks !== undefined) return Number(ticks);
  const zoned = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?([+-]\d\d:\d\d)$/.exec(value);
  if (!zoned) return timeOf(value);
  const time = Date.parse(`${zoned[1]}${(zoned[2] ?? '').slice(0, 4)}${zoned[3]}`);
  return Number.isNaN(time) ? undefined : time;
}

/** Objects of CLIXML: properties are elements of their type with the name in N. */
export function eventsInClixml(text: string, at: (line: number) => Locus): SeenEvent[] {
  const { roots } = parseXml(text);
  return roots.flatMap((root) =>
    [...descendants(root, 'Obj')].flatMap((object) => {
      const properties = propertiesOf(object);
      return eventOfObject(properties, at(object.line));
    }),
  );
}

function propertiesOf(object: XmlElement): Plain {
  const parts = object.children.filter(({ name }) => name === 'Props' || name === 'MS');
  const found: [string, unknown][] = [];
  for (const one of parts.flatMap((part) => part.children)) {
    const name = one.attributes.get('N');
    if (name === undefined) continue;
    if (/^(?:I16|I32|I64|U16|U32|U64|By|SB)$/.test(one.name)) found.push([name, Number(one.text)]);
    else if (name === 'Properties') found.push([name, valuesOf(one)]);
    else if (one.name === 'S' || one.name === 'DT') found.push([name, one.text]);
  }
  return Object.fromEntries(found);
}

function valuesOf(list: XmlElement): { Value: string }[] {
  return [...descendants(list, 'Props')].flatMap((props) =>
    props.children.filter((one) => one.attributes.get('N') === 'Value').map((one) => ({ Value: one.text })),
  );
}
