using System.Text.Json;

namespace Thumbnails.Core.Serialization;

/// <summary>A JSON value has the wrong type or form; the message is for users.</summary>
public sealed class JsonValueException(string message) : JsonException(message);
