using System.Diagnostics;

namespace Sigma.TestServers.Processes;

/// <summary>Finds installed programs and runs short commands.</summary>
internal static class CommandLine
{
    /// <summary>Where distributions keep server programs, which is not always on a plain user's PATH.</summary>
    static readonly string[] ServerFolders =
        ["/usr/lib/rabbitmq/bin", "/usr/sbin", "/usr/local/sbin", "/usr/libexec", "/usr/local/mysql/bin", "/opt/homebrew/sbin", "/opt/homebrew/bin"];

    public static string? Find(params string[] names)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return names
            .SelectMany(name => folders.Concat(ServerFolders).Select(folder => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }

    public static async Task<CommandOutcome> Run(string file, IEnumerable<string> arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start.");
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var error = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return new CommandOutcome($"{file} {string.Join(' ', start.ArgumentList)}", process.ExitCode, (await output).Trim(),
                (await error).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
