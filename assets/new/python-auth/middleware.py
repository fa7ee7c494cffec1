"""An auth_check that takes one key, in the header Authorization.

The Gateway's environment has what is secret:

PLUGIN_KEY     the key that callers send. Without it "only-for-trying-out" is taken, which everybody knows.
PLUGIN_SECRET  what tokens of sessions are made with. Without it a random one: a restart then makes new tokens.
"""

import hashlib
import hmac
import os
import secrets

from tyk.decorators import *

KEY = (os.environ.get("PLUGIN_KEY") or "only-for-trying-out").encode()
SECRET = (os.environ.get("PLUGIN_SECRET") or secrets.token_hex(32)).encode()


# A Gateway calls hooks by the number of their parameters: with four, this is an auth_check.
# What counts are edits of these objects; new ones that are returned instead are ignored.
@Hook
def MyAuth(request, session, metadata, spec):
    given = (request.get_header("Authorization") or "").encode()
    if not hmac.compare_digest(given, KEY):
        request.object.return_overrides.response_code = 401
        request.object.return_overrides.response_error = "Not authorized"
        return request, session, metadata

    session.rate = 1000
    session.per = 1
    session.session_lifetime = 3600
    # Without this the Gateway stores a session that opens every one of its APIs.
    api = spec["APIID"]
    session.access_rights[api].api_id = api
    session.access_rights[api].versions.append("Default")
    # The token becomes a key of the Gateway, so it must not be one that callers know.
    metadata["token"] = hmac.new(SECRET, given, hashlib.sha256).hexdigest()
    return request, session, metadata
