using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Core.Workers;

/// <summary>
/// A lock on a job, held by one process of this machine at a time, whatever store the job is in. It is the name of a socket in
/// Linux's abstract namespace: the kernel releases it when the process ends, even after SIGKILL, and no file remains. See
/// unix(7).
/// </summary>
public static class JobLock
{
    /// <summary>Acquires the lock. Disposing it, or the end of the process, releases it.</summary>
    /// <returns>Null when another process holds it. Without an abstract namespace, every caller gets a lock.</returns>
    public static IDisposable? TryTake(StoreLocation store, JobId job)
    {
        if (!OperatingSystem.IsLinux())
            return Stream.Null;
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint($"\0thumbnails-job-{Hash($"{store.GetType().Name} {store} {job}")}"));
            return socket;
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            if (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
                return null;
            throw;
        }
    }

    // A socket name has at most 107 bytes.
    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
