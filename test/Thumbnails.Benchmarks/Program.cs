// Benchmarks the published programs as processes: `make bench [WHAT="start memory upload job storyboard lambda"]`.
using Thumbnails.Benchmarks;

if (args is not [var artifacts, .. var wanted])
{
    await Console.Error.WriteLineAsync("usage: Thumbnails.Benchmarks ARTIFACTS [start] [memory] [upload] [job] [storyboard] [lambda]");
    return 2;
}

(string Name, Func<string, Task> Run)[] benchmarks =
[
    ("start", StartBenchmark.RunAsync),
    ("memory", MemoryBenchmark.RunAsync),
    ("upload", UploadBenchmark.RunAsync),
    ("job", JobBenchmark.RunAsync),
    ("storyboard", StoryboardBenchmark.RunAsync),
    ("lambda", LambdaBenchmark.RunAsync),
];
foreach (var (name, run) in benchmarks.Where(benchmark => wanted.Length == 0 || wanted.Contains(benchmark.Name)))
{
    Console.WriteLine($"\n## {name}");
    await run(Path.GetFullPath(artifacts));
}

return 0;
