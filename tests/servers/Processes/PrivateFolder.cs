using System.Diagnostics;

namespace Sigma.TestServers.Processes;

/// <summary>
/// A data folder under the temp folder that ends with its owner: a small shell waits for the owner to let go or to die, then ends the
/// servers noted in the folder and removes it. What even that missed is swept by the next owner.
/// </summary>
internal sealed class PrivateFolder : IAsyncDisposable
{
    static readonly string Script = ReadScript();

    readonly FileStream _lock;
    readonly Process _cleaner;

    PrivateFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
        _cleaner = StartCleaner(path);
    }

    public static string Root { get; } =
        Directory.CreateDirectory(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"sigma-servers-{Environment.UserName}")).FullName;

    public string Path { get; }

    public static async Task<PrivateFolder> Create(string kind, CancellationToken ct)
    {
        await SweepLeftovers(ct);
        while (true)
        {
            var path = System.IO.Path.Combine(Root, $"{kind}-{Environment.ProcessId}-{Random.Shared.Next(0x10000):x4}");
            if (FileLock.TryTake($"{path}.lock") is not { } held) continue;
            Directory.CreateDirectory(path);
            return new PrivateFolder(path, held);
        }
    }

    public string Combine(string name) => System.IO.Path.Combine(Path, name);

    public string CreateFolder(string name) => Directory.CreateDirectory(Combine(name)).FullName;

    public async ValueTask DisposeAsync()
    {
        _cleaner.StandardInput.Close();
        await _cleaner.WaitForExitAsync();
        _cleaner.Dispose();
        await _lock.DisposeAsync();
    }

    static async Task SweepLeftovers(CancellationToken ct)
    {
        foreach (var path in Directory.EnumerateFiles(Root, "*.lock"))
        {
            if (FileLock.TryTake(path) is not { } held) continue;
            await using (held)
            {
                using var cleaner = StartCleaner(path[..^".lock".Length]);
                cleaner.StandardInput.Close();
                await cleaner.WaitForExitAsync(ct);
            }
        }
    }

    static Process StartCleaner(string path)
    {
        var start = OwnSession.Command("/bin/sh", "-c", Script, "sigma-servers-cleaner", path);
        start.RedirectStandardInput = true;
        return Process.Start(start) ?? throw new InvalidOperationException("/bin/sh did not start.");
    }

    static string ReadScript()
    {
        using var reader = new StreamReader(typeof(PrivateFolder).Assembly.GetManifestResourceStream("clean.sh")!);
        return reader.ReadToEnd();
    }
}
