using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>
/// Names the serializer that the package reads and writes with. Here it does nothing: payloads are read and written without
/// one. It is offered because callers that compile ahead of time must give one to the package.
/// </summary>
/// <typeparam name="TSGContext">A context that knows the event source's request and response.</typeparam>
public class SourceGeneratorLambdaJsonSerializer<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSGContext>
    where TSGContext : JsonSerializerContext;
