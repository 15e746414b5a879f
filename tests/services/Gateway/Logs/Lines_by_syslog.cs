using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Gateway.Logs.Syslog;

namespace Sigma.ServiceTests.Gateway.Logs;

/// <summary>Syslog over real sockets: what comes through the broker, and what a slow, lying or greedy peer costs.</summary>
public sealed class Lines_by_syslog
{
    [Fact]
    public async Task Lines_come_over_TCP_in_both_framings_with_their_order()
    {
        await using var gateway = await Start(("Gateway:Syslog:Tcp:0", "logs"));
        using var client = await Connect(gateway.Tcp);
        await client.Send(Payload.Bytes("logs/syslog-octet-counted.bin"));
        await client.Send("<13>Nov 30 10:00:00 h app: a line\n<13>1 - h app - - - another\n");
        var lines = await gateway.Session.Lines(4);
        Assert.Equal(["An application event log entry...", "i am foobar", "a line", "another"], lines.Select(line => line.Text));
        Assert.All(lines, line => Assert.Equal("lab", line.Labels["site"]));
        var beats = await Await.Until(() => Task.FromResult(gateway.Session.Received.Beats.Select(beat => beat.Labels["agent"]).Distinct().ToList()),
            agents => agents.Count == 3, "three agents have been heard");
        Assert.Contains("mymachine.example.com", beats);
    }

    [Fact]
    public async Task Messages_of_RFC_5424_come_with_all_that_they_say()
    {
        await using var gateway = await Start(("Gateway:Syslog:Tcp:0", "logs"));
        using (var client = await Connect(gateway.Tcp))
            await client.Send(Payload.Bytes("logs/syslog-rfc5424.log"));
        var lines = await gateway.Session.Lines(5);
        // The mark of the byte order is no part of the text.
        Assert.Equal(["'su root' failed for lonvick on /dev/pts/8", "%% It's time to make the do-nuts.", "An application event log entry...",
            "i am foobar", ""], lines.Select(line => line.Text));
        Assert.Equal(["critical", "info", "info", "info", "info"], lines.Select(line => line.Level));
        Assert.Equal(("auth", "mymachine.example.com", "su"), (lines[0].Labels["facility"], lines[0].Labels["host"], lines[0].Labels["app"]));
        Assert.Equal(new DateTimeOffset(2003, 8, 24, 12, 14, 15, TimeSpan.Zero).AddMicroseconds(3), lines[1].At);
        Assert.Equal("Application", lines[2].Fields!["exampleSDID@32473.eventSource"]);
        Assert.Equal("127.0.0.1", lines[4].Labels["host"]); // which says nothing of itself
    }

    [Fact]
    public async Task A_line_without_an_end_is_taken_when_the_peer_goes()
    {
        await using var gateway = await Start(("Gateway:Syslog:Tcp:0", "logs"));
        using (var client = await Connect(gateway.Tcp))
            await client.Send("<13>1 - h app - - - without an end");
        Assert.Equal("without an end", Assert.Single(await gateway.Session.Lines(1)).Text);
    }

    [Fact]
    public async Task Lines_come_over_UDP_a_datagram_each()
    {
        await using var gateway = await Start(("Gateway:Syslog:Udp:0", "logs"));
        using var client = new UdpClient();
        for (var number = 0; number < 50; number++)
            await client.SendAsync(Encoding.UTF8.GetBytes($"<11>1 - - app - - - {number}\n"), gateway.Udp);
        var lines = await gateway.Session.Lines(50);
        Assert.Equal(Enumerable.Range(0, 50).Select(number => $"{number}"), lines.Select(line => line.Text));
        Assert.All(lines, line => Assert.Equal(("127.0.0.1", "high"), (line.Labels["host"], line.Level)));
    }

    [Fact]
    public async Task Lines_come_over_TLS()
    {
        using var authority = new Certificates();
        await using var gateway = await Start(("Gateway:Syslog:Tls:0", "logs"), ("Gateway:Syslog:CertificateFile", authority.ServerFile),
            ("Gateway:Syslog:KeyFile", authority.ServerKeyFile));
        using var client = await Connect(gateway.Tls);
        await using var tls = new SslStream(client.GetStream(), true, (_, certificate, _, _) => certificate!.Subject == "CN=localhost");
        await tls.AuthenticateAsClientAsync("localhost");
        await tls.WriteAsync("19 <13>1 - h a - - - x"u8.ToArray());
        Assert.Equal("x", Assert.Single(await gateway.Session.Lines(1)).Text);
    }

