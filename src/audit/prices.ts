/** What AWS charges, as the operator told or as last looked up. For estimates only. */
export interface Prices {
  readonly currency: string;
  /** Processing of a gigabyte by a NAT gateway. */
  readonly natGatewayPerGb: number;
  /** Processing of a gigabyte by an interface endpoint. */
  readonly interfaceEndpointPerGb: number;
  /** An interface endpoint in one availability zone. */
  readonly interfaceEndpointPerHour: number;
  /** Scanning of a gigabyte by a query of CloudWatch Logs Insights. */
  readonly logsInsightsPerGb: number;
  /** Scanning of a terabyte by a query of Athena. */
  readonly athenaPerTb: number;
}

/**
 * US East, as commonly quoted; prices differ by Region and change, so every estimate names the price it rests on.
 * VPCE-5, API-46. https://aws.amazon.com/vpc/pricing/, https://aws.amazon.com/privatelink/pricing/,
 * https://aws.amazon.com/cloudwatch/pricing/ and https://aws.amazon.com/athena/pricing/
 */
export const DEFAULT_PRICES: Prices = {
  currency: 'USD',
  natGatewayPerGb: 0.045,
  interfaceEndpointPerGb: 0.01,
  interfaceEndpointPerHour: 0.01,
  logsInsightsPerGb: 0.005,
  athenaPerTb: 5,
};
