using System.Diagnostics;
using Thumbnails.Client;

namespace Thumbnails.Demo;

/// <summary>Shows the progress of a long upload on one line of the terminal.</summary>
internal sealed class UploadBar : IProgress<UploadProgress>
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Lock _lock = new();
    private TimeSpan _shown = TimeSpan.FromSeconds(0.5);

    public void Report(UploadProgress value)
    {
        lock (_lock)
        {
            if (Console.IsErrorRedirected || _watch.Elapsed < _shown)
                return;
            var done = value.SentBytes == value.TotalBytes;
            Console.Error.Write($"\ruploading  {100.0 * value.SentBytes / value.TotalBytes,3:0} %   {value.SentBytes / 1e6 / _watch.Elapsed.TotalSeconds:0} MB/s   ");
            if (done)
                Console.Error.WriteLine();
            _shown = done ? TimeSpan.MaxValue : _watch.Elapsed + TimeSpan.FromSeconds(0.1);
        }
    }
}
