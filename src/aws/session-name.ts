const LONGEST = 64;

/**
 * The role session name, which CloudTrail shows beside every call: `vpc-why-U024BE7LH`.
 * 2 to 64 characters out of `[\w+=,.@-]` (API-63, https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html).
 */
export function sessionName(askedBy: string): string {
  return `vpc-why-${askedBy.slice(0, LONGEST)}`.replaceAll(/[^A-Za-z0-9_+=,.@-]/g, '-').slice(0, LONGEST);
}