    [Fact]
    public async Task Where_an_authority_is_set_only_its_senders_come_in()
    {
        using var authority = new Certificates();
        await using var gateway = await Start(("Gateway:Syslog:Tls:0", "logs"), ("Gateway:Syslog:CertificateFile", authority.ServerFile),
            ("Gateway:Syslog:KeyFile", authority.ServerKeyFile), ("Gateway:Syslog:ClientAuthorityFile", authority.AuthorityFile));
        using (var stranger = await Connect(gateway.Tls))
            Assert.False(await Says(stranger, null), "a stranger was let in");
        using var known = await Connect(gateway.Tls);
        Assert.True(await Says(known, authority.Client));
        Assert.Equal("x", Assert.Single(await gateway.Session.Lines(1)).Text);

        static async Task<bool> Says(TcpClient client, X509Certificate2? certificate)
        {
            await using var tls = new SslStream(client.GetStream(), true, (_, _, _, _) => true);
            try
            {
                await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
                {
                    TargetHost = "localhost", ClientCertificates = certificate is null ? [] : [certificate],
                });
                await tls.WriteAsync("<13>1 - h a - - - x\n"u8.ToArray());
                if (certificate is not null)
                    return true;
                return await tls.ReadAsync(new byte[1]) > 0; // in TLS 1.3 a refusal comes after the client is done
            }
            catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task Whose_lines_they_are_is_known_by_the_smallest_network_and_then_by_the_port()
    {
        await using var gateway = await Start(("Gateway:Syslog:Tcp:0", "logs"), ("Gateway:Integrations:2:Name", "firewalls"),
            ("Gateway:Integrations:2:Kind", "logs"), ("Gateway:Integrations:2:Key", "a-key-of-the-firewalls"),
            ("Gateway:Syslog:Networks:0:Network", "127.0.0.0/8"), ("Gateway:Syslog:Networks:0:Integration", "logs"),
            ("Gateway:Syslog:Networks:1:Network", "10.0.0.0/8, 127.0.0.1/32"), ("Gateway:Syslog:Networks:1:Integration", "firewalls"));
        using var client = await Connect(gateway.Tcp);
        await client.Send("<13>1 - h a - - - x\n");
        await gateway.Session.Lines(1);
        Assert.Equal("firewalls", Assert.Single(gateway.Session.Received.Sources));
    }

    [Fact]
    public async Task Who_may_not_send_and_whom_nobody_knows_is_closed_at_once()
    {
        await using var gateway = await Start(("Gateway:Syslog:Tcp:0", "logs"), ("Gateway:Syslog:Allowed", "10.0.0.0/8"));
        using var stranger = await Connect(gateway.Tcp);
        Assert.True(await stranger.IsClosed());
        await using var other = await Start(("Gateway:Syslog:Tcp:0", "nobody"));
        using var unknown = await Connect(other.Tcp);
        Assert.True(await unknown.IsClosed());
    }

    [Fact]
    public async Task More_connections_than_allowed_are_closed_and_the_others_go_on()
    {
        await using var gateway = await Start(("Gateway:Syslog:Tcp:0", "logs"), ("Gateway:Syslog:ConnectionsPerSender", "2"));
        using var first = await Connect(gateway.Tcp);
        using (var second = await Connect(gateway.Tcp))
        {
            await first.Send("<13>1 - h a - - - 1\n");
            await second.Send("<13>1 - h a - - - 2\n");
            await gateway.Session.Lines(2);
            using var third = await Connect(gateway.Tcp);
            Assert.True(await third.IsClosed());
        }
        await Await.Until(async () =>
        {
            using var next = await Connect(gateway.Tcp);
            await next.Send("<13>1 - h a - - - 3\n");
            return !await next.IsClosed(TimeSpan.FromMilliseconds(200));
        }, "another may come when one has gone");
        await first.Send("<13>1 - h a - - - 4\n");
        await Await.Until(() => Task.FromResult(gateway.Session.Received.Lines.Any(line => line.Text == "4")), "the first is still read");
    }

    [Fact]
    public async Task A_peer_that_drips_bytes_is_closed_when_its_message_takes_too_long()
    {
        await using var gateway = await Start(("Gateway:Syslog:Tcp:0", "logs"), ("Gateway:Syslog:MessageTimeout", "00:00:01"));
        using var slow = await Connect(gateway.Tcp);
        using var stop = new CancellationTokenSource();
        var dripping = Drip(slow, stop.Token);
        Assert.True(await slow.IsClosed(TimeSpan.FromSeconds(20)));
        await stop.CancelAsync();
        await dripping;
        Assert.StartsWith("xx", Assert.Single(await gateway.Session.Lines(1)).Text); // what it said is kept

        static async Task Drip(TcpClient client, CancellationToken stop)
        {
            try
            {
                while (!stop.IsCancellationRequested)
                {
                    await client.Send("x");
                    await Task.Delay(100, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
            catch (IOException)
            {
                // closed
            }
        }
    }

    [Fact]
    public async Task A_line_without_an_end_costs_one_buffer_and_is_cut()
    {
        await using var gateway = await Start(("Gateway:Syslog:Tcp:0", "logs"), ("Gateway:Syslog:LongestMessage", "1000"));
        using var client = await Connect(gateway.Tcp);
        await client.Send("<13>1 - h a - - - begin");
        var before = GC.GetTotalMemory(true);
        for (var megabyte = 0; megabyte < 30; megabyte++)
            await client.Send(new string('x', 1 << 20));
        await client.Send("\n<13>1 - h a - - - after\n");
        var lines = await gateway.Session.Lines(2);
        Assert.InRange(GC.GetTotalMemory(true) - before, long.MinValue, 20 << 20);
        Assert.EndsWith("… [cut]", lines[0].Text);
        Assert.Equal("after", lines[1].Text);
    }

    [Theory]
    [InlineData("999999999 <13>1 - h a - - - short\n<13>1 - h a - - - next\n", "h")]
    [InlineData("5 <13>1 - h a - - - x\n<13>1 - h a - - - next\n", "h")]
    [InlineData("99999999999999999999 <13>1 - h a - - - x\n<13>1 - h a - - - next\n", "h")]
    [InlineData("0 0 0 -1 <\n\n\0\0<13>1 - h a - - - next\n", "h")]
    public async Task A_length_that_lies_costs_its_own_lines_only(string stream, string host)
    {
        await using var gateway = await Start(("Gateway:Syslog:Tcp:0", "logs"));
        using (var liar = await Connect(gateway.Tcp))
            await liar.Send(stream);
        using var honest = await Connect(gateway.Tcp);
        await honest.Send($"<13>1 - {host} a - - - honest\n");
        await Await.Until(() => Task.FromResult(gateway.Session.Received.Lines), lines => lines.Any(line => line.Text == "honest")
            && lines.Any(line => line.Text.Contains("next", StringComparison.Ordinal)), "all of it has come");
    }

    [Fact]
    public async Task While_the_broker_is_away_a_sender_over_TCP_waits_and_nothing_is_lost()
    {
        await using var gateway = await Start(("Gateway:Syslog:Tcp:0", "logs"));
        using var client = await Connect(gateway.Tcp);
        await client.Send("<13>1 - h a - - - first\n");
        await gateway.Session.Lines(1);
        client.SendBufferSize = 64 * 1024;
        using var end = new CancellationTokenSource();
        var sent = 0;
        await using (await gateway.Session.BrokerAway())
        {
            // Far more than all buffers between them hold: at some time it can send no more.
            var line = Encoding.UTF8.GetBytes($"<13>1 - h a - - - {new string('x', 10_000)}\n");
            for (var isWaiting = false; !isWaiting;)
            {
                var sending = client.GetStream().WriteAsync(line, end.Token).AsTask();
                isWaiting = await Task.WhenAny(sending, Task.Delay(TimeSpan.FromSeconds(2))) != sending;
                Assert.True(isWaiting || ++sent < 10_000, "100 MB were read though nobody takes them");
                if (isWaiting)
                    _ = sending.ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
        var lines = await gateway.Session.Lines(1 + sent);
        Assert.Equal(10_000, lines[^1].Text.Length);
    }

    [Fact]
    public async Task Datagrams_that_do_not_fit_the_buffer_are_dropped_and_the_process_lives_on()
    {
        await using var gateway = await Start(("Gateway:Syslog:Udp:0", "logs"), ("Gateway:Syslog:DatagramBuffer", "65536"));
        using var client = new UdpClient();
        var datagram = Encoding.UTF8.GetBytes($"<13>1 - h a - - - {new string('x', 5_000)}");
        await using (await gateway.Session.BrokerAway())
            for (var number = 0; number < 200; number++)
                await client.SendAsync(datagram, gateway.Udp);
        await Await.Until(async () =>
        {
            await client.SendAsync("<13>1 - h a - - - after"u8.ToArray(), gateway.Udp);
            return gateway.Session.Received.Lines.Any(line => line.Text == "after");
        }, "it is taken again");
        Assert.InRange(gateway.Session.Received.Lines.Count(line => line.Text.Length == 5_000), 1, 199);
    }

    [Fact]
    public async Task What_was_read_is_published_when_the_process_stops()
    {
        await using var gateway = await Start(("Gateway:Syslog:Tcp:0", "logs"));
        using var client = await Connect(gateway.Tcp);
        await client.Send("<13>1 - h a - - - whole\n<13>1 - h a - - - begun");
        await gateway.Session.Lines(1);
        await gateway.Session.Services.GetRequiredService<SyslogListeners>().StoppingAsync(CancellationToken.None);
        Assert.Equal(["whole", "begun"], (await gateway.Session.Lines(2)).Select(line => line.Text));
        Assert.True(await client.IsClosed());
    }

    [Theory]
    [InlineData("Gateway:Syslog:Tcp:0", "", "Gateway__Syslog__Tcp__0 names no integration")]
    [InlineData("Gateway:Syslog:Tcp:syslog", "logs", "Gateway__Syslog__Tcp has syslog, which is no port")]
    [InlineData("Gateway:Syslog:Tls:0", "logs", "Gateway__Syslog__CertificateFile is needed to listen for TLS")]
    [InlineData("Gateway:Syslog:Allowed", "10.0.0.0/40", "Gateway__Syslog__Allowed has 10.0.0.0/40, which is no network such as 10.1.0.0/16")]
    [InlineData("Gateway:Syslog:TimeZone", "Mars/Olympus", "Gateway__Syslog__TimeZone is no time zone that this machine knows")]
    public async Task Wrong_settings_are_named(string key, string value, string error) =>
        Assert.Contains(error, (await Assert.ThrowsAnyAsync<Exception>(() => Start((key, value)))).Message);

    static async Task<Gateway> Start(params (string, string)[] settings) => new(await LogsSession.Start(
        [("Gateway:Syslog:Address", "127.0.0.1"), .. settings]));

    static async Task<TcpClient> Connect(IPEndPoint to)
    {
        var client = new TcpClient();
        await client.ConnectAsync(to);
        return client;
    }

    sealed record Gateway(LogsSession Session) : IAsyncDisposable
    {
        SyslogListeners Listeners => Session.Services.GetRequiredService<SyslogListeners>();

        public IPEndPoint Tcp => Listeners.Tcp[0];

        public IPEndPoint Tls => Listeners.Tls[0];

        public IPEndPoint Udp => Listeners.Udp[0];

        public ValueTask DisposeAsync() => Session.DisposeAsync();
    }

    /// <summary>A certificate of a server, one of a client, and who signed that.</summary>
    sealed class Certificates : IDisposable
    {
        readonly string _folder = Directory.CreateTempSubdirectory("sigma-syslog-").FullName;

        public Certificates()
        {
            using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=authority", authorityKey, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            using var authority = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(80));
            File.WriteAllText(AuthorityFile, authority.ExportCertificatePem());
            using var server = Sign(authority, "CN=localhost", "1.3.6.1.5.5.7.3.1");
            File.WriteAllText(ServerFile, server.ExportCertificatePem());
            File.WriteAllText(ServerKeyFile, server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
            using var client = Sign(authority, "CN=sender", "1.3.6.1.5.5.7.3.2");
            Client = X509CertificateLoader.LoadPkcs12(client.Export(X509ContentType.Pkcs12), null);
        }

        public string AuthorityFile => Path.Combine(_folder, "authority.pem");

        public string ServerFile => Path.Combine(_folder, "server.pem");

        public string ServerKeyFile => Path.Combine(_folder, "server.key");

        public X509Certificate2 Client { get; }

        public void Dispose()
        {
            Client.Dispose();
            Directory.Delete(_folder, recursive: true);
        }

        static X509Certificate2 Sign(X509Certificate2 authority, string name, string use)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], false));
            using var signed = request.Create(authority, authority.NotBefore, authority.NotAfter, RandomNumberGenerator.GetBytes(8));
            return signed.CopyWithPrivateKey(key);
        }
    }
}

internal static class SyslogClients
{
    public static Task Send(this TcpClient client, string text) => client.Send(Encoding.UTF8.GetBytes(text));

    public static async Task Send(this TcpClient client, byte[] bytes) => await client.GetStream().WriteAsync(bytes);

    /// <summary>Whether the other side closes within some time.</summary>
    public static async Task<bool> IsClosed(this TcpClient client, TimeSpan? within = null)
    {
        using var limit = new CancellationTokenSource(within ?? TimeSpan.FromSeconds(10));
        try
        {
            return await client.GetStream().ReadAsync(new byte[1], limit.Token) == 0;
        }
        catch (IOException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
