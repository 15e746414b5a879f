using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Sigma.TestServers.Processes;

namespace Sigma.IntegrationTests.Stations;

/// <summary>A service as a process of its own: what is in its environment counts from its first moment.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    readonly Process _process;
    readonly StringBuilder _said = new();
    readonly HttpClient _http;

    RunningService(Process process, int port)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(20) };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Both streams.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    public static RunningService Start(string service, IReadOnlyDictionary<string, string?> settings,
        params (string Name, string Value)[] environment)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"Sigma.{service}.dll")])
        {
            RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__")] = value;
        start.Environment["LOG_FORMAT"] = "text";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        return new RunningService(Process.Start(start)!, port);
    }

    /// <summary>Status and body; null while nobody answers.</summary>
    public async Task<(HttpStatusCode Status, string Body)?> Health(string path = "/health/ready")
    {
        try
        {
            using var answer = await _http.GetAsync(path);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    public Task UntilSays(HttpStatusCode status, string words) =>
        Await.Until(() => Health(), health => health?.Status == status && health.Value.Body.Contains(words, StringComparison.Ordinal),
        $"/health/ready answers {(int)status} with: {words}", TimeSpan.FromSeconds(90));

    /// <summary>Asks it to end, as <c>docker stop</c> does.</summary>
    public void Terminate() => Signals.Terminate(_process.Id);

    /// <summary>Holds it until <see cref="Thaw"/>: it neither works nor lets go of anything.</summary>
    public void Freeze() => Signals.Freeze(_process.Id);

    public void Thaw() => Signals.Thaw(_process.Id);

    /// <summary>Waits until the process has ended by itself; returns its exit code.</summary>
    public async Task<int> Ended()
    {
        await Await.Until(() => Task.FromResult(_process.HasExited), ended => ended, "the service has ended by itself", TimeSpan.FromSeconds(90));
        await _process.WaitForExitAsync(); // and until its last word is read
        return _process.ExitCode;
    }

    /// <summary>Asks it to stop, as Docker does, and waits until it has; returns its exit code.</summary>
    public Task<int> Stop()
    {
        Terminate();
        return Ended();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
    }

    void Keep(string? line)
    {
        lock (_said)
            _said.AppendLine(line);
    }

    static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
