/**
 * What the Step Functions Developer Guide says of AWS SDK integrations, by hand, because no model holds it.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/awssdk-release-history.html (read up to August 18, 2026)
 */

/**
 * The exception prefix of every documented service. In lower case it is the service's name in a Resource:
 * `arn:aws:states:::aws-sdk:dynamodb:putItem` fails with `DynamoDb.ResourceNotFoundException`.
 */
export const documentedPrefixes: readonly string[] = `
  AccessAnalyzer Account Acm AcmPca AiOps Amp Amplify AmplifyBackend AmplifyUiBuilder ApiGateway ApiGatewayV2
  AppConfig AppConfigData AppFabric Appflow AppIntegrations ApplicationAutoScaling ApplicationCostProfiler
  ApplicationDiscovery ApplicationInsights ApplicationSignals AppMesh AppRunner AppStream AppSync AppTest
  ArcRegionSwitch ArcZonalShift Athena AuditManager AutoScaling AutoScalingPlans B2Bi Backup BackupGateway
  BackupSearch Batch BcmDashboards BcmDataExports BcmPricingCalculator BcmRecommendedActions Bedrock
  BedrockAgent BedrockAgentCore BedrockAgentCoreControl BedrockAgentRuntime BedrockDataAutomation
  BedrockDataAutomationRuntime BedrockRuntime Billing Billingconductor Braket Budgets Chime ChimeSdkIdentity
  ChimeSdkMediaPipelines ChimeSdkMeetings ChimeSdkMessaging ChimeSdkVoice CleanRooms CleanRoomsMl Cloud9
  CloudControl CloudDirectory CloudFormation CloudFront CloudFrontKeyValueStore CloudHsm CloudHsmV2 CloudSearch
  CloudTrail CloudTrailData CloudWatch CloudWatchLogs Codeartifact CodeBuild CodeCatalyst CodeCommit
  CodeConnections CodeDeploy CodeGuruProfiler CodeGuruReviewer CodeGuruSecurity CodePipeline CodeStarConnections
  CodestarNotifications CognitoIdentity CognitoIdentityProvider CognitoSync Comprehend ComprehendMedical
  ComputeOptimizer ComputeOptimizerAutomation Config Connect ConnectCampaigns ConnectCampaignsV2 ConnectCases
  ConnectContactLens ConnectHealth ConnectParticipant ControlCatalog ControlTower CostAndUsageReport
  CostExplorer CostOptimizationHub CustomerProfiles DatabaseMigration DataBrew DataExchange DataPipeline
  DataSync DataZone Dax Deadline Detective DeviceFarm DevOpsAgent DevOpsGuru DirectConnect Directory
  DirectoryServiceData Dlm DocDb DocDbElastic Drs Dsql DynamoDb DynamoDbStreams Ebs Ec2 Ec2InstanceConnect Ecr
  EcrPublic Ecs Efs Eks EksAuth ElastiCache ElasticBeanstalk ElasticInference ElasticLoadBalancing
  ElasticLoadBalancingV2 Elasticsearch ElasticTranscoder ElementalInference Emr EmrContainers EmrServerless
  EntityResolution EventBridge Evidently Finspace FinspaceData Firehose Fis Fms Forecast Forecastquery
  FraudDetector FreeTier FSx GameLift GameLiftStreams GeoMaps GeoPlaces GeoRoutes Glacier Glue Grafana
  Greengrass GreengrassV2 GroundStation GuardDuty Health HealthLake Honeycode Iam Identitystore Imagebuilder
  Inspector Inspector2 InspectorScan Interconnect InternetMonitor Invoicing Iot IoTAnalytics IotDeviceAdvisor
  IotEvents IotEventsData IoTFleetHub IoTFleetWise IotJobsDataPlane IotManagedIntegrations IoTSecureTunneling
  IoTSiteWise IoTThingsGraph IoTTwinMaker IotWireless Ivs Ivschat IvsRealTime Kafka KafkaConnect Kendra
  KendraRanking Keyspaces KeyspacesStreams Kinesis KinesisAnalytics KinesisAnalyticsV2 KinesisVideo
  KinesisVideoArchivedMedia KinesisVideoMedia KinesisVideoSignaling KinesisVideoWebRtcStorage Kms LakeFormation
  Lambda LambdaCore LambdaMicrovms LaunchWizard LexModelBuilding LexModelsV2 LexRuntime LexRuntimeV2
  LicenseManager LicenseManagerLinuxSubscriptions LicenseManagerUserSubscriptions Lightsail Location
  LookoutEquipment LookoutMetrics LookoutVision M2 Macie2 MailManager ManagedBlockchain ManagedBlockchainQuery
  MarketplaceCatalog MarketplaceCommerceAnalytics MarketplaceDiscovery MarketplaceEntitlement
  MarketplaceMetering MarketplaceReporting MediaConnect MediaConvert MediaLive MediaPackage MediaPackageV2
  MediaPackageVod MediaStore MediaTailor MedicalImaging MemoryDb Mgn MigrationHub MigrationHubConfig
  MigrationHubOrchestrator MigrationHubRefactorSpaces MigrationHubStrategy Mpa Mq MTurk Mwaa MwaaServerless
  Neptune NeptuneGraph NetworkFirewall NetworkFlowMonitor NetworkManager NetworkMonitor NotificationsContacts
  NovaAct Oam ObservabilityAdmin Odb Omics OpenSearch OpenSearchServerless OpsWorks OpsWorksCm Organizations
  Osis Outposts Panorama PartnerCentralAccount PartnerCentralBenefits PartnerCentralChannel
  PartnerCentralRevenueMeasurement PartnerCentralSelling PaymentCryptography PaymentCryptographyData
  PcaConnectorAd PcaConnectorScep Pcs Personalize PersonalizeEvents PersonalizeRuntime Pi Pinpoint PinpointEmail
  PinpointSmsVoice PinpointSmsVoiceV2 Pipes Polly Pricing PrivateNetworks Proton QApps QBusiness QConnect Qldb
  QldbSession QuickSight Ram Rbin Rds RdsData Redshift RedshiftData RedshiftServerless Rekognition Repostspace
  Resiliencehub Resiliencehubv2 ResourceExplorer2 ResourceGroups ResourceGroupsTaggingApi RoboMaker
  RolesAnywhere Route53 Route53Domains Route53GlobalResolver Route53Profiles Route53RecoveryCluster
  Route53RecoveryControlConfig Route53RecoveryReadiness Route53Resolver RtbFabric Rum S3 S3Control S3Files
  S3Outposts S3Tables S3Vectors SageMaker SageMakerA2IRuntime SagemakerEdge SageMakerFeatureStoreRuntime
  SageMakerGeospatial SagemakerJobRuntime SageMakerMetrics SageMakerRuntime SageMakerRuntimeHttp2 Savingsplans
  Scheduler Schemas SecretsManager SecurityAgent SecurityHub SecurityIr SecurityLake
  ServerlessApplicationRepository ServiceCatalog ServiceCatalogAppRegistry ServiceDiscovery ServiceQuotas Ses
  SesV2 Sfn Shield Signer SignerData Signin SimpleDbV2 SimSpaceWeaver Sms Snowball SnowDeviceManagement Sns
  SocialMessaging Sqs Ssm SsmContacts SsmGuiConnect SsmIncidents SsmQuickSetup SsmSap Sso SsoAdmin SsoOidc
  StorageGateway Sts SupplyChain Support SupportApp SupportAuthorization Sustainability Swf Synthetics
  TaxSettings Textract TimestreamInfluxDb TimestreamQuery TimestreamWrite Tnb Transcribe Transfer Translate
  TrustedAdvisor Uxc VerifiedPermissions VoiceId VpcLattice Waf WafRegional Wafv2 WellArchitected Wickr Wisdom
  WorkDocs WorkMail WorkMailMessageFlow WorkSpaces WorkspacesInstances WorkSpacesThinClient WorkSpacesWeb XRay
`
  .trim()
  .split(/\s+/);

