/**
 * What the Step Functions Developer Guide says of AWS SDK integrations, by hand, because no model holds it.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */

/**
 * The exception prefix of every documented service. In lower case it is the service's name in a Resource:
 * `arn:aws:states:::aws-sdk:dynamodb:putItem` fails with `DynamoDb.ResourceNotFoundException`.
 */
export const documentedPrefixes: readonly string[] = `
  AccessAnalyzer Account Acm AcmPca Amp Amplify AmplifyBackend AmplifyUiBuilder ApiGateway ApiGatewayV2 AppConfig
  AppConfigData AppFabric AppIntegrations AppMesh AppRunner AppStream AppSync AppTest Appflow ApplicationAutoScaling
  ApplicationCostProfiler ApplicationDiscovery ApplicationInsights ApplicationSignals ArcZonalShift Athena
  AuditManager AutoScaling AutoScalingPlans B2Bi Backup BackupGateway BackupSearch Batch BcmDataExports
  BcmPricingCalculator Bedrock BedrockAgent BedrockAgentRuntime BedrockDataAutomation BedrockDataAutomationRuntime
  BedrockRuntime Billing Billingconductor Braket Budgets Chime ChimeSdkIdentity ChimeSdkMediaPipelines
  ChimeSdkMeetings ChimeSdkMessaging ChimeSdkVoice CleanRooms CleanRoomsMl Cloud9 CloudControl CloudDirectory
  CloudFormation CloudFront CloudFrontKeyValueStore CloudHsm CloudHsmV2 CloudSearch CloudTrail CloudTrailData
  CloudWatch CloudWatchLogs CodeBuild CodeCatalyst CodeCommit CodeConnections CodeDeploy CodeGuruProfiler
  CodeGuruReviewer CodeGuruSecurity CodePipeline CodeStarConnections Codeartifact CodestarNotifications
  CognitoIdentity CognitoIdentityProvider CognitoSync Comprehend ComprehendMedical ComputeOptimizer Config Connect
  ConnectCampaigns ConnectCampaignsV2 ConnectCases ConnectContactLens ConnectParticipant ControlCatalog ControlTower
  CostAndUsageReport CostExplorer CostOptimizationHub CustomerProfiles DataBrew DataExchange DataPipeline DataSync
  DataZone DatabaseMigration Dax Deadline Detective DevOpsGuru DeviceFarm DirectConnect Directory
  DirectoryServiceData Dlm DocDb DocDbElastic Drs Dsql DynamoDb DynamoDbStreams Ebs Ec2 Ec2InstanceConnect Ecr
  EcrPublic Ecs Efs Eks EksAuth ElastiCache ElasticBeanstalk ElasticInference ElasticLoadBalancing
  ElasticLoadBalancingV2 ElasticTranscoder Elasticsearch Emr EmrContainers EmrServerless EntityResolution EventBridge
  Evidently FSx Finspace FinspaceData Firehose Fis Fms Forecast Forecastquery FraudDetector FreeTier GameLift GeoMaps
  GeoPlaces GeoRoutes Glacier Glue Grafana Greengrass GreengrassV2 GroundStation GuardDuty Health HealthLake Honeycode
  Iam Identitystore Imagebuilder Inspector Inspector2 InspectorScan InternetMonitor Invoicing IoTAnalytics IoTFleetHub
  IoTFleetWise IoTSecureTunneling IoTSiteWise IoTThingsGraph IoTTwinMaker Iot IotDeviceAdvisor IotEvents IotEventsData
  IotJobsDataPlane IotWireless Ivs IvsRealTime Ivschat Kafka KafkaConnect Kendra KendraRanking Keyspaces Kinesis
  KinesisAnalytics KinesisAnalyticsV2 KinesisVideo KinesisVideoArchivedMedia KinesisVideoMedia KinesisVideoSignaling
  KinesisVideoWebRtcStorage Kms LakeFormation Lambda LaunchWizard LexModelBuilding LexModelsV2 LexRuntime LexRuntimeV2
  LicenseManager LicenseManagerLinuxSubscriptions LicenseManagerUserSubscriptions Lightsail Location LookoutEquipment
  LookoutMetrics LookoutVision M2 MTurk Macie2 MailManager ManagedBlockchain ManagedBlockchainQuery MarketplaceCatalog
  MarketplaceCommerceAnalytics MarketplaceEntitlement MarketplaceMetering MarketplaceReporting MediaConnect
  MediaConvert MediaLive MediaPackage MediaPackageV2 MediaPackageVod MediaStore MediaTailor MedicalImaging MemoryDb
  Mgn MigrationHub MigrationHubConfig MigrationHubOrchestrator MigrationHubRefactorSpaces MigrationHubStrategy Mq Mwaa
  Neptune NeptuneGraph NetworkFirewall NetworkFlowMonitor NetworkManager NetworkMonitor NotificationsContacts Oam
  ObservabilityAdmin Omics OpenSearch OpenSearchServerless OpsWorks OpsWorksCm Organizations Osis Outposts Panorama
  PartnerCentralSelling PaymentCryptography PaymentCryptographyData PcaConnectorAd PcaConnectorScep Pcs Personalize
  PersonalizeEvents PersonalizeRuntime Pi Pinpoint PinpointEmail PinpointSmsVoice PinpointSmsVoiceV2 Pipes Polly
  Pricing PrivateNetworks Proton QApps QBusiness QConnect Qldb QldbSession QuickSight Ram Rbin Rds RdsData Redshift
  RedshiftData RedshiftServerless Rekognition Repostspace Resiliencehub ResourceExplorer2 ResourceGroups
  ResourceGroupsTaggingApi RoboMaker RolesAnywhere Route53 Route53Domains Route53Profiles Route53RecoveryCluster
  Route53RecoveryControlConfig Route53RecoveryReadiness Route53Resolver Rum S3 S3Control S3Outposts S3Tables SageMaker
  SageMakerA2IRuntime SageMakerFeatureStoreRuntime SageMakerGeospatial SageMakerMetrics SageMakerRuntime SagemakerEdge
  Savingsplans Scheduler Schemas SecretsManager SecurityHub SecurityIr SecurityLake ServerlessApplicationRepository
  ServiceCatalog ServiceCatalogAppRegistry ServiceDiscovery ServiceQuotas Ses SesV2 Sfn Shield Signer SimSpaceWeaver
  Sms SnowDeviceManagement Snowball Sns SocialMessaging Sqs Ssm SsmContacts SsmIncidents SsmQuickSetup SsmSap Sso
  SsoAdmin SsoOidc StorageGateway Sts SupplyChain Support SupportApp Swf Synthetics TaxSettings Textract
  TimestreamInfluxDb TimestreamQuery TimestreamWrite Tnb Transcribe Transfer Translate TrustedAdvisor
  VerifiedPermissions VoiceId VpcLattice Waf WafRegional Wafv2 WellArchitected Wisdom WorkDocs WorkMail
  WorkMailMessageFlow WorkSpaces WorkSpacesThinClient WorkSpacesWeb XRay
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
