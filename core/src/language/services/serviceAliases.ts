import { closest } from '#core/text/closest.ts';

/**
 * The service that somebody meant who wrote another of its names: `states` for `sfn`, `cognito-idp` for
 * `cognitoidentityprovider`; else the closest one, `undefined` where none is close.
 */
export function suggestedService(written: string, names: ReadonlySet<string>): string | undefined {
  const plain = written.toLowerCase().replace(/[^a-z0-9]/g, '');
  const alias = nameByAlias.get(plain);
  if (alias !== undefined && names.has(alias)) return alias;
  return names.has(plain) ? plain : closest(plain, names);
}

/**
 * What the AWS CLI, IAM actions, endpoints and people call services whose SDK name is another. Only names that are
 * further away than a typing error.
 */
export const nameByAlias: ReadonlyMap<string, string> = new Map(
  Object.entries({
    apigw: 'apigateway',
    ce: 'costexplorer',
    cfn: 'cloudformation',
    cognito: 'cognitoidentityprovider',
    cognitoidp: 'cognitoidentityprovider',
    configservice: 'config',
    cur: 'costandusagereport',
    ddb: 'dynamodb',
    discovery: 'applicationdiscovery',
    dms: 'databasemigration',
    ds: 'directory',
    elasticfilesystem: 'efs',
    elasticmapreduce: 'emr',
    elb: 'elasticloadbalancing',
    elbv2: 'elasticloadbalancingv2',
    email: 'ses',
    es: 'elasticsearch',
    events: 'eventbridge',
    logs: 'cloudwatchlogs',
    mobiletargeting: 'pinpoint',
    monitoring: 'cloudwatch',
    msk: 'kafka',
    parameterstore: 'ssm',
    secrets: 'secretsmanager',
    simpleemail: 'ses',
    states: 'sfn',
    stepfunction: 'sfn',
    stepfunctions: 'sfn',
    systemsmanager: 'ssm',
    tagging: 'resourcegroupstaggingapi',
  }),
);
