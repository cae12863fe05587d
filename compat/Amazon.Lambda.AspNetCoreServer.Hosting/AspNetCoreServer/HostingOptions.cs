namespace Amazon.Lambda.AspNetCoreServer.Hosting;

/// <summary>
/// What can be set: nothing. The package's options choose a serializer, hooks and encodings; here payloads are read and
/// written without a serializer, and bodies are encoded by what they are.
/// </summary>
public class HostingOptions;
