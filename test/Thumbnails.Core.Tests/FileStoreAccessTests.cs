using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;
using Thumbnails.TestKit;

namespace Thumbnails.Core.Tests;

/// <summary>Access to the files of the store.</summary>
public sealed class FileStoreAccessTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FileObjectStore _store;

    public FileStoreAccessTests() => _store = new FileObjectStore(_folder["root"], TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Symbolic_links_are_not_followed()
    {
        File.WriteAllText(_folder["secret.txt"], "secret");
        Directory.CreateDirectory(Path.Combine(_store.Root, "videos"));
        File.CreateSymbolicLink(Path.Combine(_store.Root, "videos", "link.txt"), _folder["secret.txt"]);
        Directory.CreateSymbolicLink(Path.Combine(_store.Root, "videos", "folder"), _folder.Path);

        foreach (var key in new[] { "videos/link.txt", "videos/folder/secret.txt" })
        {
            Assert.Null(await _store.HeadAsync(ObjectKey.Parse(key), default));
            Assert.Null(await _store.GetAsync(ObjectKey.Parse(key), default));
            await Assert.ThrowsAsync<StorageException>(() => PutAsync(ObjectKey.Parse(key)));
        }

        Assert.Empty(await _store.ListAsync("videos/", null, 10, default));
        Assert.Equal("secret", File.ReadAllText(_folder["secret.txt"]));
    }

    [Fact]
    public async Task The_internal_folder_of_the_store_holds_no_objects()
    {
        var key = ObjectKey.Parse(".store/signing-key");

        Assert.Null(await _store.GetAsync(key, default));
        await Assert.ThrowsAsync<StorageException>(() => PutAsync(key));
        Assert.Empty(await _store.ListAsync("", null, 10, default));
    }

    [Fact]
    public void The_signing_key_is_kept_and_readable_by_its_owner_only()
    {
        var path = Path.Combine(_store.Root, ".store", "signing-key");
        var before = File.ReadAllBytes(path);
        _ = new FileObjectStore(_store.Root, TimeProvider.System);

        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task A_stored_secret_is_readable_by_its_owner_only()
    {
        await PutAsync(ObjectKeys.UploadSigningKey());

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_store.PathOf(ObjectKeys.UploadSigningKey())!));
    }

    private Task<bool> PutAsync(ObjectKey key) => _store.PutAsync(key, Stream.Null, "text/plain", PutCondition.None, default);
}
