using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Sigma.Gateway.Logs.Syslog;

/// <summary>
/// Opens the ports when all else has started, and closes them before anything else stops: then what was read can still be published.
/// </summary>
internal sealed class SyslogListeners(SyslogListening listening) : IHostedLifecycleService, IDisposable
{
    static readonly TimeSpan ToPublish = TimeSpan.FromSeconds(4);

    readonly List<SyslogTcpListener> _tcp = [], _tls = [];
    readonly List<SyslogUdpListener> _udp = [];
    readonly CancellationTokenSource _reading = new(), _publishing = new();
    Task _running = Task.CompletedTask;

    /// <summary>Where TCP is listened for.</summary>
    public IReadOnlyList<IPEndPoint> Tcp => [.. _tcp.Select(listener => listener.Address)];

    /// <summary>Where TLS is listened for.</summary>
    public IReadOnlyList<IPEndPoint> Tls => [.. _tls.Select(listener => listener.Address)];

    /// <summary>Where UDP is listened for.</summary>
    public IReadOnlyList<IPEndPoint> Udp => [.. _udp.Select(listener => listener.Address)];

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var options = listening.Options;
        if (options.Tls.Count > 0)
        {
            var certificate = new SyslogCertificate(options, listening.Log);
            Open(nameof(options.Tls), options.Tls, (at, name) => _tls.Add(new(listening, at, name, certificate)));
        }
        Open(nameof(options.Tcp), options.Tcp, (at, name) => _tcp.Add(new(listening, at, name, null)));
        Open(nameof(options.Udp), options.Udp, (at, name) => _udp.Add(new(listening, at, name)));
        _running = Task.WhenAll([.. _tcp.Concat(_tls).Select(listener => listener.Run(_reading.Token, _publishing.Token)),
            .. _udp.Select(listener => listener.Run(_reading.Token, _publishing.Token))]);
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _publishing.CancelAfter(ToPublish);
        await _reading.CancelAsync();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _tcp.Concat(_tls).ToList().ForEach(listener => listener.Dispose());
        _udp.ForEach(listener => listener.Dispose());
        _reading.Dispose();
        _publishing.Dispose();
    }

    void Open(string transport, Dictionary<string, string> ports, Action<IPEndPoint, string> open)
    {
        foreach (var (port, integration) in ports)
        {
            var at = new IPEndPoint(Address(), ushort.Parse(port, CultureInfo.InvariantCulture));
            try
            {
                open(at, integration);
                listening.Log.LogInformation("Syslog is listened for at port {Port}, {Transport}, for {Integration}", at.Port, transport,
                    integration);
            }
            catch (SocketException e)
            {
                // As a wrong setting is told, for that is what it is.
                throw new OptionsValidationException("Gateway", typeof(GatewayOptions),
                    [$"Gateway__Syslog__{transport}__{port} cannot be listened at: {e.Message}"]);
            }
        }
    }

    IPAddress Address() => listening.Options.Address is { Length: > 0 } set ? IPAddress.Parse(set)
        : Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;
}
