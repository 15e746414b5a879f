using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Sigma.Simulator.Faults;

namespace Sigma.Simulator.Mail;

/// <summary>Listens for SMTP on loopback.</summary>
internal sealed class MailServer(MailHost host, SimulatorOptions options, FaultBoard faults, ILogger<MailServer> log) : IHostedService
{
    private readonly CancellationTokenSource _stop = new();
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener = new TcpListener(IPAddress.Loopback, options.Mail.Port);
        _listener.Start();
        host.Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        log.LogInformation("SMTP on port {Port}", host.Port);
        _accepting = Accept(_listener);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        _listener?.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Accept(TcpListener listener)
    {
        while (true)
        {
            _ = Serve(await listener.AcceptTcpClientAsync(_stop.Token));
        }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        {
            client.NoDelay = true;
            await using var wire = new MailWire(client.GetStream());
            try
            {
                await new MailSession(wire, host, options.Mail, faults, log).Run(_stop.Token);
            }
            catch (Exception gone) when (gone is IOException or SocketException or AuthenticationException or OperationCanceledException
                or ObjectDisposedException)
            {
                log.LogInformation("A mail client left: {Reason}", gone.Message);
            }
        }
    }
}