/** Operations of documented services that Step Functions cannot call, as the API names them. */
export const unsupportedOperations: Readonly<Record<string, readonly string[]>> = {
  applicationdiscovery: ['DescribeExportConfigurations', 'ExportConfigurations'],
  bedrockagentruntime: [
    'InvokeAgent',
    'InvokeFlow',
    'InvokeInlineAgent',
    'OptimizePrompt',
    'RetrieveAndGenerateStream',
  ],
  bedrockruntime: ['ConverseStream', 'InvokeModelWithBidirectionalStream', 'InvokeModelWithResponseStream'],
  cloudwatchlogs: ['StartLiveTail'],
  codedeploy: [
    'BatchGetDeploymentInstances',
    'GetDeploymentInstance',
    'ListDeploymentInstances',
    'SkipWaitTimeForInstanceTermination',
  ],
  comprehendmedical: ['DetectEntities'],
  dataexchange: ['SendApiAsset'],
  directconnect: [
    'AllocateConnectionOnInterconnect',
    'DescribeConnectionLoa',
    'DescribeConnectionsOnInterconnect',
    'DescribeInterconnectLoa',
  ],
  efs: ['CreateTags'],
  elastictranscoder: ['TestRole'],
  emr: ['DescribeJobFlows'],
  iot: ['AttachPrincipalPolicy', 'DetachPrincipalPolicy', 'ListPolicyPrincipals', 'ListPrincipalPolicies'],
  iotdeviceadvisor: ['ListTestCases'],
  iotsitewise: ['InvokeAssistant'],
  kinesis: ['SubscribeToShard'],
  lambda: ['InvokeAsync', 'InvokeWithResponseStream'],
  lexruntimev2: ['StartConversation'],
  mediapackage: ['RotateChannelCredentials'],
  qbusiness: ['Chat'],
  rdsdata: ['ExecuteSql'],
  s3: ['SelectObjectContent'],
  sagemakerruntime: ['InvokeEndpointWithResponseStream'],
  shield: ['DeleteSubscription'],
  sts: ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'],
};
