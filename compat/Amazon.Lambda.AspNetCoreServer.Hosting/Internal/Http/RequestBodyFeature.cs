using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Amazon.Lambda.Internal.Http;

/// <summary>Tells whether there is a body, and keeps the limits that endpoints set for theirs: it is here, but not to be read.</summary>
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
        public override int Read(byte[] buffer, int offset, int count) => throw Refusal();

        public override int Read(Span<byte> buffer) => throw Refusal();

        public override int ReadByte() => throw Refusal();

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.FromException<int>(Refusal());

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException<int>(Refusal());

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
            Task.FromException(Refusal());

        public override void CopyTo(Stream destination, int bufferSize) => throw Refusal();

        private BadHttpRequestException Refusal() => new(
            string.Create(CultureInfo.InvariantCulture, $"The request's body is too large; at most {max} bytes are taken."),
            StatusCodes.Status413PayloadTooLarge);
    }
}
