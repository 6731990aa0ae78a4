import type { Field, FieldType } from './catalogue.ts';

/** How Step Functions waits: for the response, for the end of the job (with its output as text or as JSON), or for a token. */
export type IntegrationPattern = 'request-response' | 'sync' | 'sync:2' | 'waitForTaskToken';

/** An action that Step Functions has made its own: `arn:aws:states:::service:action`. */
export interface OptimizedAction {
  readonly service: string;
  readonly action: string;
  /** The patterns it offers; Express state machines have only `request-response`. */
  readonly patterns: readonly IntegrationPattern[];
  /** Where its Resource may stand: reading and writing objects is for Map states only. */
  readonly place: 'Task' | 'ItemReader' | 'ResultWriter';
  /** The SDK action whose parameters, result and errors it shares; `undefined` where it has none of its kind. */
  readonly sdk: { readonly service: string; readonly action: string } | undefined;
  /** Parameters that differ from the SDK action's, or that it does not have. */
  readonly ownParameters: readonly Field[];
  /** Of each group one parameter must be there. */
  readonly oneOf: readonly (readonly string[])[];
  /** Its whole result, where that is not the SDK action's; `undefined` where it is, or is not known. */
  readonly ownResult: readonly Field[] | undefined;
  /**
   * The SDK action whose result `.sync` ends with, `within` the field that holds the job; `undefined` where the
   * result is not known. `batch:submitJob.sync` gives the first of `Jobs` of `describeJobs`.
   */
  readonly jobResult: JobResult | undefined;
  /** The prefix of its Error Names, which often differs from the SDK integration's: `DynamoDB`. */
  readonly prefix: string;
  /** Error Names beyond those of the SDK action. */
  readonly ownErrors: readonly string[];
  readonly documentation: string;
  /** The page of the Developer Guide. */
  readonly link: string;
}

const plain: readonly IntegrationPattern[] = ['request-response'];
const job: readonly IntegrationPattern[] = ['request-response', 'sync'];
const waitable: readonly IntegrationPattern[] = ['request-response', 'waitForTaskToken'];

const text: FieldType = { kind: 'string' };
const flag: FieldType = { kind: 'boolean' };
const json: FieldType = { kind: 'json' };

/** What Step Functions adds of the HTTP exchange to the response of most optimized integrations. */
export const exchangeFields: readonly Field[] = [
  optional('SdkHttpMetadata', { kind: 'map', value: json }),
  optional('SdkResponseMetadata', { kind: 'map', value: json }),
];

export interface JobResult {
  readonly service: string;
  readonly action: string;
  readonly within: string | undefined;
}

/**
 * All optimized integrations, by hand from the Developer Guide (read as of August 2026), since no API model has them.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html
 */
