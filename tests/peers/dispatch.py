"""Sends every recording to a Dispatch server with grpcio, as a Gateway would, and says what came back.

Usage: dispatch.py ADDRESS FOLDER. Prints one JSON object a recording, in the order sent: `stem`, `same` (the answer is
the very bytes that were sent), and `json`, what Google's MessageToJson makes of the request with the descriptors that
the server's own reflection gives.
"""

import json
import pathlib
import sys

import grpc
from google.protobuf import descriptor_pool, json_format, message_factory
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

LIMITS = [("grpc.max_send_message_length", -1), ("grpc.max_receive_message_length", -1)]


def main(address, folder):
    channel = grpc.insecure_channel(address, options=LIMITS)
    health = health_pb2_grpc.HealthStub(channel)
    for service in ["", "coprocess.Dispatcher"]:
        answer = health.Check(health_pb2.HealthCheckRequest(service=service), timeout=30)
        assert answer.status == health_pb2.HealthCheckResponse.SERVING, service

    database = ProtoReflectionDescriptorDatabase(channel)
    services = set(database.get_services())
    expected = {"coprocess.Dispatcher", "grpc.health.v1.Health"}
    assert expected <= services, services
    pool = descriptor_pool.DescriptorPool(database)
    dispatcher = pool.FindServiceByName("coprocess.Dispatcher")
    assert [method.name for method in dispatcher.methods] == ["Dispatch", "DispatchEvent"]
    names = {name for name in ("coprocess_object.proto", "coprocess_common.proto") if pool.FindFileByName(name)}
    assert len(names) == 2

    stubs = {
        method.name: (
            channel.unary_unary(f"/coprocess.Dispatcher/{method.name}"),
            message_factory.GetMessageClass(method.input_type),
        )
        for method in dispatcher.methods
    }
    for path in sorted(pathlib.Path(folder).rglob("*.request.pb"), key=str):
        stem = str(path).removesuffix(".request.pb")
        event = stem.endswith("-event")
        call, message = stubs["DispatchEvent" if event else "Dispatch"]
        sent = path.read_bytes()
        answer = call(sent, timeout=60)
        print(
            json.dumps(
                {
                    "stem": stem,
                    "same": answer == (b"" if event else sent),
                    "json": json.loads(json_format.MessageToJson(message.FromString(sent))),
                }
            ),
            flush=True,
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
