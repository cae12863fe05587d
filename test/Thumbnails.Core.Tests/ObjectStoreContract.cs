using System.Text;
using Thumbnails.Core.Storage;

namespace Thumbnails.Core.Tests;

/// <summary>The contract of the object stores: one test suite, run against each.</summary>
public abstract partial class ObjectStoreContract
{
    private readonly string _folder = $"contract/{Guid.NewGuid():N}";

    protected abstract IObjectStore Store { get; }

    [ContractFact]
    public async Task A_stored_object_can_be_read_back()
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
    public async Task An_object_can_be_empty()
    {
        Assert.True(await Store.PutAsync(Key("empty"), Stream.Null, "text/plain", PutCondition.None, default));
        Assert.True(await Store.PutAsync(Key("once"), Stream.Null, "text/plain", PutCondition.IfAbsent, default));

        Assert.Equal(0, (await Store.HeadAsync(Key("empty"), default))!.Length);
        Assert.Equal("", await ReadAsync(Key("once")));
    }

    [ContractFact]
    public async Task A_missing_object_is_null()
    {
        Assert.Null(await Store.HeadAsync(Key("nothing"), default));
        Assert.Null(await Store.GetAsync(Key("nothing"), default));
        await Store.DeleteAsync(Key("nothing"), default);
    }

    [ContractFact]
    public async Task A_put_replaces_an_object_and_a_conditional_put_does_not()
    {
        var key = Key("x");
        Assert.True(await PutAsync(key, "first", PutCondition.IfAbsent));
        Assert.False(await PutAsync(key, "second", PutCondition.IfAbsent));
        Assert.Equal("first", await ReadAsync(key));

        Assert.True(await PutAsync(key, "third"));
        Assert.Equal("third", await ReadAsync(key));
    }

    [ContractFact]
    public async Task Exactly_one_of_many_concurrent_conditional_puts_wins()
    {
        var key = Key("race");
        var wins = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => PutAsync(key, $"{i}", PutCondition.IfAbsent))));

        Assert.Single(wins, won => won);
        Assert.Equal($"{Array.IndexOf(wins, true)}", await ReadAsync(key));
    }

    [ContractFact]
    public async Task An_object_records_its_writer()
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
    public async Task An_interrupted_put_leaves_nothing_behind()
    {
        var key = Key("broken");
        await Assert.ThrowsAnyAsync<Exception>(() => Store.PutAsync(key, new BreakingStream(), "text/plain", PutCondition.None, default));

        Assert.Null(await Store.HeadAsync(key, default));
        Assert.Empty(await Store.ListAsync(_folder, null, 10, default));
    }

    [ContractFact]
    public async Task A_reader_never_sees_a_partially_replaced_object()
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
    public async Task Keys_are_listed_in_byte_order()
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
    public async Task Pages_of_any_size_add_up_to_the_same_list()
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
    public async Task A_deleted_object_no_longer_exists()
    {
        var key = Key("gone");
        await PutAsync(key, "x");
        await Store.DeleteAsync(key, default);

        Assert.Null(await Store.HeadAsync(key, default));
    }

    [ContractFact]
    public async Task An_object_is_deleted_for_its_writer_only()
    {
        var key = Key("of-one");
        using var content = new MemoryStream([1]);
        await Store.PutAsync(key, content, "image/png", PutCondition.None, "one", default);
        await Store.DeleteAsync(key, "another", default);
        Assert.NotNull(await Store.HeadAsync(key, default));

        await Store.DeleteAsync(key, "one", default);
        await Store.DeleteAsync(key, "one", default);
        Assert.Null(await Store.HeadAsync(key, default));
    }

    [ContractFact]
    public async Task The_lifetime_of_a_presigned_URL_is_positive_and_at_most_a_week()
    {
        foreach (var lifetime in new[] { TimeSpan.Zero, TimeSpan.FromSeconds(-5), TimeSpan.FromDays(7.1) })
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.PresignDownloadAsync(Key("x"), lifetime, default));
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.PresignUploadAsync(Key("x"), 1, "video/mp4", lifetime, default));
        }
    }

    [ContractFact]
    public async Task A_working_store_passes_its_check() => await Store.CheckAsync(default);

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

    private async Task<IEnumerable<string>> NamesAsync(string prefix, string? after, int limit)
    {
        var page = await Store.ListAsync($"{_folder}/{prefix}", after is null ? null : $"{_folder}/{after}", limit, default);
        return page.Select(item => item.Key.ToString()[(_folder.Length + 1)..]);
    }

    /// <summary>A stream that fails while it is read.</summary>
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
