import { Unanswered } from '../../base/known.ts';
import type { Cmdlet } from './cmdlet.ts';
import { cmdlets } from './cmdlets/index.ts';
import { evaluate } from './evaluate.ts';
import type { Argument, Stage } from './syntax.ts';
import { PsError, type PsValue, type World } from './values.ts';

/** Finds the cmdlet or program of a stage, and gives each argument to the parameter that it belongs to. */
export function runCommandStage(
  stage: Extract<Stage, { is: 'command' }>,
  input: readonly PsValue[],
  isPiped: boolean,
  world: World,
): PsValue[] {
  const cmdlet = findCmdlet(stage.name);
  if (cmdlet) {
    const parameters = bind(cmdlet, stage.args, world);
    try {
      return cmdlet.run({ parameters, args: stage.args, input, isPiped, world });
    } catch (error) {
      if (error instanceof PsError) throw withName(error, cmdlet.name);
      throw error;
    }
  }
  const native = world.runNative(stage.text, world);
  if (native) return native;
  if (
    /^(?:Get|Set|New|Remove|Add|Clear|Copy|Enable|Disable|Export|Import|Invoke|Install|Restart|Start|Stop|Test|Update|Write|ConvertTo|ConvertFrom|Out|Select|Enter|Register)-[A-Za-z]+$/i.test(
      stage.name,
    )
  )
    throw new Unanswered(`what ${stage.name} does: the lab does not know this cmdlet`);
  throw new PsError(
    `${stage.name} : The term '${stage.name}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.`,
    'CommandNotFoundException',
  );
}

export function findCmdlet(name: string): Cmdlet | undefined {
  const wanted = name.toLowerCase();
  return cmdlets.find((one) => one.name.toLowerCase() === wanted || one.aliases?.includes(wanted));
}

const withName = (error: PsError, name: string): PsError =>
  error.message.includes(' : ') ? error : new PsError(`${name} : ${error.message}`, error.id);

/** Any beginning of a parameter's name stands for it, when it fits one alone. */
function bind(cmdlet: Cmdlet, args: readonly Argument[], world: World): Map<string, PsValue> {
  if (cmdlet.takesAnything) return new Map();
  const bound = new Map<string, PsValue>();
  const loose: PsValue[] = [];
  for (let i = 0; i < args.length; i++) {
    const argument = args[i]!;
    if (argument.is === 'positional') {
      loose.push(evaluate(argument.value, world));
      continue;
    }
    const name = parameterOf(cmdlet, argument.name);
    const next = args[i + 1];
    if (cmdlet.switches?.includes(name) || IGNORED_SWITCHES.includes(name))
      bound.set(name, argument.value ? evaluate(argument.value, world) : true);
    else if (argument.value) bound.set(name, evaluate(argument.value, world));
    else if (next?.is === 'positional') {
      bound.set(name, evaluate(next.value, world));
      i++;
    } else throw new PsError(`Missing an argument for parameter '${argument.name}'.`, 'MissingArgument');
  }
  const free = cmdlet.positional.filter((name) => !bound.has(name));
  for (const [i, value] of loose.entries()) {
    const name = free[i];
    if (name === undefined)
      throw new PsError(
        'A positional parameter cannot be found that accepts argument.',
        'PositionalParameterNotFound',
      );
    bound.set(name, value);
  }
  return bound;
}

/** Common parameters that change nothing here. */
const IGNORED_SWITCHES = ['verbose', 'debug', 'confirm'];
const IGNORED_VALUES = ['erroraction', 'ea', 'warningaction', 'outvariable', 'errorvariable'];

function parameterOf(cmdlet: Cmdlet, typed: string): string {
  const all = [
    ...cmdlet.positional,
    ...(cmdlet.parameters ?? []),
    ...(cmdlet.switches ?? []),
    ...IGNORED_SWITCHES,
    ...IGNORED_VALUES,
  ];
  if (all.includes(typed)) return typed;
  const fitting = [...new Set(all.filter((name) => name.startsWith(typed)))];
  if (fitting.length === 1) return fitting[0]!;
  throw new PsError(
    `A parameter cannot be found that matches parameter name '${typed}'.`,
    'NamedParameterNotFound',
  );
}
