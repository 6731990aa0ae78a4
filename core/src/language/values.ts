/** The two query languages of the specification. */
export type QueryLanguage = 'JSONPath' | 'JSONata';

export type StateType = 'Pass' | 'Task' | 'Choice' | 'Wait' | 'Succeed' | 'Fail' | 'Parallel' | 'Map';

export const stateTypes: readonly StateType[] = [
  'Pass',
  'Task',
  'Choice',
  'Wait',
  'Succeed',
  'Fail',
  'Parallel',
  'Map',
];

export function isStateType(text: string): text is StateType {
  return (stateTypes as readonly string[]).includes(text);
}

/** Largest value AWS takes for seconds and attempts. */
export const maximumSeconds = 99_999_999;

/**
 * What may stand as the value of a field. Checks, completion, hover, the list of expressions in a
 * file and the interpreter's compiler all read this, so that each field is described once.
 */
export type ValueKind =
  /** A string that is never evaluated. */
  | { readonly is: 'text'; readonly nonEmpty?: boolean; readonly maxLength?: number }
  /** A string; in JSONata it may be an expression that gives one. */
  | { readonly is: 'string' }
  | { readonly is: 'oneOf'; readonly values: readonly string[]; readonly jsonata?: boolean }
  | { readonly is: 'boolean' }
  /** `true` is meant; `false` is accepted by AWS and means absent. */
  | { readonly is: 'flag' }
  /** A number in a range; `integer` refuses fractions. In JSONata it may be an expression. */
  | {
      readonly is: 'number';
      readonly integer: boolean;
      readonly min: number;
      readonly max: number;
      readonly jsonata?: boolean;
    }
  /** RFC 3339; in JSONata it may be an expression. */
  | { readonly is: 'timestamp' }
  /** The name of a state of the same scope. */
  | { readonly is: 'stateName' }
  | { readonly is: 'resource' }
  /** A path into state input, context object or variables. */
  | { readonly is: 'path'; readonly nullable?: boolean }
  /** A path that names exactly one place. */
  | { readonly is: 'referencePath'; readonly nullable?: boolean }
  /** A Reference Path into the state input only: `ResultPath`. */
  | { readonly is: 'resultPath' }
  /** A Reference Path or an intrinsic function that gives a string: `ErrorPath`, `CausePath`. */
  | { readonly is: 'pathOrIntrinsic' }
  /** JSONPath: keys that end in `.$` hold paths and intrinsic functions. */
  | { readonly is: 'payloadTemplate'; readonly anyValue?: boolean }
  /** JSONata: any JSON value, whose strings may be expressions at any depth. */
  | { readonly is: 'jsonataValue'; readonly objectOnly?: boolean }
  /** JSONata: an array (or expression that gives one). */
  | { readonly is: 'jsonataArray' }
  /** JSONata: a boolean or an expression that gives one. */
  | { readonly is: 'condition' }
  /** Any JSON, never evaluated: `Result` of a JSONPath Pass. */
  | { readonly is: 'json' }
  /** Names of variables and their values, in the query language of the state. */
  | { readonly is: 'assign' }
  | { readonly is: 'errorNames' }
  | { readonly is: 'strings'; readonly nonEmpty?: boolean }
  /** An object whose fields stand in the table under that name. */
  | { readonly is: 'object'; readonly of: ObjectName }
  | { readonly is: 'list'; readonly of: ObjectName; readonly nonEmpty: boolean }
  /** The `States` object: names to states. */
  | { readonly is: 'states' }
  /** A Choice comparison's operand. */
  | { readonly is: 'comparand'; readonly type: OperandType; readonly path: boolean };

export type OperandType = 'string' | 'number' | 'timestamp' | 'boolean';

/** Every kind of object in a definition whose fields the specification lists. */
export type ObjectName =
  | 'StateMachine'
  | 'Branch'
  | 'ItemProcessor'
  | 'Iterator'
  | 'ProcessorConfig'
  | StateType
  | 'Retrier'
  | 'Catcher'
  | 'ChoiceRule'
  | 'NestedChoiceRule'
  | 'ItemReader'
  | 'ReaderConfig'
  | 'ItemBatcher'
  | 'ResultWriter'
  | 'WriterConfig'
  | 'Credentials';

/** One row of the specification's tables. */
export interface FieldRow {
  readonly name: string;
  readonly value: ValueKind;
  /** Absent: known in both query languages. */
  readonly only?: QueryLanguage;
  readonly required?: boolean;
  /** What the field does, in one or two sentences of Markdown. */
  readonly doc: string;
  /** Fields that must not stand beside this one; stated on both. */
  readonly excludes?: readonly string[];
  /** Still accepted, but replaced by the named field. */
  readonly deprecatedFor?: string;
  readonly link: string;
}
