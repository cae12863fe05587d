using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>
/// Selects the package's serializer. In this library it has no effect. It exists because Native AOT callers must pass a
/// serializer to the package.
/// </summary>
/// <typeparam name="TSGContext">A context that contains the request and response types of the event source.</typeparam>
public class SourceGeneratorLambdaJsonSerializer<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSGContext>
    where TSGContext : JsonSerializerContext;
