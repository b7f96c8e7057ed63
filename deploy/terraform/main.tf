# The read-only role in a member account: trusts the bot's role alone, with an external id (the confused deputy).
# policy.json is what `vpc-why iam-policy` prints.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.0" }
  }
}

variable "bot_role_arn" {
  type        = string
  description = "The role that the bot runs as."
}

variable "external_id" {
  type        = string
  sensitive   = true
  description = "A long random text; the same as externalId in vpc-why.yaml."

  validation {
    condition     = length(var.external_id) >= 16
    error_message = "At least 16 characters."
  }
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = [var.bot_role_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [var.external_id]
    }
  }
}

resource "aws_iam_role" "vpc_why" {
  name                 = "vpc-why"
  description          = "Read-only: why VPC traffic was rejected"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "read" {
  name   = "read"
  role   = aws_iam_role.vpc_why.id
  policy = file("${path.module}/policy.json")
}

output "role_arn" {
  value = aws_iam_role.vpc_why.arn
}