export const optimizedActions: readonly OptimizedAction[] = [
  ...serviceActions(
    'lambda',
    { page: 'connect-lambda', prefix: 'Lambda', failure: 'AWSLambdaException', sdk: 'lambda' },
    [
      {
        action: 'invoke',
        patterns: waitable,
        documentation:
          'Invokes a Lambda function; Payload may be any JSON, and the result has the function’s own JSON in Payload',
        own: [optional('Payload', json)],
        result: [
          optional('Payload', json),
          optional('StatusCode', { kind: 'number' }),
          optional('ExecutedVersion', text),
          optional('FunctionError', text),
          optional('LogResult', text),
          ...exchangeFields,
        ],
        errors: ['Lambda.ClientExecutionTimeoutException', 'Lambda.Unknown', 'Sandbox.Timedout'],
      },
    ],
  ),
  ...serviceActions(
    'states',
    {
      page: 'connect-stepfunctions',
      prefix: 'StepFunctions',
      failure: 'AWSStepFunctionsException',
      sdk: 'sfn',
    },
    [
      {
        action: 'startExecution',
        patterns: ['request-response', 'sync', 'sync:2', 'waitForTaskToken'],
        documentation:
          'Starts an execution of another state machine; .sync:2 gives its Output as JSON, .sync as text',
        own: [optional('Input', json)],
        ends: 'describeExecution',
      },
    ],
  ),
  ...serviceActions(
    'dynamodb',
    { page: 'connect-ddb', prefix: 'DynamoDB', failure: 'AmazonDynamoDBException', sdk: 'dynamodb' },
    [
      { action: 'getItem', patterns: plain, documentation: 'Reads one item by its primary key' },
      {
        action: 'putItem',
        patterns: plain,
        documentation: 'Writes one item, replacing one with the same primary key',
      },
      { action: 'updateItem', patterns: plain, documentation: 'Changes attributes of one item, or adds it' },
      { action: 'deleteItem', patterns: plain, documentation: 'Deletes one item by its primary key' },
    ],
  ),
  ...serviceActions(
    'sns',
    { page: 'connect-sns', prefix: 'SNS', failure: 'AmazonSNSException', sdk: 'sns' },
    [
      {
        action: 'publish',
        patterns: waitable,
        documentation:
          'Sends a message, which may be any JSON, to a topic, an endpoint or a telephone number',
        own: [required('Message', json)],
        oneOf: [['TopicArn', 'TargetArn', 'PhoneNumber']],
      },
    ],
  ),
  ...serviceActions(
    'sqs',
    { page: 'connect-sqs', prefix: 'SQS', failure: 'AmazonSQSException', sdk: 'sqs' },
    [
      {
        action: 'sendMessage',
        patterns: waitable,
        documentation: 'Sends a message, which may be any JSON, to a queue',
        own: [required('MessageBody', json)],
      },
    ],
  ),
  ...serviceActions(
    'events',
    {
      page: 'connect-eventbridge',
      prefix: 'EventBridge',
      failure: 'AmazonEventBridgeException',
      sdk: 'eventbridge',
    },
    [
      {
        action: 'putEvents',
        patterns: waitable,
        documentation: 'Sends events to event buses; Detail may be any JSON',
        own: [required('Entries', { kind: 'list', element: { kind: 'structure', fields: eventFields() } })],
        errors: ['EventBridge.FailedEntry'],
      },
    ],
  ),
  ...serviceActions(
    'ecs',
    { page: 'connect-ecs', prefix: 'ECS', failure: 'AmazonECSException', sdk: 'ecs' },
    [
      {
        action: 'runTask',
        patterns: ['request-response', 'sync', 'waitForTaskToken'],
        documentation: 'Runs a container task on ECS or Fargate',
        ends: 'describeTasks',
        within: 'Tasks',
      },
    ],
  ),
  ...serviceActions(
    'batch',
    { page: 'connect-batch', prefix: 'Batch', failure: 'AWSBatchException', sdk: 'batch' },
    [
      {
        action: 'submitJob',
        patterns: job,
        documentation: 'Submits an AWS Batch job',
        ends: 'describeJobs',
        within: 'Jobs',
      },
    ],
  ),
  ...serviceActions(
    'glue',
    { page: 'connect-glue', prefix: 'Glue', failure: 'AWSGlueException', sdk: 'glue' },
    [
      {
        action: 'startJobRun',
        patterns: job,
        documentation: 'Starts a run of a Glue job',
        ends: 'getJobRun',
        within: 'JobRun',
      },
    ],
  ),
  ...serviceActions('databrew', { page: 'connect-databrew', prefix: 'DataBrew', sdk: 'databrew' }, [
    { action: 'startJobRun', patterns: job, documentation: 'Starts a run of a DataBrew job' },
  ]),
  ...serviceActions(
    'sagemaker',
    { page: 'connect-sagemaker', prefix: 'SageMaker', failure: 'AmazonSageMakerException', sdk: 'sagemaker' },
    [
      {
        action: 'createEndpoint',
        patterns: plain,
        documentation: 'Creates an endpoint from an endpoint configuration',
      },
      { action: 'createEndpointConfig', patterns: plain, documentation: 'Creates an endpoint configuration' },
      {
        action: 'createHyperParameterTuningJob',
        patterns: job,
        documentation: 'Starts a hyperparameter tuning job',
        ends: 'describeHyperParameterTuningJob',
      },
      {
        action: 'createLabelingJob',
        patterns: job,
        documentation: 'Starts a labeling job',
        ends: 'describeLabelingJob',
      },
      { action: 'createModel', patterns: plain, documentation: 'Creates a model' },
      {
        action: 'createProcessingJob',
        patterns: job,
        documentation: 'Starts a processing job',
        ends: 'describeProcessingJob',
      },
      {
        action: 'createTrainingJob',
        patterns: job,
        documentation: 'Starts a training job',
        ends: 'describeTrainingJob',
      },
      {
        action: 'createTransformJob',
        patterns: job,
        documentation: 'Starts a batch transform job',
        ends: 'describeTransformJob',
      },
      {
        action: 'updateEndpoint',
        patterns: plain,
        documentation: 'Moves an endpoint to another configuration',
      },
    ],
  ),
  ...serviceActions(
    'athena',
    { page: 'connect-athena', prefix: 'Athena', failure: 'AmazonAthenaException', sdk: 'athena' },
    [
      {
        action: 'startQueryExecution',
        patterns: job,
        documentation: 'Starts an SQL query',
        ends: 'getQueryExecution',
      },
      { action: 'stopQueryExecution', patterns: plain, documentation: 'Stops a running query' },
      { action: 'getQueryExecution', patterns: plain, documentation: 'Gives the state of a query' },
      { action: 'getQueryResults', patterns: plain, documentation: 'Gives a page of a query’s results' },
    ],
  ),
  ...serviceActions(
    'codebuild',
    { page: 'connect-codebuild', prefix: 'CodeBuild', failure: 'AWSCodeBuildException', sdk: 'codebuild' },
    [
      { action: 'startBuild', patterns: job, documentation: 'Starts a build', ends: 'startBuild' },
      { action: 'stopBuild', patterns: plain, documentation: 'Stops a build' },
      {
        action: 'startBuildBatch',
        patterns: job,
        documentation: 'Starts a batch build',
        ends: 'startBuildBatch',
      },
      { action: 'stopBuildBatch', patterns: plain, documentation: 'Stops a batch build' },
      { action: 'retryBuildBatch', patterns: job, documentation: 'Restarts a failed batch build' },
      { action: 'deleteBuildBatch', patterns: plain, documentation: 'Deletes a batch build' },
      { action: 'batchDeleteBuilds', patterns: plain, documentation: 'Deletes builds' },
      { action: 'batchGetReports', patterns: plain, documentation: 'Gives test reports' },
    ],
  ),
  ...serviceActions(
    'eks',
    { page: 'connect-eks', prefix: 'EKS', failure: 'AmazonEKSException', sdk: 'eks' },
    [
      {
        action: 'call',
        patterns: waitable,
        documentation: 'Calls the Kubernetes API of a cluster',
        runs: 'nothing',
        own: [
          ...clusterFields(),
          required('Method', methods('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH')),
          required('Path', text),
          optional('QueryParameters', { kind: 'map', value: { kind: 'list', element: text } }),
          optional('RequestBody', json),
        ],
        errors: ['EKS.400', 'EKS.401', 'EKS.403', 'EKS.404', 'EKS.409', 'EKS.500'],
      },
      {
        action: 'runJob',
        patterns: ['request-response', 'sync', 'waitForTaskToken'],
        documentation: 'Runs a Kubernetes job in a cluster; .sync may give its logs',
        runs: 'nothing',
        own: [
          ...clusterFields(),
          optional('Namespace', text),
          required('Job', json),
          optional(
            'LogOptions',
            structure(
              optional('RetrieveLogs', flag),
              optional('RawLogs', flag),
              optional('LogParameters', { kind: 'map', value: { kind: 'list', element: text } }),
            ),
          ),
        ],
      },
      { action: 'createCluster', patterns: job, documentation: 'Creates a cluster' },
      { action: 'deleteCluster', patterns: job, documentation: 'Deletes a cluster' },
      { action: 'createFargateProfile', patterns: job, documentation: 'Creates a Fargate profile' },
      { action: 'deleteFargateProfile', patterns: job, documentation: 'Deletes a Fargate profile' },
      { action: 'createNodegroup', patterns: job, documentation: 'Creates a managed node group' },
      { action: 'deleteNodegroup', patterns: job, documentation: 'Deletes a managed node group' },
    ],
  ),
  ...serviceActions(
    'elasticmapreduce',
    {
      page: 'connect-emr',
      prefix: 'ElasticMapReduce',
      failure: 'AmazonElasticMapReduceException',
      sdk: 'emr',
    },
    [
      {
        action: 'createCluster',
        patterns: job,
        documentation: 'Creates an EMR cluster',
        runs: { service: 'emr', action: 'runJobFlow' },
        result: [optional('ClusterId', text), optional('ClusterArn', text)],
      },
      {
        action: 'setClusterTerminationProtection',
        patterns: plain,
        documentation: 'Locks or unlocks a cluster against termination',
        runs: 'nothing',
        own: [required('ClusterId', text), required('TerminationProtected', flag)],
      },
      {
        action: 'terminateCluster',
        patterns: job,
        documentation: 'Shuts a cluster down',
        runs: 'nothing',
        own: [required('ClusterId', text)],
      },
      {
        action: 'addStep',
        patterns: job,
        documentation: 'Adds a step to a running cluster',
        runs: 'nothing',
        own: [
          required('ClusterId', text),
          required(
            'Step',
            structure(
              required('Name', text),
              optional('ActionOnFailure', text),
              required('HadoopJarStep', json),
            ),
          ),
          optional('ExecutionRoleArn', text),
        ],
        result: [optional('StepId', text)],
      },
      {
        action: 'cancelStep',
        patterns: plain,
        documentation: 'Cancels a pending step',
        runs: 'nothing',
        own: [required('ClusterId', text), required('StepId', text)],
      },
      {
        action: 'modifyInstanceFleetByName',
        patterns: plain,
        documentation: 'Changes the capacity of an instance fleet',
        runs: 'nothing',
        own: [
          required('ClusterId', text),
          required('InstanceFleetName', text),
          required('InstanceFleet', json),
        ],
      },
      {
        action: 'modifyInstanceGroupByName',
        patterns: plain,
        documentation: 'Changes the size and settings of an instance group',
        runs: 'nothing',
        own: [
          required('ClusterId', text),
          required('InstanceGroupName', text),
          required('InstanceGroup', json),
        ],
      },
    ],
  ),
  ...serviceActions(
    'emr-containers',
    { page: 'connect-emr-eks', prefix: 'EMRContainers', sdk: 'emrcontainers' },
    [
      { action: 'createVirtualCluster', patterns: plain, documentation: 'Creates a virtual cluster on EKS' },
      { action: 'deleteVirtualCluster', patterns: job, documentation: 'Deletes a virtual cluster' },
      { action: 'startJobRun', patterns: job, documentation: 'Starts a job on a virtual cluster' },
    ],
  ),
  ...serviceActions(
    'emr-serverless',
    { page: 'connect-emr-serverless', prefix: 'EMRServerless', sdk: 'emrserverless' },
    [
      { action: 'createApplication', patterns: job, documentation: 'Creates an application' },
      { action: 'startApplication', patterns: job, documentation: 'Starts an application' },
      { action: 'stopApplication', patterns: job, documentation: 'Stops an application' },
      { action: 'deleteApplication', patterns: job, documentation: 'Deletes an application' },
      { action: 'startJobRun', patterns: job, documentation: 'Starts a job run' },
      { action: 'cancelJobRun', patterns: job, documentation: 'Cancels a job run' },
    ],
  ),
  ...serviceActions(
    'mediaconvert',
    { page: 'connect-mediaconvert', prefix: 'MediaConvert', sdk: 'mediaconvert' },
    [{ action: 'createJob', patterns: job, documentation: 'Starts a transcoding job' }],
  ),
  ...serviceActions('bedrock', { page: 'connect-bedrock', prefix: 'Bedrock', sdk: 'bedrock' }, [
    {
      action: 'invokeModel',
      patterns: waitable,
      documentation: 'Runs a model; Body may be any JSON, or Input names an object in S3',
      runs: { service: 'bedrockruntime', action: 'invokeModel' },
      own: [
        optional('Body', json),
        optional('Input', structure(required('S3Uri', text))),
        optional('Output', structure(required('S3Uri', text))),
      ],
      result: [optional('Body', json), optional('ContentType', text), ...exchangeFields],
    },
    {
      action: 'createModelCustomizationJob',
      patterns: job,
      documentation: 'Starts a job that adapts a foundation model',
    },
  ]),
  ...serviceActions('apigateway', { page: 'connect-api-gateway', prefix: 'ApiGateway', sdk: undefined }, [
    {
      action: 'invoke',
      patterns: waitable,
      documentation: 'Calls an API of API Gateway',
      own: [
        required('ApiEndpoint', text),
        required('Method', methods('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS')),
        optional('Headers', { kind: 'map', value: json }),
        optional('Stage', text),
        optional('Path', text),
        optional('QueryParameters', { kind: 'map', value: json }),
        optional('RequestBody', json),
        optional('AllowNullValues', flag),
        optional('AuthType', { kind: 'enum', values: ['NO_AUTH', 'IAM_ROLE', 'RESOURCE_POLICY'] }),
      ],
      result: [
        optional('ResponseBody', json),
        optional('Headers', { kind: 'map', value: json }),
        optional('StatusCode', { kind: 'number' }),
        optional('StatusText', text),
      ],
      errors: ['ApiGateway.400', 'ApiGateway.403', 'ApiGateway.404', 'ApiGateway.429', 'ApiGateway.500'],
    },
  ]),
  ...serviceActions('http', { page: 'call-https-apis', prefix: 'States.Http', sdk: undefined }, [
    {
      action: 'invoke',
      patterns: plain,
      documentation: 'Calls a public or private HTTPS API through an EventBridge connection',
      own: [
        required('ApiEndpoint', text),
        required('Method', methods('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD')),
        optional('Authentication', structure(required('ConnectionArn', text))),
        optional('InvocationConfig', structure(required('ConnectionArn', text))),
        optional('Headers', { kind: 'map', value: json }),
        optional('QueryParameters', { kind: 'map', value: json }),
        optional('RequestBody', json),
        optional(
          'Transform',
          structure(
            optional('RequestBodyEncoding', { kind: 'enum', values: ['NONE', 'URL_ENCODED'] }),
            optional(
              'RequestEncodingOptions',
              structure(
                optional('ArrayFormat', {
                  kind: 'enum',
                  values: ['INDICES', 'REPEAT', 'COMMAS', 'BRACKETS'],
                }),
              ),
            ),
          ),
        ),
      ],
      oneOf: [['Authentication', 'InvocationConfig']],
      result: [
        optional('ResponseBody', json),
        optional('Headers', { kind: 'map', value: json }),
        optional('StatusCode', { kind: 'number' }),
        optional('StatusText', text),
      ],
      errors: [
        'States.Http.StatusCode.400',
        'States.Http.StatusCode.401',
        'States.Http.StatusCode.403',
        'States.Http.StatusCode.404',
        'States.Http.StatusCode.429',
        'States.Http.StatusCode.500',
        'States.Http.StatusCode.502',
        'States.Http.StatusCode.503',
        'States.Http.StatusCode.504',
        'States.Http.Socket',
      ],
    },
  ]),
  ...serviceActions('s3', { page: 'input-output-itemreader', prefix: 'S3', sdk: 's3' }, [
    {
      action: 'getObject',
      patterns: plain,
      place: 'ItemReader',
      documentation: 'Reads items from a JSON, JSON Lines, CSV, Parquet or manifest file',
      own: [optional('VersionId', text)],
    },
    {
      action: 'listObjectsV2',
      patterns: plain,
      place: 'ItemReader',
      documentation: 'Takes the objects of a bucket as items',
    },
    {
      action: 'putObject',
      patterns: plain,
      place: 'ResultWriter',
      documentation: 'Writes the results of the iterations to a bucket',
      runs: 'nothing',
      own: [required('Bucket', text), optional('Prefix', text)],
    },
  ]),
];

