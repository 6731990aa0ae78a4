/** What the generator knows of one AWS service, whichever package it was read from. Names are the model's own. */
export interface ApiModel {
  /** The `serviceId` of the model, for example `DynamoDB` or `Cognito Identity Provider`. */
  readonly serviceId: string;
  /** The `uid` by which AWS links to its API reference, for example `dynamodb-2012-08-10`; `undefined` if unknown. */
  readonly referenceId: string | undefined;
  readonly operations: readonly Operation[];
  /** Every named shape, by the name that `ShapeRef.name` uses. */
  readonly shapes: ReadonlyMap<string, Shape>;
}

export interface Operation {
  /** As the API calls it: `PutItem`. */
  readonly name: string;
  /** The shape of the request; `undefined` where it has no member. */
  readonly input: string | undefined;
  readonly output: string | undefined;
  /** Error shapes, as the API calls them: `ResourceNotFoundException`, `NoSuchKey`. */
  readonly errors: readonly string[];
  /** The first sentence of the documentation, plain text; empty where there is none. */
  readonly documentation: string;
}

export type Shape =
  | { readonly kind: 'primitive'; readonly type: Primitive }
  | { readonly kind: 'reference'; readonly name: string }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly element: Shape }
  | { readonly kind: 'map'; readonly value: Shape }
  | { readonly kind: 'structure'; readonly members: readonly Member[] };

/** `json` is any JSON value (a document, or a type the source does not describe further). */
export type Primitive = 'string' | 'number' | 'boolean' | 'timestamp' | 'blob' | 'json';

export interface Member {
  readonly name: string;
  readonly required: boolean;
  readonly shape: Shape;
  /** The first sentence of the documentation, plain text; empty where there is none. */
  readonly documentation: string;
}
