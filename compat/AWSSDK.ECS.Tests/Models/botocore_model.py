"""Prints what botocore's model says of the four operations, for the tests to compare with."""

import itertools
import json

from botocore.loaders import create_loader

OPERATIONS = ["RunTask", "DescribeTasks", "StopTask", "ListTasks"]

model = create_loader().load_service_model("ecs", "service-2")
shapes = model["shapes"]
numbers = itertools.count(1)


def describe(name):
    shape = shapes[name]
    told = {"type": shape["type"]}
    if "enum" in shape:
        told["enum"] = sorted(shape["enum"])
    for key in ("min", "max", "pattern"):
        if key in shape:
            told[key] = shape[key]
    if shape["type"] == "list":
        told["member"] = describe(shape["member"]["shape"])
    if shape["type"] == "structure":
        told["required"] = sorted(shape.get("required", []))
        told["members"] = {key: describe(member["shape"]) for key, member in shape["members"].items()}
    return told


def example(name):
    """A value with every member set, and no number twice."""
    shape, number = shapes[name], next(numbers)
    if shape["type"] == "structure":
        return {key: example(member["shape"]) for key, member in shape["members"].items()}
    if shape["type"] == "list":
        return [example(shape["member"]["shape"]) for _ in range(2)]
    return {
        "string": shape.get("enum", ["text %d" % number])[0],
        "integer": number,
        "long": 2**40 + number,
        "boolean": True,
        "timestamp": 1700000000.25 + number,
    }[shape["type"]]


operations = {name: model["operations"][name] for name in OPERATIONS}
print(json.dumps({
    "requests": {name: describe(operation["input"]["shape"]) for name, operation in operations.items()},
    "responses": {name: example(operation["output"]["shape"]) for name, operation in operations.items()},
    "errors": {name: [error["shape"] for error in operation["errors"]] for name, operation in operations.items()},
}))
