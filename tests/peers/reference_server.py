"""The reference server: a Dispatcher by grpcio that prints each Object as JSON and gives it back.

Takes the messages' descriptors, prints its port on the first line of stderr; the Objects go to stdout.
"""

import sys
from concurrent import futures

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

files = descriptor_pb2.FileDescriptorSet()
with open(sys.argv[1], "rb") as descriptors:
    files.ParseFromString(descriptors.read())
pool = descriptor_pool.DescriptorPool()
for file in files.file:
    pool.Add(file)
Object = message_factory.GetMessageClass(pool.FindMessageTypeByName("coprocess.Object"))


def dispatch(message, context):
    print(json_format.MessageToJson(message))
    return message


server = grpc.server(futures.ThreadPoolExecutor(max_workers=10))
methods = {
    "Dispatch": grpc.unary_unary_rpc_method_handler(
        dispatch,
        request_deserializer=Object.FromString,
        response_serializer=Object.SerializeToString,
    ),
}
server.add_generic_rpc_handlers(
    [grpc.method_handlers_generic_handler("coprocess.Dispatcher", methods)]
)
print(server.add_insecure_port("127.0.0.1:0"), file=sys.stderr, flush=True)
server.start()
server.wait_for_termination()
