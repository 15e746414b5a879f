using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Sigma.Benchmarks.Services;

namespace Sigma.Benchmarks.Peers;

/// <summary>A real Alertmanager, from the installed program.</summary>
internal sealed class Alertmanager : IAsyncDisposable
{
    /// <summary>Every alert is told of alone, as ours are.</summary>
    public const string EachAlone = "...";

    /// <summary>Those of a rule are told of together.</summary>
    public const string ByRule = "alertname";

    static string Configuration(string groupBy, Uri? receiver) =>
        $"""
        route:
          receiver: somebody
          group_by: ['{groupBy}']
        receivers:
          - name: somebody
        """ + (receiver is null ? "" : $"\n    webhook_configs: [{{ url: '{receiver}' }}]\n");

    static readonly string[] Names = ["prometheus-alertmanager", "alertmanager"];

    readonly Process _process;
    readonly DirectoryInfo _folder;

    Alertmanager(Process process, DirectoryInfo folder, Uri url)
    {
        (_process, _folder) = (process, folder);
        Http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromMinutes(5) };
        Memory = new MemorySamples(process);
    }

    public HttpClient Http { get; }

    public MemorySamples Memory { get; }

    /// <summary>Null where it is not installed.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <param name="program">The installed program.</param>
    /// <param name="groupBy">By which label alerts are told of together.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="receiver">Who is told, by a webhook; nobody when null.</param>
    public static async Task<Alertmanager> Start(string program, string groupBy, CancellationToken ct, Uri? receiver = null)
    {
        var folder = Directory.CreateTempSubdirectory("sigma-alertmanager-");
        var file = Path.Combine(folder.FullName, "alertmanager.yml");
        await File.WriteAllTextAsync(file, Configuration(groupBy, receiver), ct);
        var port = FreePort();
        ProcessStartInfo start = new(program, [$"--config.file={file}", $"--storage.path={Path.Combine(folder.FullName, "data")}",
            $"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address=", "--log.level=error"]);
        Alertmanager started = new(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start."), folder,
            new Uri($"http://127.0.0.1:{port}"));
        try
        {
            await started.Ready(ct);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public async Task<string> Version(CancellationToken ct)
    {
        using var status = JsonDocument.Parse(await Http.GetByteArrayAsync("api/v2/status", ct));
        return status.RootElement.GetProperty("versionInfo").GetProperty("version").GetString() ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        await Memory.DisposeAsync();
        Http.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    async Task Ready(CancellationToken ct)
    {
        for (var started = Stopwatch.GetTimestamp(); ; await Task.Delay(100, ct))
            try
            {
                using var answer = await Http.GetAsync("-/ready", ct);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (!_process.HasExited && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30))
            {
                // not listening yet
            }
    }

    static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
