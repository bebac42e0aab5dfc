"""Checks of template.yaml that need the SAM translator: `sam validate --lint` does not run it.

The template is translated as a deployment would translate it, the result is written for cfn-lint, and what neither of
them looks at is asserted here.
"""

import json
import os
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
os.environ["SAM_CLI_TELEMETRY"] = "0"

from samtranslator.translator.transform import transform  # noqa: E402
from samtranslator.yaml_helper import yaml_parse  # noqa: E402

PARAMETERS = {
    "AuthJwksUrl": "https://issuer.example/jwks.json",
    "AuthIssuer": "https://issuer.example",
    "AuthAudience": "careline",
    "WhatsAppSecretArn": "arn:aws:secretsmanager:us-east-1:123456789012:secret:whatsapp",
    "WhatsAppPhoneNumberId": "100000000000021",
    "DefaultOrganizationId": "21",
}
# Seconds, of functions that files pass through; the gateway cuts everybody else off after 30.
TIMEOUTS = {"WhatsappDeliveryFunction": 90, "MediaTransfersFunction": 300, "WebhookDeliveryFunction": 60}


class NoManagedPolicies:
    """The template uses none, so nothing must be looked up."""

    def load(self):
        return {}


def translated(path):
    template = yaml_parse(open(path, encoding="utf-8").read())
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            # `sam package` puts the built code's address here; the translator wants one.
            resource["Properties"]["CodeUri"] = "s3://bucket/code.zip"
    return transform(template, dict(PARAMETERS), NoManagedPolicies())


def of_type(resources, kind):
    return {name: resource["Properties"] for name, resource in resources.items() if resource["Type"] == kind}


def problems(template):
    """What is wrong, one line each."""
    resources = template["Resources"]
    for name, table in of_type(resources, "AWS::DynamoDB::Table").items():
        kept = table.get("PointInTimeRecoverySpecification", {}).get("PointInTimeRecoveryEnabled")
        if not (kept and table.get("SSESpecification", {}).get("SSEType") == "KMS"):
            yield f"{name}: point-in-time recovery or encryption is missing"
        if not table.get("DeletionProtectionEnabled") or resources[name].get("DeletionPolicy") != "Retain":
            yield f"{name}: it could be deleted"
    alarmed = json.dumps(of_type(resources, "AWS::CloudWatch::Alarm"))
    for name, queue in of_type(resources, "AWS::SQS::Queue").items():
        if "KmsMasterKeyId" not in queue:
            yield f"{name}: encryption is missing"
        if "RedrivePolicy" not in queue and f'"{name}"' not in alarmed:
            yield f"{name}: dead letters that nobody is told about"
    for name, mapping in of_type(resources, "AWS::Lambda::EventSourceMapping").items():
        if mapping.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]:
            yield f"{name}: one failed hint would repeat the whole batch"
    for name, function in of_type(resources, "AWS::Lambda::Function").items():
        if function.get("Timeout") != TIMEOUTS.get(name, 30) or function.get("Runtime") != "provided.al2023":
            yield f"{name}: an unexpected timeout or runtime"
        if "KmsKeyArn" not in function or "LoggingConfig" not in function:
            yield f"{name}: its settings or its log are not encrypted with our key"
    for name, group in of_type(resources, "AWS::Logs::LogGroup").items():
        if "RetentionInDays" not in group or "KmsKeyId" not in group:
            yield f"{name}: logs are kept for ever or unencrypted"
    for name, bucket in of_type(resources, "AWS::S3::Bucket").items():
        block = bucket.get("PublicAccessBlockConfiguration", {})
        if len(block) != 4 or not all(block.values()):
            yield f"{name}: it could be made public"
    for name, key in of_type(resources, "AWS::KMS::Key").items():
        if not key.get("EnableKeyRotation"):
            yield f"{name}: the key does not rotate"
    for name, role in of_type(resources, "AWS::IAM::Role").items():
        for policy in role.get("Policies", []):
            for statement in policy["PolicyDocument"]["Statement"]:
                actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
                if "*" in json.dumps(actions) or statement["Resource"] == "*":
                    yield f"{name}: a permission for everything"
    yield from route_problems(resources)


def route_problems(resources):
    """Every route leads to exactly one function."""
    api = of_type(resources, "AWS::ApiGatewayV2::Api")["Api"]
    for path, methods in api["Body"]["paths"].items():
        for method, operation in methods.items():
            if method != "options" and "x-amazon-apigateway-integration" not in operation:
                yield f"{method} {path}: no integration"


def main():
    template = translated(sys.argv[1])
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        json.dump(template, out, indent=1, default=str)
    found = list(problems(template))
    print("\n".join(found) or f"{len(template['Resources'])} resources are as they should be")
    sys.exit(1 if found else 0)


main()
