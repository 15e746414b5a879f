using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Sigma.IntegrationTests.Tls;

/// <summary>TLS in front of a server that speaks none, as a load balancer would.</summary>
internal sealed class TlsFront : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly X509Certificate2 _certificate;
    readonly int _behind;
    readonly Task _accepting;
    int _handshakes;

    public TlsFront(X509Certificate2 certificate, int behind)
    {
        _certificate = certificate;
        _behind = behind;
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Clients that took the certificate.</summary>
    public int Handshakes => Volatile.Read(ref _handshakes);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _certificate.Dispose();
        _stop.Dispose();
    }

    async Task Accept()
    {
        while (true)
            _ = PassOn(await _listener.AcceptTcpClientAsync(_stop.Token));
    }

    async Task PassOn(TcpClient client)
    {
        using (client)
        using (TcpClient server = new())
        {
            try
            {
                await using SslStream secure = new(client.GetStream());
                await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
                // In TLS 1.3 the client's refusal comes after the handshake: with its first byte it has accepted.
                var buffer = new byte[16 * 1024];
                var first = await secure.ReadAsync(buffer, _stop.Token);
                if (first == 0)
                    return;
                Interlocked.Increment(ref _handshakes);
                await server.ConnectAsync(IPAddress.Loopback, _behind, _stop.Token);
                var plain = server.GetStream();
                await plain.WriteAsync(buffer.AsMemory(0, first), _stop.Token);
                await Task.WhenAny(secure.CopyToAsync(plain, _stop.Token), plain.CopyToAsync(secure, _stop.Token));
            }
            catch (Exception e)
                when (e is IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException)
            {
                // one of the two is gone, or did not like the certificate
            }
        }
    }
}
