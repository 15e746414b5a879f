using System.Diagnostics;

namespace Sigma.IntegrationTests.Start;

/// <summary>A service as the process a station runs.</summary>
internal static class ServiceProcess
{
    /// <summary>Runs a service with these settings alone and waits for its end.</summary>
    public static async Task<(int ExitCode, string Error)> RunToEnd(string service, IReadOnlyDictionary<string, string> settings)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"Sigma.{service}.dll")])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (key, value) in settings)
            start.Environment[key] = value;
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = await process.StandardError.ReadToEndAsync(limit.Token);
            await output;
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
