using System.Runtime.InteropServices;

namespace Thumbnails.Worker.Media;

/// <summary>
/// What a media program may use of the machine, whatever the file tells it: the kernel holds it to that. Linux only; elsewhere
/// the time limit and ffmpeg's own limits remain.
/// </summary>
internal static partial class ProcessLimits
{
    private const int Cpu = 0, FileSize = 1, Core = 4, OpenFiles = 7, AddressSpace = 9;

    private const ulong MaxCpuSeconds = 1800;

    // Room for a frame of 8K in every stage of the filter graph, and for the threads' stacks.
    private const ulong MaxAddressSpace = 6UL << 30;

    public static void Apply(int processId)
    {
        if (!OperatingSystem.IsLinux())
            return;
        // A while between the warning (SIGXCPU) and the end (SIGKILL), which would look like a lack of memory.
        Set(processId, Cpu, MaxCpuSeconds, MaxCpuSeconds + 10);
        Set(processId, AddressSpace, MaxAddressSpace);
        Set(processId, OpenFiles, 64);
        // Its output is a pipe, to which this does not apply.
        Set(processId, FileSize, 0);
        Set(processId, Core, 0);
        DieFirst(processId);
    }

    // Where memory runs out, the kernel shall end the program, not the worker that has to tell of it.
    private static void DieFirst(int processId)
    {
        try
        {
            File.WriteAllText($"/proc/{processId}/oom_score_adj", "1000");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or /proc is not to be had: then the kernel ends the largest.
        }
    }

    // A program that has ended meanwhile needs no limit.
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
