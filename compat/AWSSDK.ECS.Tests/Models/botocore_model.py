"""Prints botocore's model of the four operations, for the tests to compare with."""

import itertools
import json

from botocore.loaders import create_loader

OPERATIONS = ["RunTask", "DescribeTasks", "StopTask", "ListTasks"]

model = create_loader().load_service_model("ecs", "service-2")
shapes = model["shapes"]
numbers = itertools.count(1)


def describe(name):
    shape = shapes[name]
    description = {"type": shape["type"]}
    if "enum" in shape:
        description["enum"] = sorted(shape["enum"])
    for key in ("min", "max", "pattern"):
        if key in shape:
            description[key] = shape[key]
    if shape["type"] == "list":
        description["member"] = describe(shape["member"]["shape"])
    if shape["type"] == "structure":
        description["required"] = sorted(shape.get("required", []))
        description["members"] = {key: describe(member["shape"]) for key, member in shape["members"].items()}
    return description


def example(name):
    """Returns a value with every member set and no number used twice."""
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
