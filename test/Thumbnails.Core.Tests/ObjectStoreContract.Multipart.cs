using Thumbnails.Core.Storage;

namespace Thumbnails.Core.Tests;

/// <content>Multipart uploads.</content>
public abstract partial class ObjectStoreContract
{
    protected abstract IMultipartStore Multipart { get; }

    /// <summary>Uploads a part to its presigned URL and returns its ETag.</summary>
    protected abstract Task<string> PutPartAsync(PresignedUrl url, byte[] content);

    [ContractFact]
    public async Task Parts_are_assembled_into_one_object()
    {
        var (upload, id) = await BeginAsync("parts");
        Assert.Empty((await Multipart.ListPartsAsync(upload, id, default))!);
        var second = await PutPartAsync(upload, id, 2);
        Assert.Equal([second], await Multipart.ListPartsAsync(upload, id, default));
        Assert.Equal(MultipartOutcome.WrongParts, await Multipart.CompleteAsync(upload, id, [second], default));
        var first = await PutPartAsync(upload, id, 1);
        first = await PutPartAsync(upload, id, 1);
        Assert.Equal(MultipartOutcome.WrongParts, await Multipart.CompleteAsync(upload, id, [first with { ETag = "0" }, second], default));
        Assert.Null(await Store.HeadAsync(upload.Key, default));

        Assert.Equal([first, second], await Multipart.ListPartsAsync(upload, id, default));
        Assert.Equal(MultipartOutcome.Completed, await Multipart.CompleteAsync(upload, id, [first, second], default));
        Assert.Equal(upload.Length, (await Store.HeadAsync(upload.Key, default))!.Length);
        await using var content = await Store.GetAsync(upload.Key, default);
        var bytes = new byte[upload.Length];
        await content!.ReadExactlyAsync(bytes);
        Assert.Equal(1, bytes[upload.PartLength - 1]);
        Assert.Equal(2, bytes[upload.PartLength]);
        Assert.Equal(MultipartOutcome.Completed, await Multipart.CompleteAsync(upload, id, [first, second], default));
    }

    [ContractFact]
    public async Task Parts_of_an_aborted_upload_are_deleted()
    {
        var (upload, id) = await BeginAsync("aborted");
        var part = await PutPartAsync(upload, id, 1);
        await Multipart.AbortAsync(upload, id, default);
        await Multipart.AbortAsync(upload, id, default);

        Assert.Null(await Multipart.ListPartsAsync(upload, id, default));
        Assert.Equal(MultipartOutcome.NoSuchUpload, await Multipart.CompleteAsync(upload, id, [part, part with { Number = 2 }], default));
        Assert.Null(await Store.HeadAsync(upload.Key, default));
    }

    [ContractFact]
    public async Task A_multipart_upload_never_replaces_an_object()
    {
        var (upload, id) = await BeginAsync("taken");
        UploadedPart[] parts = [await PutPartAsync(upload, id, 1), await PutPartAsync(upload, id, 2)];
        await PutAsync(upload.Key, "first");

        Assert.Equal(MultipartOutcome.ObjectExists, await Multipart.CompleteAsync(upload, id, parts, default));
        Assert.Equal("first", await ReadAsync(upload.Key));
    }

    // S3 requires at least 5 MiB for every part except the last.
    private async Task<(MultipartUpload Upload, string Id)> BeginAsync(string name)
    {
        var upload = new MultipartUpload(Key(name), "video/mp4", (5 << 20) + 10, 5 << 20);
        return (upload, await Multipart.BeginAsync(upload, default));
    }

    private async Task<UploadedPart> PutPartAsync(MultipartUpload upload, string id, int number)
    {
        var content = new byte[upload.LengthOf(number)];
        content.AsSpan().Fill((byte)number);
        return new UploadedPart(number, await PutPartAsync(await Multipart.PresignPartAsync(upload, id, number, TimeSpan.FromMinutes(1), default), content));
    }
}
