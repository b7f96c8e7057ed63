import type { StandInTrailEvent } from '../aws/stand-in-account.ts';

/** One event of CloudTrail, as `LookupEvents` lists it: its heading, and all of it as JSON text. */
export type TrailEvent = StandInTrailEvent;

export interface TrailEventPlan {
  readonly id: string;
  readonly name: string;
  readonly atMs: number;
  readonly accountId: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly request: object;
  readonly response?: object | null;
  /** Absent: the role `deploy`. */
  readonly identity?: object;
  readonly errorCode?: string;
  readonly readOnly?: boolean;
}

/** As AWS writes records of its API calls. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
export function trailEvent(plan: TrailEventPlan): TrailEvent {
  const { id, name, atMs, accountId, region, resources } = plan;
  const record = {
    eventVersion: '1.11',
    userIdentity: plan.identity ?? roleIdentity(accountId, 'deploy', 'pipeline-214'),
    eventTime: `${new Date(atMs).toISOString().slice(0, 19)}Z`,
    eventSource: 'ec2.amazonaws.com',
    eventName: name,
    awsRegion: region,
    sourceIPAddress: '198.51.100.23',
    userAgent: 'aws-cli/2.31.0',
    ...(plan.errorCode !== undefined && { errorCode: plan.errorCode, errorMessage: 'The call was refused.' }),
    requestParameters: plan.request,
    responseElements: plan.response === undefined ? { requestId: id, _return: true } : plan.response,
    requestID: id,
    eventID: id,
    readOnly: plan.readOnly ?? false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: 'Management',
  };
  return { id, name, atMs, resources, text: JSON.stringify(record), readOnly: plan.readOnly ?? false };
}

/** A role that a person or a pipeline has assumed. */
export function roleIdentity(accountId: string, role: string, session: string): object {
  return {
    type: 'AssumedRole',
    principalId: `AROADEMOTRAIL0000000:${session}`,
    arn: `arn:aws:sts::${accountId}:assumed-role/${role}/${session}`,
    accountId,
    accessKeyId: 'ASIADEMOTRAIL0000000',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: 'AROADEMOTRAIL0000000',
        arn: `arn:aws:iam::${accountId}:role/${role}`,
        accountId,
        userName: role,
      },
    },
  };
}
