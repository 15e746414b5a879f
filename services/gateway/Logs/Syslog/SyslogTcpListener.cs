using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Sigma.Gateway.Logs.Lines;

namespace Sigma.Gateway.Logs.Syslog;

/// <summary>Listens at one port for syslog over TCP, or over TLS where it is given a certificate.</summary>
internal sealed class SyslogTcpListener : IDisposable
{
    const int Backlog = 512, KeepAliveSeconds = 60;

    static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(200);

    readonly SyslogListening _listening;
    readonly SyslogCertificate? _certificate;
    readonly string _integration;
    readonly Socket _socket;
    readonly HashSet<Task> _open = [];

    /// <summary>Binds the port.</summary>
    /// <exception cref="SocketException">It cannot be bound.</exception>
    public SyslogTcpListener(SyslogListening listening, IPEndPoint at, string integration, SyslogCertificate? certificate)
    {
        (_listening, _integration, _certificate) = (listening, integration, certificate);
        _socket = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (at.AddressFamily == AddressFamily.InterNetworkV6)
            _socket.DualMode = true;
        _socket.Bind(at);
        _socket.Listen(Backlog);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Accepts connections until told to stop. Returns when all that was read is published.</summary>
    public async Task Run(CancellationToken reading, CancellationToken publishing)
    {
        while (!reading.IsCancellationRequested)
        {
            try
            {
                var accepted = await _socket.AcceptAsync(reading);
                var task = Serve(accepted, reading, publishing);
                lock (_open)
                    _open.Add(task);
                _ = task.ContinueWith(Forget, TaskScheduler.Default);
            }
            catch (OperationCanceledException) when (reading.IsCancellationRequested)
            {
                break;
            }
            catch (SocketException e)
            {
                _listening.Log.LogWarning("A syslog connection cannot be accepted, retrying: {Reason}", e.Message);
                await Task.Delay(AfterFailure, reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        _socket.Close();
        Task[] open;
        lock (_open)
            open = [.. _open];
        await Task.WhenAll(open);
    }

    public void Dispose() => _socket.Dispose();

    async Task Serve(Socket socket, CancellationToken reading, CancellationToken publishing)
    {
        using var accepted = socket;
        if (SenderOf(socket) is not { } sender)
            return;
        if (!_listening.Senders.MaySend(sender))
        {
            _listening.Telemetry.ClosedBecause("not_allowed");
            return;
        }
        if (!_listening.Connections.TryEnter(sender))
        {
            _listening.Telemetry.ClosedBecause("too_many");
            return;
        }
        _listening.Telemetry.Opened();
        try
        {
            _listening.Telemetry.ClosedBecause(await Read(socket, sender, reading, publishing));
        }
        catch (OperationCanceledException) when (publishing.IsCancellationRequested)
        {
            _listening.Log.LogWarning("Lines of {Sender} that were read from syslog are lost: the broker did not take them before the process stops",
                sender);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            _listening.Telemetry.ClosedBecause("broken");
        }
        catch (Exception e)
        {
            _listening.Log.LogError(e, "A syslog connection of {Sender} is closed by a fault", sender);
            _listening.Telemetry.ClosedBecause("fault");
        }
        finally
        {
            _listening.Connections.Leave(sender);
            _listening.Telemetry.Closed();
        }
    }

    async Task<string> Read(Socket socket, IPAddress sender, CancellationToken reading, CancellationToken publishing)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
        if (_listening.Senders.Find(sender, _integration) is null)
            return "no_integration";
        await using var plain = new NetworkStream(socket, ownsSocket: false);
        await using var stream = _certificate is null ? plain : await Encrypted(plain, sender, reading);
        return stream is null ? "no_tls"
            : await new SyslogConnection(stream, () => _listening.Senders.Find(sender, _integration), sender.ToString(), _listening)
                .Run(reading, publishing);
    }

    async Task<Stream?> Encrypted(Stream plain, IPAddress sender, CancellationToken ct)
    {
        var encrypted = new SslStream(plain, leaveInnerStreamOpen: true);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_listening.Options.MessageTimeout);
        try
        {
            await encrypted.AuthenticateAsServerAsync(_certificate!.Options(), limit.Token);
            return encrypted;
        }
        catch (Exception e) when (e is System.Security.Authentication.AuthenticationException or IOException or OperationCanceledException)
        {
            _listening.Log.LogDebug("TLS of a syslog connection of {Sender} has failed: {Reason}", sender, e.Message);
            await encrypted.DisposeAsync();
            return null;
        }
    }

    // Null where it is gone already.
    static IPAddress? SenderOf(Socket socket)
    {
        try
        {
            return socket.RemoteEndPoint is IPEndPoint remote ? SyslogSenders.Plain(remote.Address) : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    void Forget(Task task)
    {
        lock (_open)
            _open.Remove(task);
    }
}
