"""An auth_check that takes JSON Web Tokens signed with HS256, in the header Authorization.

The Gateway's environment has what is secret:

JWT_SECRET     what the tokens are signed with, 32 bytes or more. Without it every request is answered 500.
PLUGIN_SECRET  what tokens of sessions are made with. Without it a random one: a restart then makes new tokens.
"""

import hashlib
import hmac
import os
import secrets
import sys
import time

from tyk.decorators import *

# The bundle's folder is not where a Gateway's Python looks for modules.
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "vendor"))

# An error here would fail every request with a message that does not say why.
try:
    import jwt
except ImportError:
    jwt = None

JWT_SECRET = os.environ.get("JWT_SECRET") or ""
SECRET = (os.environ.get("PLUGIN_SECRET") or secrets.token_hex(32)).encode()
LONGEST = 3600


def refuse(request, code, error):
    request.object.return_overrides.response_code = code
    request.object.return_overrides.response_error = error


# A Gateway calls hooks by the number of their parameters: with four, this is an auth_check.
# What counts are edits of these objects; new ones that are returned instead are ignored.
@Hook
def MyAuth(request, session, metadata, spec):
    if jwt is None:
        refuse(request, 500, "PyJWT is not in the bundle")
        return request, session, metadata
    if not JWT_SECRET:
        refuse(request, 500, "JWT_SECRET is not set")
        return request, session, metadata

    given = request.get_header("Authorization") or ""
    if given.startswith("Bearer "):
        given = given[len("Bearer "):]
    try:
        # The algorithm is ours to say, never the token's.
        claims = jwt.decode(given, JWT_SECRET, algorithms=["HS256"], options={"require": ["exp", "sub"]})
    except jwt.InvalidTokenError:
        refuse(request, 401, "Not authorized")
        return request, session, metadata

    session.rate = 1000
    session.per = 1
    session.session_lifetime = max(1, min(LONGEST, int(claims["exp"] - time.time())))
    # Without this the Gateway stores a session that opens every one of its APIs.
    api = spec["APIID"]
    session.access_rights[api].api_id = api
    session.access_rights[api].versions.append("Default")
    # The token becomes a key of the Gateway, so it must not be one that callers know. One for each subject: a new
    # JWT of the same caller has the same limits.
    metadata["token"] = hmac.new(SECRET, str(claims["sub"]).encode(), hashlib.sha256).hexdigest()
    return request, session, metadata
