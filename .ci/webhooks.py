"""Checks webhooks as they are sent: their headers with the public library of Standard Webhooks, and document 004's signature in the
body as a receiver would who knows nothing but JSON. Reads the lines of `cargo run -p platform --example webhook`."""

import base64
import hashlib
import hmac
import json
import sys

from standardwebhooks import Webhook, WebhookVerificationError


def in_body(secret, body):
    """Whether the body's own signature is the secret's: the member taken out, and the rest written again."""
    members = json.loads(body)
    signature = members.pop("signature")
    rest = json.dumps(members, separators=(",", ":"), ensure_ascii=False)
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return hmac.compare_digest(signature, "sha256=" + hmac.new(key, rest.encode(), hashlib.sha256).hexdigest())


def refuses(secret, body, headers):
    try:
        Webhook(secret).verify(body, headers)
    except WebhookVerificationError:
        return True
    return False


def main():
    webhooks = [json.loads(line) for line in sys.stdin]
    assert webhooks, "there are no webhooks"
    for webhook in webhooks:
        body, headers, (new, old) = webhook["body"], webhook["headers"], webhook["secrets"]
        for secret in (new, old):
            assert Webhook(secret).verify(body, headers) == json.loads(body)
        assert refuses(new, body.replace("}", " }", 1), headers), "another body has the same signature"
        assert refuses(new, body, {**headers, "webhook-id": "event_1"}), "another id has the same signature"
        # Python writes 1e-06 where JSON of RFC 8785 has 0.000001; such numbers are for the library's own check.
        if "0.000001" not in body:
            assert in_body(new, body) and not in_body(old, body)
    print(f"{len(webhooks)} webhooks are signed as others check them")


main()
