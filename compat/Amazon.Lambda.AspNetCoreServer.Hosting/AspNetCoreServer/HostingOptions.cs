namespace Amazon.Lambda.AspNetCoreServer.Hosting;

/// <summary>
/// Hosting options. The package's options select a serializer, hooks and encodings. This library needs none of them: it uses
/// no serializer, and chooses the encoding of a body by its content.
/// </summary>
public class HostingOptions;
