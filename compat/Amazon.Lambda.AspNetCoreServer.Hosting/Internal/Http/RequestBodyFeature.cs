using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Amazon.Lambda.Internal.Http;

/// <summary>
/// Reports whether there is a body, and enforces the size limits of endpoints: reading a body above its limit fails.
/// </summary>
internal sealed class RequestBodyFeature(HttpRequestFeature request, int length)
    : IHttpRequestBodyDetectionFeature, IHttpMaxRequestBodySizeFeature
{
    private readonly Stream _body = request.Body;

    private long? _max;

    public bool CanHaveBody => length > 0;

    public bool IsReadOnly => false;

    public long? MaxRequestBodySize
    {
        get => _max;
        set
        {
            _max = value;
            request.Body = length > value ? new TooLarge(value.Value) : _body;
        }
    }

    private sealed class TooLarge(long max) : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw CreateException();

        public override int Read(Span<byte> buffer) => throw CreateException();

        public override int ReadByte() => throw CreateException();

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.FromException<int>(CreateException());

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException<int>(CreateException());

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
            Task.FromException(CreateException());

        public override void CopyTo(Stream destination, int bufferSize) => throw CreateException();

        private BadHttpRequestException CreateException() => new(
            string.Create(CultureInfo.InvariantCulture, $"The request body is too large. Send at most {max} bytes."),
            StatusCodes.Status413PayloadTooLarge);
    }
}
