/**
 * The names that Step Functions gives to what an AWS service calls otherwise.
 *
 * AWS SDK integrations run on the AWS SDK for Java 2.x and show its names: `DBInstanceIdentifier` of the RDS API
 * is `DbInstanceIdentifier`, its error `DBInstanceNotFound` is `Rds.DbInstanceNotFoundException`. The rules below
 * are those of that SDK's code generator.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */

/** The action in a Resource: `PutItem` is `putItem`, `DescribeDBInstances` is `describeDBInstances`. */
export const actionName = (operation: string): string => lowerFirstWord(operation);

/**
 * The parameter or result field: `name` is `Name`, `DBInstanceIdentifier` is `DbInstanceIdentifier`,
 * `TemplateURL` stays (only the leading capitals are one word), and a word that Java reserves gets `Value`
 * (`equals` is `EqualsValue`).
 */
export function fieldName(member: string): string {
  const camelCase = lowerFirstWord(member);
  // The SDK for Java has an exception of its own for DynamoDB's NULL.
  if (camelCase === 'null') return 'Nul';
  return upperFirst(reservedInJava.has(camelCase) ? `${camelCase}Value` : camelCase);
}

/** The Error Name behind the service's prefix: `NoSuchKey` and `NoSuchKeyFault` are `NoSuchKeyException`. */
export function exceptionName(error: string): string {
  const pascalCase = wordsOf(error.replace(/Fault$/, ''))
    .map(upperFirst)
    .join('');
  return pascalCase.endsWith('Exception') ? pascalCase : `${pascalCase}Exception`;
}

/** `serviceId` in Java's PascalCase, without `Amazon`, `AWS` and `Service`: `Directory Service` is `Directory`. */
export function servicePrefix(serviceId: string): string {
  const words = wordsOf(serviceId);
  const name = words.map(upperFirst).join('');
  return name.replace(/^(?:Amazon|Aws)(?=.)/, '').replace(/(?<=.)Service$/, '');
}

function lowerFirstWord(name: string): string {
  let end = 1;
  while (end < name.length && isUpper(name, end) && !(end + 1 < name.length && isLower(name, end + 1))) end++;
  return name.slice(0, end).toLowerCase() + name.slice(end);
}

const isUpper = (text: string, index: number): boolean =>
  text[index] !== undefined && text[index] >= 'A' && text[index] <= 'Z';
const isLower = (text: string, index: number): boolean =>
  text[index] !== undefined && text[index] >= 'a' && text[index] <= 'z';

/** `name` is `Name`. */
export const upperFirst = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** The words of a name in lower case: `DBInstanceNotFound` is db, instance, not, found. */
function wordsOf(name: string): string[] {
  return name
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .replace(/([^a-z]{2,})v([0-9]+)/g, '$1 v$2 ')
    .replace(/([^A-Z]{2,})V([0-9]+)/g, '$1 V$2 ')
    .replace(/([a-z])(?=[A-Z][a-zA-Z0-9])/g, '$1 ')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/([0-9])([a-zA-Z])/g, '$1 $2')
    .trim()
    .split(/ +/)
    .map(word => word.toLowerCase());
}

const reservedInJava: ReadonlySet<string> = new Set(
  `abstract assert boolean break byte case catch char class const continue default do double else enum extends false
   final finally float for goto if implements import instanceof int interface long native new package private
   protected public return short static strictfp super switch synchronized this throw throws transient true try void
   volatile while build builder clone copy equals finalize getClass hashCode notify notifyAll sdkFields toBuilder
   toString wait`.split(/\s+/),
);
