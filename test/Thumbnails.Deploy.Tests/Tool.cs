using System.Diagnostics;

namespace Thumbnails.Deploy.Tests;

/// <summary>A program of someone else's that a machine may or may not have.</summary>
internal static class Tool
{
    /// <summary>The output and whether it succeeded; null when the program is not installed.</summary>
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
