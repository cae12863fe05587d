using System.Text;
using Thumbnails.Core.Storage;

namespace Thumbnails.Core.Tests;

/// <summary>The contract of every store: one test suite, run against each.</summary>
public abstract class ObjectStoreContract
{
    private readonly string _folder = $"contract/{Guid.NewGuid():N}";

    protected abstract IObjectStore Store { get; }

    protected abstract IMultipartStore Multipart { get; }

    /// <summary>Puts a part to the address that was signed for it, and answers its ETag.</summary>
    protected abstract Task<string> PutPartAsync(PresignedUrl address, byte[] content);

    [ContractFact]
    public async Task What_was_put_can_be_read_back()
    {
        var key = Key("a b/ü€😀+%20&?#.txt");
        Assert.True(await PutAsync(key, "hello"));

        Assert.Equal("hello", await ReadAsync(key));
        var info = await Store.HeadAsync(key, default);
        Assert.Equal(5, info!.Length);
        Assert.Equal(key, info.Key);
        Assert.InRange(info.LastModified, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
    }

    [ContractFact]
    public async Task An_object_may_be_empty()
    {
        Assert.True(await Store.PutAsync(Key("empty"), Stream.Null, "text/plain", PutCondition.None, default));
        Assert.True(await Store.PutAsync(Key("once"), Stream.Null, "text/plain", PutCondition.IfAbsent, default));

        Assert.Equal(0, (await Store.HeadAsync(Key("empty"), default))!.Length);
        Assert.Equal("", await ReadAsync(Key("once")));
    }

    [ContractFact]
    public async Task What_is_not_there_is_null()
    {
        Assert.Null(await Store.HeadAsync(Key("nothing"), default));
        Assert.Null(await Store.GetAsync(Key("nothing"), default));
        await Store.DeleteAsync(Key("nothing"), default);
    }

    [ContractFact]
    public async Task A_plain_put_replaces_and_a_conditional_one_does_not()
    {
        var key = Key("x");
        Assert.True(await PutAsync(key, "first", PutCondition.IfAbsent));
        Assert.False(await PutAsync(key, "second", PutCondition.IfAbsent));
        Assert.Equal("first", await ReadAsync(key));

        Assert.True(await PutAsync(key, "third"));
        Assert.Equal("third", await ReadAsync(key));
    }

    [ContractFact]
    public async Task Of_many_conditional_puts_at_once_exactly_one_wins()
    {
        var key = Key("race");
        var wins = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => PutAsync(key, $"{i}", PutCondition.IfAbsent))));

        Assert.Single(wins, won => won);
        Assert.Equal($"{Array.IndexOf(wins, true)}", await ReadAsync(key));
    }

    [ContractFact]
    public async Task The_writer_of_an_object_is_recorded_with_it()
    {
        var key = Key("signed");
        Assert.True(await PutAsync(key, "first", PutCondition.IfAbsent, "job1"));
        Assert.False(await PutAsync(key, "first", PutCondition.IfAbsent, "job2"));
        Assert.Equal("job1", (await Store.HeadAsync(key, default))!.Writer);

        await PutAsync(key, "second", writer: "job2");
        Assert.Equal("job2", (await Store.HeadAsync(key, default))!.Writer);

        await PutAsync(key, "third");
        Assert.Null((await Store.HeadAsync(key, default))!.Writer);
    }

    [ContractFact]
    public async Task A_put_that_breaks_off_leaves_nothing()
    {
        var key = Key("broken");
        await Assert.ThrowsAnyAsync<Exception>(() => Store.PutAsync(key, new BreakingStream(), "text/plain", PutCondition.None, default));

        Assert.Null(await Store.HeadAsync(key, default));
        Assert.Empty(await Store.ListAsync(_folder, null, 10, default));
    }

    [ContractFact]
    public async Task A_reader_sees_a_whole_object_while_it_is_replaced()
    {
        var key = Key("replaced");
        var (a, b) = (new string('a', 300_000), new string('b', 300_000));
        await PutAsync(key, a);
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
                await PutAsync(key, i % 2 == 0 ? b : a);
        });
        do
        {
            var text = await ReadAsync(key);
            Assert.True(text == a || text == b);
        }
        while (!writing.IsCompleted);
        await writing;
    }

    [ContractFact]
    public async Task Keys_are_listed_in_the_order_of_their_bytes()
    {
        string[] names = ["a", "a-b", "a/b", "a/c/d", "a0", "b", "é", "\uffee", "😀"];
        foreach (var name in names.Reverse())
            await PutAsync(Key(name == "a" ? "a.txt" : name), "x");
        string[] expected = ["a-b", "a.txt", "a/b", "a/c/d", "a0", "b", "é", "\uffee", "😀"];

        Assert.Equal(expected, await NamesAsync("", null, 1000));
        Assert.Equal(expected[..3], await NamesAsync("", null, 3));
        Assert.Equal(expected[3..5], await NamesAsync("", "a/b", 2));
        Assert.Equal(["a/c/d", "a0"], await NamesAsync("a", "a/b0", 1000));
        Assert.Equal(["a/b", "a/c/d"], await NamesAsync("a/", null, 1000));
        Assert.Empty(await NamesAsync("", "😀", 1000));
        Assert.Empty(await NamesAsync("zzz", null, 1000));
    }

    [ContractFact]
    public async Task Pages_of_any_size_make_the_same_list()
    {
        string[] names = ["a-", "a/a", "a/b/c", "a/b/d", "a/b0", "a/c", "a0", "b/a", "b/b", "c", "d/e/f/g", "e"];
        foreach (var name in names)
            await PutAsync(Key(name), "x");

        for (var size = 1; size <= 5; size++)
        {
            var found = new List<string>();
            List<string> page;
            do
            {
                page = [.. await NamesAsync("", found.LastOrDefault(), size)];
                found.AddRange(page);
            }
            while (page.Count == size);
            Assert.Equal(names, found);
        }
    }

    [ContractFact]
    public async Task A_deleted_object_is_gone()
    {
        var key = Key("gone");
        await PutAsync(key, "x");
        await Store.DeleteAsync(key, default);

        Assert.Null(await Store.HeadAsync(key, default));
    }

    [ContractFact]
    public async Task An_address_lives_more_than_no_time_and_at_most_a_week()
    {
        foreach (var lifetime in new[] { TimeSpan.Zero, TimeSpan.FromSeconds(-5), TimeSpan.FromDays(7.1) })
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.PresignDownloadAsync(Key("x"), lifetime, default));
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.PresignUploadAsync(Key("x"), 1, "video/mp4", lifetime, default));
        }
    }

    [ContractFact]
    public async Task Parts_become_one_object()
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
    public async Task Parts_that_are_given_up_are_gone()
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
    public async Task Parts_never_replace_an_object()
    {
        var (upload, id) = await BeginAsync("taken");
        UploadedPart[] parts = [await PutPartAsync(upload, id, 1), await PutPartAsync(upload, id, 2)];
        await PutAsync(upload.Key, "first");

        Assert.Equal(MultipartOutcome.ObjectExists, await Multipart.CompleteAsync(upload, id, parts, default));
        Assert.Equal("first", await ReadAsync(upload.Key));
    }

    [ContractFact]
    public async Task A_healthy_store_passes_its_check() => await Store.CheckAsync(default);

    protected ObjectKey Key(string name) => ObjectKey.Parse($"{_folder}/{name}");

    protected async Task<bool> PutAsync(ObjectKey key, string text, PutCondition condition = PutCondition.None, string? writer = null)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await Store.PutAsync(key, content, "text/plain", condition, writer, default);
    }

    protected async Task<string?> ReadAsync(ObjectKey key)
    {
        await using var content = await Store.GetAsync(key, default);
        if (content is null)
            return null;
        using var reader = new StreamReader(content);
        return await reader.ReadToEndAsync();
    }

    // S3 wants all parts but the last to have 5 MiB at least.
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

    private async Task<IEnumerable<string>> NamesAsync(string prefix, string? after, int limit)
    {
        var page = await Store.ListAsync($"{_folder}/{prefix}", after is null ? null : $"{_folder}/{after}", limit, default);
        return page.Select(item => item.Key.ToString()[(_folder.Length + 1)..]);
    }

    /// <summary>A client that goes away in the middle.</summary>
    private sealed class BreakingStream : MemoryStream
    {
        private int _reads;

        public override long Length => 100_000_000;

        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("The client went away.");

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ++_reads > 3 ? throw new IOException("The client went away.") : ValueTask.FromResult(buffer.Length);
    }
}
