using Sigma.TestServers.Processes;

namespace Sigma.TestServers;

/// <summary>
/// A real rsyslog with a folder of its own, from installed programs. It takes lines at a port and sends them on as its actions say.
/// </summary>
public sealed class RsyslogServer : IAsyncDisposable
{
    readonly LeasedPort _port;
    readonly PrivateFolder _folder;
    readonly InstalledServer _server;

    RsyslogServer(LeasedPort port, PrivateFolder folder, InstalledServer server)
    {
        _port = port;
        _folder = folder;
        _server = server;
    }

    /// <summary>Why there can be none on this machine, or none that speaks to an Elasticsearch; null when there can.</summary>
    public static string? Missing => CommandLine.Find("rsyslogd") is null || !HasElasticsearch
        ? "needs rsyslog with its output to Elasticsearch (Debian and Ubuntu: apt-get install rsyslog rsyslog-elasticsearch)" : null;

    /// <summary>Where it takes lines on loopback, over TCP.</summary>
    public int Port => _port.Number;

    static bool HasElasticsearch => Directory.Exists("/usr/lib")
        && Directory.EnumerateDirectories("/usr/lib").Any(folder => File.Exists(Path.Combine(folder, "rsyslog", "omelasticsearch.so")));

    /// <summary>Starts one with these actions, in rsyslog's own words, and waits until it listens.</summary>
    public static async Task<RsyslogServer> Start(string actions, CancellationToken ct = default)
    {
        var program = CommandLine.Find("rsyslogd") ?? throw new InvalidOperationException($"rsyslog {Missing}");
        var port = LeasedPort.Take();
        var folder = await PrivateFolder.Create("rsyslog", ct);
        var server = new InstalledServer(folder, "rsyslog", program,
            ["-n", "-f", folder.Combine("rsyslog.conf"), "-i", folder.Combine("own.pid")], [], []);
        RsyslogServer rsyslog = new(port, folder, server);
        try
        {
            await File.WriteAllTextAsync(folder.Combine("rsyslog.conf"), $$"""
                global(workDirectory="{{folder.CreateFolder("work")}}" maxMessageSize="64k")
                module(load="imptcp")
                module(load="omelasticsearch")
                input(type="imptcp" address="127.0.0.1" port="{{port.Number}}")
                {{actions}}

                """, ct);
            await server.Start(ct);
            await Readiness.Await(server, "rsyslog", TimeSpan.FromSeconds(30), async token =>
            {
                using System.Net.Sockets.TcpClient client = new();
                await client.ConnectAsync("127.0.0.1", port.Number, token);
            }, ct);
            return rsyslog;
        }
        catch
        {
            await rsyslog.DisposeAsync();
            throw;
        }
    }

    /// <summary>What it said last.</summary>
    public Task<string> Said(CancellationToken ct = default) => _server.LogTail(ct);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _folder.DisposeAsync();
        _port.Dispose();
    }
}
