import { DescribeVpcAttributeCommand } from '@aws-sdk/client-ec2';
import { callAws, type Asking } from './call-aws.ts';
import { rawItems } from './raw-items.ts';
import { partOf, type Part } from './read-part.ts';

const CALL = 'DescribeVpcAttribute';

/** Both attributes about DNS, a call for each (API-12), as one element of the snapshot's `VpcAttributes`. */
export function readVpcAttributes(asking: Asking, vpcId: string): Promise<Part> {
  return partOf({ member: 'VpcAttributes', call: CALL, about: vpcId }, async () => {
    const [support, hostnames] = await Promise.all([
      ask(asking, { VpcId: vpcId, Attribute: 'enableDnsSupport' }),
      ask(asking, { VpcId: vpcId, Attribute: 'enableDnsHostnames' }),
    ]);
    const [EnableDnsSupport] = rawItems(support, 'EnableDnsSupport');
    const [EnableDnsHostnames] = rawItems(hostnames, 'EnableDnsHostnames');
    return { items: [{ VpcId: vpcId, EnableDnsSupport, EnableDnsHostnames }], complete: true };
  });
}

/** A dry run about a VPC that is not there (API-37). */
export function tryVpcAttribute(asking: Asking): Promise<object> {
  return ask(asking, { VpcId: 'vpc-00000000000000000', Attribute: 'enableDnsSupport', DryRun: true });
}

interface Attribute {
  readonly VpcId: string;
  readonly Attribute: 'enableDnsSupport' | 'enableDnsHostnames';
  readonly DryRun?: true;
}

function ask(asking: Asking, attribute: Attribute): Promise<object> {
  return callAws(asking, CALL, (options) =>
    asking.clients.ec2().send(new DescribeVpcAttributeCommand(attribute), options),
  );
}
