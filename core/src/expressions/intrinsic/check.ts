import {
  argumentCount,
  intrinsicFunctions,
  intrinsicNamed,
  maximumIntrinsicNesting,
  parameterAt,
} from '#core/language/intrinsics.ts';
import type { IntrinsicFunction, IntrinsicParameter, IntrinsicType } from '#core/language/intrinsics.ts';
import { askIfMeant, closest } from '#core/text/closest.ts';
import { jsonTypes } from '#core/text/jsonTypes.ts';
import { say, type Message } from '#core/text/message.ts';
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
    const message = say`Calls may be nested ${maximumIntrinsicNesting} deep at most. Compute a part of this in an earlier state.`;
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
  const message = say`There is no intrinsic function named '${call.name}'.`;
  return { code: 'unknownFunction', message: askIfMeant(message, meant), ...call.nameRange };
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
    const taken = argumentsText(least, most);
    const message =
      count === 1
        ? say`${call.name} takes ${taken}, but here is 1.`
        : say`${call.name} takes ${taken}, but here are ${count}.`;
    problems.push({ code: 'argumentCount', message, start: range.start, end: range.end });
    return;
  }
  call.arguments.forEach((argument, index) => {
    const parameter = parameterAt(intrinsic, index);
    if (parameter !== undefined) checkArgument(argument, parameter, call.name, problems);
  });
  if (call.name === 'States.Format') checkPlaceholders(call, problems);
}

function argumentsText(least: number, most: number): Message {
  if (most === 0) return say`no arguments`;
  if (most === Infinity) return least === 1 ? say`at least 1 argument` : say`at least ${least} arguments`;
  if (least === most) return most === 1 ? say`1 argument` : say`${most} arguments`;
  return most === 1 ? say`${least} to 1 argument` : say`${least} to ${most} arguments`;
}

function checkArgument(
  argument: IntrinsicArgument,
  parameter: IntrinsicParameter,
  functionName: string,
  problems: IntrinsicProblem[],
): void {
  const type = typeOf(argument);
  if (type !== 'any' && parameter.type !== 'any' && type !== parameter.type) {
    const message = say`The argument '${parameter.name}' of ${functionName} must be ${jsonTypes[parameter.type]}, but this is ${jsonTypes[type]}.`;
    problems.push({ code: 'argumentType', message, start: argument.start, end: argument.end });
    return;
  }
  const { values } = parameter;
  const isLiteral = argument.kind === 'string' || argument.kind === 'boolean';
  if (values !== undefined && isLiteral && !values.includes(argument.value)) {
    const message = say`The argument '${parameter.name}' of ${functionName} must be ${values.join(', ')}.`;
    problems.push({ code: 'argumentValue', message, start: argument.start, end: argument.end });
  }
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
    const message = say`A brace in the template of ${call.name} is written \\{ or \\}, unless it is part of a place marked '{}'.`;
    problems.push({ code: 'loneBrace', message, start: template.start, end: template.end });
    return;
  }
  const places = template.pieces.length - 1;
  if (places === values.length) return;
  const message = countText(places, values.length);
  problems.push({ code: 'placeholderCount', message, start: template.start, end: template.end });
}

function countText(places: number, values: number): Message {
  if (places === 1) return say`The template has 1 place marked '{}', but ${values} values follow it.`;
  if (values === 1) return say`The template has ${places} places marked '{}', but 1 value follows it.`;
  return say`The template has ${places} places marked '{}', but ${values} values follow it.`;
}
