using System.Diagnostics;

namespace Thumbnails.Deploy.Tests;

/// <summary>A tool that may or may not be installed.</summary>
internal static class Tool
{
    /// <summary>Runs the tool. Returns its result and output, or null if it is not installed.</summary>
    public static (bool Succeeded, string Output, string Errors)? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode == 0, output, errors.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
