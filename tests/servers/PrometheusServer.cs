using System.Text.Json;
using Sigma.TestServers.Processes;

namespace Sigma.TestServers;

/// <summary>A real Prometheus with data of its own, from installed programs.</summary>
public sealed class PrometheusServer : IAsyncDisposable
{
    readonly LeasedPort _port;
    readonly PrivateFolder _folder;
    readonly InstalledServer _server;
    readonly HttpClient _http;

    PrometheusServer(LeasedPort port, PrivateFolder folder, InstalledServer server)
    {
        _port = port;
        _folder = folder;
        _server = server;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port.Number}") };
    }

    /// <summary>Whether both programs, <c>prometheus</c> and <c>promtool</c>, are there.</summary>
    public static bool IsInstalled => CommandLine.Find("prometheus") is not null && CommandLine.Find("promtool") is not null;

    /// <summary>Where it answers.</summary>
    public Uri Url => _http.BaseAddress!;

    /// <summary>Starts with these files (names to contents), of which <c>prometheus.yml</c> says what is scraped; waits until it answers.</summary>
    public static async Task<PrometheusServer> Start(IReadOnlyDictionary<string, string> files, CancellationToken ct = default,
        params string[] more)
    {
        var program = CommandLine.Find("prometheus")
            ?? throw new InvalidOperationException("There is no prometheus; on Debian and Ubuntu: apt-get install prometheus");
        var port = LeasedPort.Take();
        var folder = await PrivateFolder.Create("prometheus", ct);
        foreach (var (name, text) in files)
            await File.WriteAllTextAsync(folder.Combine(name), text, ct);
        var server = new InstalledServer(folder, "prometheus", program,
            [$"--config.file={folder.Combine("prometheus.yml")}", $"--storage.tsdb.path={folder.CreateFolder("data")}",
                $"--web.listen-address=127.0.0.1:{port.Number}", .. more], [], []);
        var prometheus = new PrometheusServer(port, folder, server);
        try
        {
            await server.Start(ct);
            await Readiness.Await(server, "Prometheus", TimeSpan.FromSeconds(60),
                async token => (await prometheus._http.GetAsync("/-/ready", token)).EnsureSuccessStatusCode(), ct);
            return prometheus;
        }
        catch
        {
            await prometheus.DisposeAsync();
            throw;
        }
    }

    /// <summary>The <c>data</c> of an answer of its API; an error of Prometheus is an exception that says it.</summary>
    public async Task<JsonElement> Ask(string path, IReadOnlyDictionary<string, string> query, CancellationToken ct = default)
    {
        using var answer = await _http.PostAsync(path, new FormUrlEncodedContent(query), ct);
        return Data(await answer.Content.ReadAsStringAsync(ct));
    }

    /// <summary>The same where there is nothing to say.</summary>
    public async Task<JsonElement> Ask(string path, CancellationToken ct = default)
    {
        using var answer = await _http.GetAsync(path, ct);
        return Data(await answer.Content.ReadAsStringAsync(ct));
    }

    /// <summary>Runs <c>promtool</c>; returns its exit code and all it says.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="ct">Ends the waiting.</param>
    public static async Task<(int ExitCode, string Said)> Tool(IEnumerable<string> arguments, string? input = null, CancellationToken ct = default)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, input, ct);
            var outcome = await CommandLine.Run("/bin/sh", ["-c", """input=$1; shift; exec promtool "$@" <"$input" """, "sh", file, .. arguments],
                ct);
            return (outcome.ExitCode, outcome.Output + Environment.NewLine + outcome.Error);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        await _folder.DisposeAsync();
        _port.Dispose();
    }

    static JsonElement Data(string answer)
    {
        var root = JsonDocument.Parse(answer).RootElement;
        return root.GetProperty("status").GetString() == "success"
            ? root.GetProperty("data") : throw new InvalidOperationException(root.GetProperty("error").GetString());
    }
}
