"""Prints Google's MessageToJson of each message: one line in, one line out, until the input ends.

A line in is the message's name, a space, and its bytes as base64. Bytes that are no such message print `null`.
"""

import base64
import sys

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

files = descriptor_pb2.FileDescriptorSet()
with open(sys.argv[1], "rb") as descriptors:
    files.ParseFromString(descriptors.read())
pool = descriptor_pool.DescriptorPool()
for file in files.file:
    pool.Add(file)

for line in sys.stdin:
    name, encoded = line.rstrip("\n").split(" ")
    message = message_factory.GetMessageClass(pool.FindMessageTypeByName("coprocess." + name))()
    try:
        message.ParseFromString(base64.b64decode(encoded))
        print(json_format.MessageToJson(message, indent=None), flush=True)
    except Exception:
        print("null", flush=True)
