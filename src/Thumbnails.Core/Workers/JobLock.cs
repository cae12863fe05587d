using System.IO.Hashing;
using System.Net.Sockets;
using System.Runtime.InteropServices;
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
            socket.Bind(new UnixDomainSocketEndPoint($"\0thumbnails-job-{job}-{Hash($"{store.GetType().Name} {store}"):x16}"));
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

    // A socket name has at most 107 bytes. SHA-256 would load OpenSSL, which takes 3 ms.
    private static ulong Hash(string text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()));
}
