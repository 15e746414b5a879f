using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sigma.ServiceTests.Console.Services;

/// <summary>Answers each request with the next text of a script, byte for byte, and hangs up; after the last it says that again.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _ends = new();
    readonly List<string> _requests = [];
    readonly string?[] _script;
    readonly Task _serving;

    /// <param name="script">What is answered; null for never.</param>
    public ScriptedServer(params string?[] script)
    {
        _script = script;
        _listener.Start();
        _serving = Serve();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>What was asked, each as it came.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    /// <summary>A whole answer.</summary>
    public static string Answer(string body, string type = "application/json", string status = "200 OK") =>
        $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    /// <summary>The beginning of one.</summary>
    public static string Half(string body, string type = "application/json") =>
        $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: 5000\r\nConnection: close\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        await _serving;
        _listener.Dispose();
        _ends.Dispose();
    }

    async Task Serve()
    {
        List<TcpClient> open = [];
        try
        {
            for (var i = 0; ; i++)
            {
                var client = await _listener.AcceptTcpClientAsync(_ends.Token);
                open.Add(client);
                var buffer = new byte[64 * 1024];
                var read = await client.GetStream().ReadAsync(buffer, _ends.Token);
                lock (_requests)
                    _requests.Add(Encoding.UTF8.GetString(buffer, 0, read));
                if (_script[Math.Min(i, _script.Length - 1)] is not { } answer)
                    continue;
                await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(answer), _ends.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or IOException)
        {
            // It ends.
        }
        finally
        {
            foreach (var client in open)
                client.Dispose();
        }
    }
}