/** The optimized action of a Resource, for example `sqs`, `sendMessage`; exact case. */
export function optimizedAction(service: string, action: string): OptimizedAction | undefined {
  return optimizedActions.find(candidate => candidate.service === service && candidate.action === action);
}

interface ServiceDefaults {
  /** The file name of its page in the Developer Guide. */
  readonly page: string;
  readonly prefix: string;
  /** The error of calls that fail for a reason without a name of its own. */
  readonly failure?: string;
  readonly sdk: string | undefined;
}

interface ActionEntry {
  readonly action: string;
  readonly patterns: readonly IntegrationPattern[];
  readonly documentation: string;
  readonly place?: OptimizedAction['place'];
  /** The SDK action it runs, where that is not the one of the same name; `nothing` where there is none. */
  readonly runs?: { readonly service: string; readonly action: string } | 'nothing';
  readonly own?: readonly Field[];
  readonly result?: readonly Field[];
  /** The SDK action that describes the finished job. */
  readonly ends?: string;
  readonly within?: string;
  readonly oneOf?: readonly (readonly string[])[];
  readonly errors?: readonly string[];
}

function serviceActions(
  service: string,
  { page, prefix, failure, sdk }: ServiceDefaults,
  entries: readonly ActionEntry[],
): readonly OptimizedAction[] {
  return entries.map(
    ({ action, patterns, documentation, place, runs, own, result, ends, within, oneOf, errors }) => ({
      service,
      action,
      patterns,
      place: place ?? 'Task',
      sdk: runs === 'nothing' || sdk === undefined ? undefined : (runs ?? { service: sdk, action }),
      ownParameters: own ?? [],
      ownResult: result,
      jobResult: ends === undefined || sdk === undefined ? undefined : { service: sdk, action: ends, within },
      oneOf: oneOf ?? [],
      prefix,
      ownErrors: [...(errors ?? []), ...(failure === undefined ? [] : [`${prefix}.${failure}`])],
      documentation,
      link: `https://docs.aws.amazon.com/step-functions/latest/dg/${page}.html`,
    }),
  );
}

function required(name: string, type: FieldType): Field {
  return { name, apiName: name, isRequired: true, type };
}

function optional(name: string, type: FieldType): Field {
  return { name, apiName: name, isRequired: false, type };
}

function structure(...fields: readonly Field[]): FieldType {
  return { kind: 'structure', fields };
}

function methods(...values: readonly string[]): FieldType {
  return { kind: 'enum', values };
}

/** What every call into a Kubernetes cluster needs. */
function clusterFields(): readonly Field[] {
  return [required('ClusterName', text), required('CertificateAuthority', text), required('Endpoint', text)];
}

function eventFields(): readonly Field[] {
  return [
    optional('Detail', json),
    optional('DetailType', text),
    optional('Source', text),
    optional('EventBusName', text),
    optional('Resources', { kind: 'list', element: text }),
    optional('Time', { kind: 'timestamp' }),
    optional('TraceHeader', text),
  ];
}
