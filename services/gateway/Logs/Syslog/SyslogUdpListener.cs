using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Logs.Lines;

namespace Sigma.Gateway.Logs.Syslog;

/// <summary>
/// Listens at one port for syslog over UDP, a message a datagram. Whoever sends so is never told to wait: what does not fit the buffer is dropped and
/// counted, and the time is not covered.
/// </summary>
internal sealed class SyslogUdpListener : IDisposable
{
    const int LargestDatagram = 65_536, Around = 200, KernelBuffer = 8 * 1024 * 1024;

    readonly SyslogListening _listening;
    readonly string _integration;
    readonly Socket _socket;
    readonly ByteBudget _buffered;
    readonly Channel<Datagram> _waiting = Channel.CreateUnbounded<Datagram>(new() { SingleReader = true, SingleWriter = true }); // bounded in bytes

    /// <summary>Binds the port.</summary>
    /// <exception cref="SocketException">It cannot be bound.</exception>
    public SyslogUdpListener(SyslogListening listening, IPEndPoint at, string integration)
    {
        (_listening, _integration) = (listening, integration);
        _buffered = new(listening.Options.DatagramBuffer);
        _socket = new Socket(at.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = KernelBuffer };
        if (at.AddressFamily == AddressFamily.InterNetworkV6)
            _socket.DualMode = true;
        _socket.Bind(at);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Receives until told to stop. Returns when all that was received is published.</summary>
    public Task Run(CancellationToken reading, CancellationToken publishing) => Task.WhenAll(Receive(reading), Publish(publishing));

    public void Dispose() => _socket.Dispose();

    async Task Receive(CancellationToken stop)
    {
        var buffer = new byte[LargestDatagram];
        var any = new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var received = await _socket.ReceiveFromAsync(buffer, any, stop);
                Accept(SyslogSenders.Plain(((IPEndPoint)received.RemoteEndPoint).Address), buffer.AsSpan(0, received.ReceivedBytes));
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (SocketException e)
            {
                _listening.Log.LogDebug("A datagram cannot be received: {Reason}", e.Message);
            }
        }
        _socket.Close();
        _waiting.Writer.Complete();
    }

    void Accept(IPAddress sender, ReadOnlySpan<byte> datagram)
    {
        if (!_listening.Senders.MaySend(sender))
            _listening.Telemetry.Dropped("not_allowed");
        else if (_listening.Senders.Find(sender, _integration) is not { } integration)
            _listening.Telemetry.Dropped("no_integration");
        else if (!_buffered.TryTake(datagram.Length + Around))
        {
            _listening.Telemetry.Dropped("buffer_full");
            _listening.Slices.Break();
        }
        else
            _waiting.Writer.TryWrite(new(sender, integration, datagram.ToArray()));
    }

    async Task Publish(CancellationToken ct)
    {
        Dictionary<string, LineCollector> byIntegration = [];
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(ct))
            {
                var (count, bytes) = (0, 0L);
                for (; count < SyslogIntake.MostLines && bytes < SyslogIntake.MostCharacters && _waiting.Reader.TryRead(out var datagram); count++)
                {
                    if (!byIntegration.TryGetValue(datagram.Integration.Name, out var lines))
                        byIntegration[datagram.Integration.Name] = lines = _listening.Intake.Collect(datagram.Integration);
                    new SyslogReader(lines, _listening.Zone).Read(datagram.Bytes, datagram.Sender.ToString());
                    bytes += datagram.Bytes.Length + Around;
                }
                foreach (var lines in byIntegration.Values)
                    await _listening.Intake.Keep(lines, ct);
                byIntegration.Clear();
                _buffered.Return(bytes);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            _listening.Log.LogWarning("Syslog datagrams are lost: the broker did not take them before the process stops");
        }
    }

    readonly record struct Datagram(IPAddress Sender, Integration Integration, byte[] Bytes);
}
