using System.Runtime.InteropServices;

namespace Thumbnails.Worker.Media;

/// <summary>
/// The limits that the kernel enforces on a media program, whatever a file makes it do. Linux only; elsewhere the time limit and
/// ffmpeg's own limits apply.
/// </summary>
internal static partial class ProcessLimits
{
    private const int Cpu = 0, FileSize = 1, Core = 4, OpenFiles = 7, AddressSpace = 9;

    private const ulong MaxCpuSeconds = 1800;

    // Enough for an 8K frame in every stage of the filter graph, and for the threads' stacks.
    private const ulong MaxAddressSpace = 6UL << 30;

    public static void Apply(int processId)
    {
        if (!OperatingSystem.IsLinux())
            return;
        // Time between the warning (SIGXCPU) and SIGKILL, which would look like a lack of memory.
        Set(processId, Cpu, MaxCpuSeconds, MaxCpuSeconds + 10);
        Set(processId, AddressSpace, MaxAddressSpace);
        Set(processId, OpenFiles, 64);
        // Its output is a pipe, to which this limit does not apply.
        Set(processId, FileSize, 0);
        Set(processId, Core, 0);
        DieFirst(processId);
    }

    // If memory runs out, the kernel should kill this program, and not the worker, which has to report it.
    private static void DieFirst(int processId)
    {
        try
        {
            File.WriteAllText($"/proc/{processId}/oom_score_adj", "1000");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has exited in the meantime, or /proc is not available: the kernel then kills the largest process.
        }
    }

    // A program that has exited in the meantime needs no limit.
    private static void Set(int processId, int resource, ulong value) => Set(processId, resource, value, value);

    private static void Set(int processId, int resource, ulong soft, ulong hard)
    {
        var limit = new Limit { Soft = soft, Hard = hard };
        _ = PrLimit(processId, resource, in limit, IntPtr.Zero);
    }

    [LibraryImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    private static partial int PrLimit(int processId, int resource, in Limit limit, IntPtr old);

    private struct Limit
    {
        public ulong Soft;

        public ulong Hard;
    }
}
