import type { ApiModel, Member, Operation, Shape } from './apiModel.mts';

/**
 * One model per service from two sources: what the newer one says, completed by the older one.
 *
 * The older source adds the services, operations and parameters that the newer one no longer has (Step Functions
 * follows the SDK late and goes on accepting retired ones: a rule must not call them unknown) and the description
 * of each parameter. Where the newer one leaves out systematically what is required, the older one says it.
 */
export function mergeModels(newer: readonly ApiModel[], older: readonly ApiModel[]): readonly ApiModel[] {
  const olderById = new Map(older.map(model => [keyOf(model), model]));
  const newerIds = new Set(newer.map(keyOf));
  return [
    ...newer.map(model => mergedModel(model, olderById.get(keyOf(model)))),
    ...older.filter(model => !newerIds.has(keyOf(model))),
  ];
}

const keyOf = (model: ApiModel): string => model.serviceId.toLowerCase();

function mergedModel(newer: ApiModel, older: ApiModel | undefined): ApiModel {
  if (older === undefined) return newer;
  const shapes = new Map(newer.shapes);
  for (const [name, shape] of older.shapes) shapes.set(oldName(name), withOldNames(shape));
  const olderByName = new Map(older.operations.map(operation => [operation.name, operation]));
  const newerNames = new Set(newer.operations.map(operation => operation.name));
  const requiredBy = sourceOfRequired(newer, older);
  const operations = newer.operations.map(operation =>
    mergedOperation(operation, olderByName.get(operation.name), shapes, requiredBy),
  );
  const retired = older.operations
    .filter(operation => !newerNames.has(operation.name))
    .map(operation => ({
      ...operation,
      input: operation.input === undefined ? undefined : oldName(operation.input),
      output: operation.output === undefined ? undefined : oldName(operation.output),
    }));
  return {
    serviceId: newer.serviceId,
    referenceId: older.referenceId,
    operations: [...operations, ...retired],
    shapes,
  };
}

/** Adds to the request what only the older model has; the merged request is a shape of its own. */
function mergedOperation(
  newer: Operation,
  older: Operation | undefined,
  shapes: Map<string, Shape>,
  requiredBy: 'newer' | 'older',
): Operation {
  if (older?.input === undefined || newer.input === undefined) return newer;
  const newShape = shapes.get(newer.input);
  const oldShape = shapes.get(oldName(older.input));
  if (newShape?.kind !== 'structure' || oldShape?.kind !== 'structure') return newer;
  const oldByName = new Map(oldShape.members.map(member => [member.name, member]));
  const names = new Set(newShape.members.map(member => member.name));
  const added = [...names].filter(name => !oldByName.has(name));
  const members: Member[] = newShape.members.map(member => {
    const old = oldByName.get(member.name);
    // A new parameter like `IdentityProviderArn` is a second way to say what `IdentityProvider` says.
    const hasAlternative = added.some(name => name.includes(member.name));
    const wasRequired = requiredBy === 'older' && old?.required === true && !hasAlternative;
    return {
      ...member,
      required: member.required || wasRequired,
      documentation: member.documentation || (old?.documentation ?? ''),
    };
  });
  const dropped = oldShape.members.filter(member => !names.has(member.name));
  const name = `${newer.name} request`;
  shapes.set(name, {
    kind: 'structure',
    members: [...members, ...dropped.map(member => ({ ...member, required: false }))],
  });
  return { ...newer, input: name, documentation: newer.documentation || older.documentation };
}

/**
 * Which source to ask for what is required in this service.
 *
 * Smithy models may mark a member `required` and `clientOptional`, and the newer source then calls it optional.
 * Some services do so for each member (EC2, RDS, SageMaker), some for all that travel in the body (Kafka): there
 * the older source is right. A few differences only are true changes: a parameter that is no longer required.
 */
function sourceOfRequired(newer: ApiModel, older: ApiModel): 'newer' | 'older' {
  const olderByName = new Map(older.operations.map(operation => [operation.name, operation]));
  let inBoth = 0;
  let inOlderOnly = 0;
  for (const operation of newer.operations) {
    const required = requiredNames(newer, operation.input);
    for (const name of requiredNames(older, olderByName.get(operation.name)?.input)) {
      if (required.has(name)) inBoth++;
      else inOlderOnly++;
    }
  }
  const isSystematic = inBoth === 0 || (inOlderOnly > 8 && inOlderOnly > 0.15 * (inBoth + inOlderOnly));
  return isSystematic ? 'older' : 'newer';
}

function requiredNames(model: ApiModel, input: string | undefined): ReadonlySet<string> {
  const shape = input === undefined ? undefined : model.shapes.get(input);
  const members = shape?.kind === 'structure' ? shape.members : [];
  return new Set(members.filter(member => member.required).map(member => member.name));
}

const oldName = (name: string): string => `${name} of the older model`;

function withOldNames(shape: Shape): Shape {
  switch (shape.kind) {
    case 'reference':
      return { kind: 'reference', name: oldName(shape.name) };
    case 'list':
      return { kind: 'list', element: withOldNames(shape.element) };
    case 'map':
      return { kind: 'map', value: withOldNames(shape.value) };
    case 'structure':
      return {
        kind: 'structure',
        members: shape.members.map(member => ({ ...member, shape: withOldNames(member.shape) })),
      };
    case 'primitive':
    case 'enum':
      return shape;
  }
}
