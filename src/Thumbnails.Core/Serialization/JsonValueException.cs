using System.Text.Json;

namespace Thumbnails.Core.Serialization;

/// <summary>A JSON value is not what its place expects; the message says, for people, what that is.</summary>
public sealed class JsonValueException(string message) : JsonException(message);
