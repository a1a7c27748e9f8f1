import { Unanswered } from '../../base/known.ts';
import { runCommandStage } from './bind.ts';
import { parse } from './parse.ts';
import type { Expression, Stage, Statement } from './syntax.ts';
import {
  isBlock,
  isDate,
  isObject,
  isTrue,
  listOf,
  PsError,
  type PsValue,
  property,
  textOf,
  type World,
} from './values.ts';

/** Values that come out of a statement. */
export function runStatement(statement: Statement, world: World): PsValue[] {
  let flowing: PsValue[] = [];
  for (const [i, stage] of statement.stages.entries()) flowing = runStage(stage, flowing, i > 0, world);
  if (statement.assign === undefined) return flowing;
  world.variables.set(
    statement.assign,
    flowing.length === 1 ? flowing[0]! : flowing.length === 0 ? null : flowing,
  );
  return [];
}

function runStage(stage: Stage, input: readonly PsValue[], isPiped: boolean, world: World): PsValue[] {
  if (stage.is === 'command') return runCommandStage(stage, input, isPiped, world);
  return [...listOf(evaluate(stage.value, world))];
}

/** A block run with `$_` set to each value in turn. */
export function runBlock(block: PsValue, item: PsValue, world: World): PsValue[] {
  if (!isBlock(block)) return [block];
  const before = world.variables.get('_');
  world.variables.set('_', item);
  try {
    return parse(block.text).flatMap((statement) => runStatement(statement, world));
  } finally {
    world.variables.set('_', before ?? null);
  }
}

export function evaluate(expression: Expression, world: World): PsValue {
  switch (expression.is) {
    case 'value':
      return expression.value;
    case 'expand':
      return expression.parts.map((part) => textOf(evaluate(part, world))).join('');
    case 'variable':
      return variable(expression.name, world);
    case 'member':
      return member(expression, world);
    case 'index':
      return listOf(evaluate(expression.of, world)).at(Number(evaluate(expression.at, world))) ?? null;
    case 'not':
      return !isTrue(evaluate(expression.of, world));
    case 'binary':
      return binary(expression, world);
    case 'list':
      return expression.items.map((item) => evaluate(item, world));
    case 'pipelines': {
      const all = expression.statements.flatMap((statement) => runStatement(statement, world));
      return all.length === 1 ? all[0]! : all;
    }
    case 'block':
      return { is: 'block', text: expression.text };
  }
}

function variable(name: string, world: World): PsValue {
  if (name === 'true' || name === 'false') return name === 'true';
  if (name === 'psitem') return world.variables.get('_') ?? null;
  return world.variables.get(name) ?? null;
}

function member({ of, name, args }: Extract<Expression, { is: 'member' }>, world: World): PsValue {
  const target = evaluate(of, world);
  if (!args) return property(target, name);
  const given = args.map((argument) => evaluate(argument, world));
  const [only] = listOf(target);
  if (isDate(target)) return dateMethod(target.at, name, given);
  if (typeof target === 'string') return stringMethod(target, name, given);
  // A method of several objects is called on each (PowerShell 3 and later).
  const all = listOf(target).filter(isObject);
  const wanted = name.toLowerCase();
  if (only === undefined || all.length === 0)
    throw new PsError('You cannot call a method on a null-valued expression.', 'InvokeMethodOnNull');
  const called = all.map((one) => {
    const method = [...(one.methods ?? [])].find(([own]) => own.toLowerCase() === wanted)?.[1];
    if (!method) throw new Unanswered(`what the method ${name} does: the lab does not know it`);
    return method(given, world);
  });
  return called.length === 1 ? called[0]! : called;
}

const DAY = 86_400_000;

function dateMethod(at: number, name: string, [amount = null]: readonly PsValue[]): PsValue {
  const number = Number(amount);
  const unit = { adddays: DAY, addhours: DAY / 24, addminutes: DAY / 1440 }[name.toLowerCase()];
  if (unit !== undefined) return { is: 'date', at: at + number * unit };
  const moved = new Date(at);
  if (name.toLowerCase() === 'addmonths') moved.setUTCMonth(moved.getUTCMonth() + number);
  else if (name.toLowerCase() === 'addyears') moved.setUTCFullYear(moved.getUTCFullYear() + number);
  else throw new Unanswered(`what the method ${name} of a date does: the lab does not know it`);
  return { is: 'date', at: moved.getTime() };
}

