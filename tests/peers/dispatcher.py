"""A Dispatcher by grpcio: answers with the Object that came, and a header that says what `traceparent` the call had.

Prints its port on the first line, then `event` for each event.
"""

from concurrent import futures

import grpc


def field(number, payload):
    return bytes([number << 3 | 2, len(payload)]) + payload


def dispatch(message, context):
    metadata = dict(context.invocation_metadata())
    entry = field(1, b"X-Trace") + field(2, metadata.get("traceparent", "none").encode())
    # A second part of `request` merges into the first.
    return message + field(3, field(2, entry))


def event(message, context):
    print("event", flush=True)
    return b""


server = grpc.server(futures.ThreadPoolExecutor(max_workers=4))
methods = {
    "Dispatch": grpc.unary_unary_rpc_method_handler(dispatch),
    "DispatchEvent": grpc.unary_unary_rpc_method_handler(event),
}
server.add_generic_rpc_handlers(
    [grpc.method_handlers_generic_handler("coprocess.Dispatcher", methods)]
)
print(server.add_insecure_port("127.0.0.1:0"), flush=True)
server.start()
server.wait_for_termination()
