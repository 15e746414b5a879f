using Sigma.TestServers.Processes;

namespace Sigma.TestServers;

/// <summary>A real VictoriaMetrics with data of its own, from an installed program.</summary>
public sealed class VictoriaMetricsServer : IAsyncDisposable
{
    readonly LeasedPort _port;
    readonly PrivateFolder _folder;
    readonly InstalledServer _server;

    VictoriaMetricsServer(LeasedPort port, PrivateFolder folder, InstalledServer server)
    {
        _port = port;
        _folder = folder;
        _server = server;
        Url = new Uri($"http://127.0.0.1:{port.Number}");
    }

    /// <summary>Whether the program <c>victoria-metrics</c> is there.</summary>
    public static bool IsInstalled => CommandLine.Find("victoria-metrics") is not null;

    /// <summary>Where it answers.</summary>
    public Uri Url { get; }

    /// <summary>Starts it and waits until it answers.</summary>
    public static async Task<VictoriaMetricsServer> Start(CancellationToken ct = default)
    {
        var program = CommandLine.Find("victoria-metrics")
            ?? throw new InvalidOperationException("There is no victoria-metrics; on Debian and Ubuntu: apt-get install victoria-metrics");
        var port = LeasedPort.Take();
        var folder = await PrivateFolder.Create("victoria-metrics", ct);
        var server = new InstalledServer(folder, "victoria-metrics", program,
            [$"-storageDataPath={folder.CreateFolder("data")}", $"-httpListenAddr=127.0.0.1:{port.Number}", "-memory.allowedBytes=128MB",
                "-search.latencyOffset=0s", "-retentionPeriod=100y"], [], []);
        VictoriaMetricsServer metrics = new(port, folder, server);
        try
        {
            await server.Start(ct);
            using HttpClient http = new() { BaseAddress = metrics.Url };
            await Readiness.Await(server, "VictoriaMetrics", TimeSpan.FromSeconds(60),
                async token => (await http.GetAsync("/health", token)).EnsureSuccessStatusCode(), ct);
            return metrics;
        }
        catch
        {
            await metrics.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _folder.DisposeAsync();
        _port.Dispose();
    }
}