function stringMethod(text: string, name: string, args: readonly PsValue[]): PsValue {
  const [first = '', second = ''] = args.map((one) => textOf(one));
  switch (name.toLowerCase()) {
    case 'tolower':
      return text.toLowerCase();
    case 'toupper':
      return text.toUpperCase();
    case 'trim':
      return text.trim();
    case 'replace':
      return text.replaceAll(first, second);
    case 'contains':
      return text.includes(first);
    case 'startswith':
      return text.startsWith(first);
    case 'endswith':
      return text.endsWith(first);
    default:
      throw new Unanswered(`what the method ${name} of a string does: the lab does not know it`);
  }
}

function binary({ operator, left, right }: Extract<Expression, { is: 'binary' }>, world: World): PsValue {
  const a = evaluate(left, world);
  if (operator === 'and') return isTrue(a) && isTrue(evaluate(right, world));
  if (operator === 'or') return isTrue(a) || isTrue(evaluate(right, world));
  return operate(operator, a, evaluate(right, world));
}

/** Comparisons take no heed of case unless they begin with c. A list on the left is filtered. */
export function operate(operator: string, a: PsValue, b: PsValue): PsValue {
  const isCased = /^c(?!ontains)/.test(operator);
  const name = operator.replace(/^[ci](?=eq|ne|gt|ge|lt|le|like|not|match|contains|in)/, '');
  switch (name) {
    case 'contains':
      return listOf(a).some((one) => equal(one, b, isCased));
    case 'notcontains':
      return !listOf(a).some((one) => equal(one, b, isCased));
    case 'in':
      return listOf(b).some((one) => equal(one, a, isCased));
    case 'notin':
      return !listOf(b).some((one) => equal(one, a, isCased));
    case 'join':
      return listOf(a)
        .map((one) => textOf(one))
        .join(textOf(b));
    case '+':
      return typeof a === 'number' ? a + Number(b) : textOf(a) + textOf(b);
    case '-':
      return Number(a) - Number(b);
    default:
      return Array.isArray(a)
        ? a.filter((one) => compare(name, one, b, isCased))
        : compare(name, a, b, isCased);
  }
}

function compare(name: string, a: PsValue, b: PsValue, isCased: boolean): boolean {
  switch (name) {
    case 'eq':
      return equal(a, b, isCased);
    case 'ne':
      return !equal(a, b, isCased);
    case 'like':
      return like(textOf(a), textOf(b), isCased);
    case 'notlike':
      return !like(textOf(a), textOf(b), isCased);
    case 'match':
      return matches(textOf(a), textOf(b), isCased);
    case 'notmatch':
      return !matches(textOf(a), textOf(b), isCased);
    case 'gt':
      return order(a, b) > 0;
    case 'ge':
      return order(a, b) >= 0;
    case 'lt':
      return order(a, b) < 0;
    case 'le':
      return order(a, b) <= 0;
    default:
      throw new Unanswered(`what the operator -${name} does: the lab does not know it`);
  }
}

function equal(a: PsValue, b: PsValue, isCased: boolean): boolean {
  if (typeof a === 'boolean') return a === isTrue(b);
  if (a === null || b === null) return a === b;
  if (isDate(a) || isDate(b)) return order(a, b) === 0;
  const [x, y] = [textOf(a), textOf(b)];
  return isCased ? x === y : x.toLowerCase() === y.toLowerCase();
}

function order(a: PsValue, b: PsValue): number {
  const [x, y] = [comparable(a), comparable(b)];
  if (typeof x === 'number' && typeof y === 'number') return x - y;
  return String(x).toLowerCase() < String(y).toLowerCase() ? -1 : x === y ? 0 : 1;
}

function comparable(value: PsValue): number | string {
  if (isDate(value)) return value.at;
  const text = textOf(value);
  const asDate = /^\d{4}-\d\d-\d\d|^\d{1,2}\/\d{1,2}\/\d{4}/.test(text)
    ? Date.parse(`${text} UTC`)
    : Number.NaN;
  if (!Number.isNaN(asDate)) return asDate;
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** `*` and `?`. */
export function like(text: string, pattern: string, isCased = false): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, isCased ? 'su' : 'sui').test(text);
}

/** Patterns of .NET are taken for those of JavaScript, which they are in all but rare parts. */
function matches(text: string, pattern: string, isCased: boolean): boolean {
  try {
    return new RegExp(pattern, isCased ? '' : 'i').test(text);
  } catch {
    throw new PsError(`parsing "${pattern}" - it is no regular expression.`);
  }
}
