import {
  argumentCount,
  intrinsicFunctions,
  intrinsicNamed,
  maximumIntrinsicNesting,
  parameterAt,
} from '#core/language/intrinsics.ts';
import type { IntrinsicFunction, IntrinsicParameter, IntrinsicType } from '#core/language/intrinsics.ts';
import { closest } from '#core/text/closest.ts';
import { unreachable } from '#core/unreachable.ts';
import type { IntrinsicArgument, IntrinsicCall, IntrinsicProblem } from './ast.ts';

/**
 * What AWS would refuse, or what can only fail, in a call that could be read: unknown functions, wrong
 * counts and types of arguments, too many or too few values for a template, too deep nesting.
 *
 * Only what is certain is reported: a path may hold anything.
 */
export function checkIntrinsic(call: IntrinsicCall): readonly IntrinsicProblem[] {
  const problems: IntrinsicProblem[] = [];
  checkCall(call, 1, problems);
  return problems;
}

function checkCall(call: IntrinsicCall, depth: number, problems: IntrinsicProblem[]): void {
  if (depth > maximumIntrinsicNesting) {
    const message = `Calls may be nested ${maximumIntrinsicNesting} deep at most. Compute a part of this in an earlier state`;
    problems.push({ code: 'nesting', message, ...call.nameRange });
    return;
  }
  const intrinsic = intrinsicNamed(call.name);
  if (intrinsic === undefined) problems.push(unknownFunction(call));
  else checkArguments(call, intrinsic, problems);
  for (const argument of call.arguments) {
    if (argument.kind === 'call') checkCall(argument, depth + 1, problems);
  }
}

function unknownFunction(call: IntrinsicCall): IntrinsicProblem {
  const names = intrinsicFunctions.map(intrinsic => intrinsic.name);
  const meant = closest(call.name, names) ?? closest(`States.${call.name}`, names);
  const hint = meant === undefined ? '' : `. Did you mean '${meant}'?`;
  const message = `There is no intrinsic function named '${call.name}'${hint}`;
  return { code: 'unknownFunction', message, ...call.nameRange };
}

function checkArguments(
  call: IntrinsicCall,
  intrinsic: IntrinsicFunction,
  problems: IntrinsicProblem[],
): void {
  const [least, most] = argumentCount(intrinsic);
  const count = call.arguments.length;
  if (count < least || count > most) {
    const surplus = call.arguments[most];
    const range = surplus === undefined ? call.nameRange : { start: surplus.start, end: call.end - 1 };
    const message = `${call.name} takes ${counted(least, most)}, but here ${count === 1 ? 'is' : 'are'} ${count}`;
    problems.push({ code: 'argumentCount', message, start: range.start, end: range.end });
    return;
  }
  call.arguments.forEach((argument, index) => {
    const parameter = parameterAt(intrinsic, index);
    if (parameter !== undefined) checkArgument(argument, parameter, call.name, problems);
  });
  if (call.name === 'States.Format') checkPlaceholders(call, problems);
}

function counted(least: number, most: number): string {
  if (most === Infinity) return `at least ${arguments_(least)}`;
  return least === most ? arguments_(least) : `${least} to ${arguments_(most)}`;
}

function arguments_(count: number): string {
  return count === 0 ? 'no arguments' : `${count} argument${count === 1 ? '' : 's'}`;
}

function checkArgument(
  argument: IntrinsicArgument,
  parameter: IntrinsicParameter,
  functionName: string,
  problems: IntrinsicProblem[],
): void {
  const type = typeOf(argument);
  if (type !== 'any' && parameter.type !== 'any' && type !== parameter.type) {
    const message = `The argument '${parameter.name}' of ${functionName} must be ${article(parameter.type)}, but this is ${article(type)}`;
    problems.push({ code: 'argumentType', message, start: argument.start, end: argument.end });
    return;
  }
  const { values } = parameter;
  const isLiteral = argument.kind === 'string' || argument.kind === 'boolean';
  if (values !== undefined && isLiteral && !values.includes(argument.value)) {
    const message = `The argument '${parameter.name}' of ${functionName} must be ${values.join(', ')}`;
    problems.push({ code: 'argumentValue', message, start: argument.start, end: argument.end });
  }
}

function article(type: IntrinsicType | 'null'): string {
  if (type === 'null') return 'null';
  return type === 'array' || type === 'object' || type === 'any' ? `an ${type}` : `a ${type}`;
}

function typeOf(argument: IntrinsicArgument): IntrinsicType | 'null' {
  switch (argument.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return argument.kind;
    case 'path':
      return 'any';
    case 'call':
      return intrinsicNamed(argument.name)?.result ?? 'any';
    default:
      return unreachable(argument);
  }
}

function checkPlaceholders(call: IntrinsicCall, problems: IntrinsicProblem[]): void {
  const [template, ...values] = call.arguments;
  if (template?.kind !== 'string') return;
  if (template.hasLoneBrace) {
    const message = `A brace in the template of ${call.name} is written \\{ or \\}, unless it is part of a place marked '{}'`;
    problems.push({ code: 'loneBrace', message, start: template.start, end: template.end });
    return;
  }
  const places = template.pieces.length - 1;
  if (places === values.length) return;
  const message = `The template has ${counts(places, "place marked '{}'", "places marked '{}'")}, but ${counts(values.length, 'value follows', 'values follow')} it`;
  problems.push({ code: 'placeholderCount', message, start: template.start, end: template.end });
}

function counts(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
